/** What `plain_worker.ts --threads N` runs jobs on: a Web Worker that answers each message with another. */
import { echo } from "./jobs.ts";

const scope = self as unknown as {
  onmessage: (event: MessageEvent) => void;
  postMessage(message: unknown): void;
};
scope.onmessage = ({ data: [id, n] }) => scope.postMessage([id, echo(n)]);

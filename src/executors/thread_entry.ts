// Where a thread begins. It waits for its port on the public line and is silent there from then on.

import type { ThreadStart } from "./thread_channel.ts";
import { JobBoard } from "./job_board.ts";
import { JobRunner } from "./job_runner.ts";

interface Thread {
  onmessage: ((event: MessageEvent<ThreadStart>) => void) | null;
}

const thread = globalThis as unknown as Thread;

thread.onmessage = ({ data: { port, memory, maxHeapBytes } }) => {
  thread.onmessage = null;
  const isHeavy = maxHeapBytes === Infinity ? null : () => heapBytes() > maxHeapBytes;
  const runner = new JobRunner(
    (batch, transfer) => port.postMessage(batch, transfer),
    new JobBoard(memory),
    isHeavy,
  );
  port.onmessage = (event) => runner.receive(event.data);
  runner.ready();
};

function heapBytes(): number {
  const { Deno: deno, process } = globalThis as {
    Deno?: { memoryUsage(): { heapUsed: number } };
    process?: { memoryUsage(): { heapUsed: number } };
  };
  return (deno ?? process)?.memoryUsage().heapUsed ?? 0;
}

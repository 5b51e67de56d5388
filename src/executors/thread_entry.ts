// Where a thread begins. It waits for its port on the public line and is silent there from then on.

import { JobBoard } from "./job_board.ts";
import { JobRunner } from "./job_runner.ts";
import { postTo, whenStarted } from "./host_thread.ts";

/** What a thread is told first, on its public line. */
export interface ThreadStart {
  readonly port: MessagePort;
  readonly memory: SharedArrayBuffer;
  readonly maxHeapBytes: number;
}

whenStarted<ThreadStart>(({ port, memory, maxHeapBytes }) => {
  const isHeavy = maxHeapBytes === Infinity ? null : () => heapBytes() > maxHeapBytes;
  const runner = new JobRunner(
    (batch, transfer) => postTo(port, batch, transfer),
    new JobBoard(memory),
    isHeavy,
  );
  // From a promise: below the jobs are none of the host's frames then. To write an error's stack takes 8 µs
  // a frame, and these are cut off anyway.
  const receive = runner.receive.bind(runner);
  port.onmessage = ({ data }) => void Promise.resolve(data).then(receive);
  port.onmessageerror = () => runner.unreadable();
  runner.ready();
});

function heapBytes(): number {
  const host = globalThis as {
    Deno?: { memoryUsage(): { heapUsed: number } };
    process?: { memoryUsage(): { heapUsed: number } };
  };
  return (host.Deno ?? host.process)?.memoryUsage().heapUsed ?? 0;
}

// A thread of a worker process that does nothing but read its input. A job in a synchronous loop keeps the
// process's own thread from everything, but not this one: it sees that the job was cancelled, and that
// the input ended because the pool is gone.

import { CANCEL_MARK, HEAD_SIZE } from "./process_frames.ts";

/** What the thread is told when it may read. */
interface ReaderStart {
  readonly memory: SharedArrayBuffer;
  readonly cancelMark: number;
  readonly headSize: number;
}

/** The input of a process, read on a thread of its own from the moment that `begin` is called. */
export class ProcessReader {
  readonly #thread: Worker;
  readonly #cancelled = new Int32Array(new SharedArrayBuffer(4));

  /** Starts the thread. As it comes as a URL of data, that takes no permissions. */
  constructor() {
    const url = `data:text/javascript,(${encodeURIComponent(String(readInput))})()`;
    this.#thread = new Worker(url, { type: "module" });
    Atomics.store(this.#cancelled, 0, -1);
  }

  /** Whether the pool has asked that job to stop. */
  isCancelled(id: number): boolean {
    return Atomics.load(this.#cancelled, 0) === (id | 0);
  }

  /** Reads from here on. What was read before must have been whole frames. */
  begin(onBytes: (bytes: Uint8Array) => void): void {
    this.#thread.onmessage = ({ data }) => onBytes(data);
    const start: ReaderStart = {
      memory: this.#cancelled.buffer as SharedArrayBuffer,
      cancelMark: CANCEL_MARK,
      headSize: HEAD_SIZE,
    };
    this.#thread.postMessage(start);
  }
}

/** The thread's code; it is shipped as source and uses nothing from outside. */
function readInput(): void {
  const thread = globalThis as unknown as {
    onmessage: (event: { data: ReaderStart }) => void;
    postMessage(bytes: Uint8Array, transfer: Transferable[]): void;
  };
  thread.onmessage = ({ data: { memory, cancelMark, headSize } }) => {
    const cancelled = new Int32Array(memory);
    const buffer = new Uint8Array(65_536);
    const head = new Uint8Array(headSize);
    let headLength = 0;
    let bodyLeft = 0;
    const look = (bytes: Uint8Array) => {
      for (let at = 0; at < bytes.length;) {
        if (bodyLeft > 0) {
          const step = Math.min(bodyLeft, bytes.length - at);
          bodyLeft -= step;
          at += step;
          continue;
        }
        head[headLength++] = bytes[at++]!;
        if (headLength < headSize) continue;
        headLength = 0;
        const number = new DataView(head.buffer).getUint32(4, true);
        if (head[3] === cancelMark) Atomics.store(cancelled, 0, number | 0);
        else bodyLeft = number;
      }
    };
    for (;;) {
      const count = Deno.stdin.readSync(buffer); // the thread has nothing else to do
      // No job could be stopped by anything less, and nobody is there to hear of results.
      if (count === null) Deno.kill(Deno.pid, "SIGKILL");
      const bytes = buffer.slice(0, count ?? 0);
      look(bytes);
      thread.postMessage(bytes, [bytes.buffer]);
    }
  };
}

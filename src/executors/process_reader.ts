// A thread of a worker process that does nothing but read its input. A job in a synchronous loop keeps the
// process's own thread from everything, but not this one: it sees that the job was cancelled, that the
// pool wants to know whether the process lives, and that the input ended because the pool is gone.

import type { Onlooker } from "./job_runner.ts";
import { CANCEL_MARK, HEAD_SIZE, PULSE_MARK, pulseFrame } from "./process_frames.ts";

/** Places in the memory that the two threads share. */
const CANCELLED = 0;
const AT_WORK = 1;
const WRITING = 2;

/** What the thread is told when it may read. */
interface ReaderStart {
  readonly memory: SharedArrayBuffer;
  readonly places: readonly [cancelled: number, atWork: number, writing: number];
  readonly cancelMark: number;
  readonly pulseMark: number;
  readonly headSize: number;
  /** For when the process is at rest, and at work. */
  readonly answers: readonly Uint8Array[];
}

/** The input of a process, read on a thread of its own from the moment that `begin` is called. */
export class ProcessReader implements Onlooker {
  readonly #shared = new Int32Array(new SharedArrayBuffer(12));
  #thread: Worker | null = null;

  constructor() {
    Atomics.store(this.#shared, CANCELLED, -1);
  }

  /** Starts the thread. As it comes as a URL of data, that takes no permissions. */
  start(): void {
    const url = `data:text/javascript,(${encodeURIComponent(String(readInput))})()`;
    this.#thread = new Worker(url, { type: "module" });
  }

  isCancelled(id: number): boolean {
    return Atomics.load(this.#shared, CANCELLED) === (id | 0);
  }

  showWork(atWork: boolean): void {
    Atomics.store(this.#shared, AT_WORK, atWork ? 1 : 0);
  }

  /** Writes to the output, with no answer of the thread's in between. */
  undisturbed(write: () => void): void {
    while (Atomics.compareExchange(this.#shared, WRITING, 0, 1) !== 0) {
      Atomics.wait(this.#shared, WRITING, 1);
    }
    try {
      write();
    } finally {
      Atomics.store(this.#shared, WRITING, 0);
    }
  }

  /** Reads from here on. What was read before must have been whole frames. */
  begin(onBytes: (bytes: Uint8Array) => void): void {
    const thread = this.#thread!;
    thread.onmessage = ({ data }) => onBytes(data);
    const start: ReaderStart = {
      memory: this.#shared.buffer as SharedArrayBuffer,
      places: [CANCELLED, AT_WORK, WRITING],
      cancelMark: CANCEL_MARK,
      pulseMark: PULSE_MARK,
      headSize: HEAD_SIZE,
      answers: [pulseFrame(0), pulseFrame(1)],
    };
    thread.postMessage(start);
  }
}

/** The thread's code; it is shipped as source and uses nothing from outside. */
function readInput(): void {
  const thread = globalThis as unknown as {
    onmessage: (event: { data: ReaderStart }) => void;
    postMessage(bytes: Uint8Array, transfer: Transferable[]): void;
  };
  thread.onmessage = ({ data: { memory, places, cancelMark, pulseMark, headSize, answers } }) => {
    const [cancelled, atWork, writing] = places;
    const shared = new Int32Array(memory);
    const buffer = new Uint8Array(65_536);
    const head = new Uint8Array(headSize);
    let headLength = 0;
    let bodyLeft = 0;
    // The pool is gone. No job could be stopped by anything less, and nobody is there to hear of results.
    const end = () => Deno.kill(Deno.pid, "SIGKILL");
    const answer = () => {
      // Who is in the middle of a frame will be heard anyway.
      if (Atomics.compareExchange(shared, writing, 0, 1) !== 0) return;
      try {
        Deno.stdout.writeSync(answers[Atomics.load(shared, atWork)]!); // short: whole or not at all
      } catch {
        end();
      }
      Atomics.store(shared, writing, 0);
      Atomics.notify(shared, writing);
    };
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
        if (head[3] === cancelMark) Atomics.store(shared, cancelled, number | 0);
        else if (head[3] === pulseMark) answer();
        else bodyLeft = number;
      }
    };
    for (;;) {
      const count = Deno.stdin.readSync(buffer); // the thread has nothing else to do
      if (count === null) end();
      const bytes = buffer.slice(0, count ?? 0);
      look(bytes);
      thread.postMessage(bytes, [bytes.buffer]);
    }
  };
}

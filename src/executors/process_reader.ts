// A thread of a worker process that does nothing but read its input. A job in a synchronous loop keeps the
// process's own thread from everything, but not this one: it sees that the job was cancelled, that the
// pool wants jobs back or wants to know whether the process lives, and that the input ended because the
// pool is gone.
//
// What it reads it leaves as a letter in memory, if the process's own thread has taken all that came before:
// that one is woken sooner so than by a message. Whatever is longer, or comes meanwhile, goes as a message.

import type { Onlooker } from "./job_runner.ts";
import {
  BEGUN_MARK,
  CANCEL_MARK,
  HEAD_SIZE,
  PULSE_MARK,
  RECALL_MARK,
  RETURNED_MARK,
  signFrame,
} from "./process_frames.ts";

/** Places in the memory that the two threads share. */
const CANCELLED = 0;
const AT_WORK = 1;
const WRITING = 2;
/** Bytes of the letter, 0 when there is none; and how many letters and messages were taken. */
const LETTER = 3;
const TAKEN = 4;
/**
 * From here on, who has a job: slot + 1 when the process has begun it, and less than 0 when the pool has it
 * back. A place is used again after so many slots, which are more than a pool has under way (seat.ts).
 */
const OWNERS = 5;
const OWNERS_SIZE = 4096;

const LONGEST_LETTER = 16_384;
const LETTER_AT = 4 * (OWNERS + OWNERS_SIZE);

/** What the thread is told when it may read. */
interface ReaderStart {
  readonly memory: SharedArrayBuffer;
  readonly places: {
    readonly cancelled: number;
    readonly atWork: number;
    readonly writing: number;
    readonly letter: number;
    readonly taken: number;
    readonly owners: number;
    readonly ownersSize: number;
    readonly letterAt: number;
  };
  readonly marks: { readonly cancel: number; readonly pulse: number; readonly recall: number };
  readonly headSize: number;
  /** For when the process is at rest, and at work. */
  readonly pulses: readonly Uint8Array[];
  /** For when a job comes back, and has begun; the slot is still to be written. */
  readonly recalls: readonly Uint8Array[];
}

/** The input of a process, read on a thread of its own from the moment that `begin` is called. */
export class ProcessReader implements Onlooker {
  readonly #shared = new Int32Array(new SharedArrayBuffer(LETTER_AT + LONGEST_LETTER));
  readonly #letter = new Uint8Array(this.#shared.buffer, LETTER_AT);
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

  claim(slot: number): boolean {
    const place = OWNERS + slot % OWNERS_SIZE;
    const before = Atomics.load(this.#shared, place);
    return before !== -1 - slot &&
      Atomics.compareExchange(this.#shared, place, before, slot + 1) === before;
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
      Atomics.notify(this.#shared, WRITING);
    }
  }

  /** Reads from here on. What was read before must have been whole frames. */
  begin(onBytes: (bytes: Uint8Array) => void): void {
    const thread = this.#thread!;
    thread.onmessage = ({ data }) => {
      this.#takeLetter(onBytes); // it was there first
      Atomics.add(this.#shared, TAKEN, 1);
      onBytes(data);
    };
    const start: ReaderStart = {
      memory: this.#shared.buffer as SharedArrayBuffer,
      places: {
        cancelled: CANCELLED,
        atWork: AT_WORK,
        writing: WRITING,
        letter: LETTER,
        taken: TAKEN,
        owners: OWNERS,
        ownersSize: OWNERS_SIZE,
        letterAt: LETTER_AT,
      },
      marks: { cancel: CANCEL_MARK, pulse: PULSE_MARK, recall: RECALL_MARK },
      headSize: HEAD_SIZE,
      pulses: [signFrame(PULSE_MARK, 0), signFrame(PULSE_MARK, 1)],
      recalls: [signFrame(RETURNED_MARK, 0), signFrame(BEGUN_MARK, 0)],
    };
    thread.postMessage(start);
    this.#awaitLetters(onBytes);
  }

  async #awaitLetters(onBytes: (bytes: Uint8Array) => void): Promise<never> {
    for (;;) {
      const written = Atomics.waitAsync(this.#shared, LETTER, 0);
      if (written.async) await written.value;
      this.#takeLetter(onBytes);
    }
  }

  #takeLetter(onBytes: (bytes: Uint8Array) => void): void {
    const size = Atomics.load(this.#shared, LETTER);
    if (size === 0) return;
    const bytes = this.#letter.slice(0, size);
    Atomics.store(this.#shared, LETTER, 0);
    Atomics.add(this.#shared, TAKEN, 1);
    onBytes(bytes);
  }
}

/** The thread's code; it is shipped as source and uses nothing from outside. */
function readInput(): void {
  const thread = globalThis as unknown as {
    onmessage: (event: { data: ReaderStart }) => void;
    postMessage(bytes: Uint8Array, transfer: Transferable[]): void;
  };
  thread.onmessage = ({ data: { memory, places, marks, headSize, pulses, recalls } }) => {
    const shared = new Int32Array(memory, 0, places.owners + places.ownersSize);
    const letter = new Uint8Array(memory, places.letterAt);
    const buffer = new Uint8Array(65_536);
    const head = new Uint8Array(headSize);
    let headLength = 0;
    let bodyLeft = 0;
    let handed = 0;
    // The pool is gone. No job could be stopped by anything less, and nobody is there to hear of results.
    const end = () => Deno.kill(Deno.pid, "SIGKILL");
    const isWriting = () => Atomics.compareExchange(shared, places.writing, 0, 1) !== 0;
    const write = (frame: Uint8Array) => {
      try {
        Deno.stdout.writeSync(frame); // short: whole or not at all
      } catch {
        end();
      }
      Atomics.store(shared, places.writing, 0);
      Atomics.notify(shared, places.writing);
    };
    const answer = () => {
      // Who is in the middle of a frame will be heard anyway.
      if (!isWriting()) write(pulses[Atomics.load(shared, places.atWork)]!);
    };
    const giveBack = (slot: number) => {
      const place = places.owners + slot % places.ownersSize;
      const before = Atomics.load(shared, place);
      const isBegun = before === slot + 1 ||
        Atomics.compareExchange(shared, place, before, -1 - slot) !== before;
      const frame = recalls[isBegun ? 1 : 0]!;
      new DataView(frame.buffer).setUint32(4, slot, true);
      while (isWriting()) Atomics.wait(shared, places.writing, 1);
      write(frame);
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
        if (head[3] === marks.cancel) Atomics.store(shared, places.cancelled, number | 0);
        else if (head[3] === marks.pulse) answer();
        else if (head[3] === marks.recall) giveBack(number);
        else bodyLeft = number;
      }
    };
    const handOn = (bytes: Uint8Array) => {
      if (bytes.length <= letter.length && Atomics.load(shared, places.taken) === handed) {
        letter.set(bytes);
        Atomics.store(shared, places.letter, bytes.length);
        Atomics.notify(shared, places.letter);
      } else {
        const copy = bytes.slice();
        thread.postMessage(copy, [copy.buffer]);
      }
      handed = handed + 1 | 0;
    };
    for (;;) {
      const count = Deno.stdin.readSync(buffer); // the thread has nothing else to do
      if (count === null) end();
      const bytes = buffer.subarray(0, count ?? 0);
      look(bytes);
      handOn(bytes);
    }
  };
}

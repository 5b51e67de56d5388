// A worker process as a channel: frames over its pipes.
//
// | state   | the process                                   | next                          |
// | ------- | --------------------------------------------- | ----------------------------- |
// | open    | runs, as far as is known                      | ending, failed, killed, over  |
// | ending  | is being killed; what it has said is told     | failed, killed, over          |
// | failed  | said what no worker says; is being killed     | killed, over                  |
// | killed  | is being killed by its pool, which hears of   | over                          |
// |         | nothing any more                              |                               |
// | over    | has ended, and its pipes are closed           | none                          |

import type { Channel, ChannelEvents, Recall } from "./channel.ts";
import type { ToWorker } from "./protocol.ts";
import {
  CANCEL_MARK,
  FrameReader,
  HEAD_SIZE,
  LARGEST_BODY,
  PULSE_MARK,
  RECALL_MARK,
  RETURNED_MARK,
  signFrame,
} from "./process_frames.ts";
import { fromBody, toFrame } from "./process_values.ts";
import { hostTimer } from "../core/host.ts";
import { Pulse } from "./process_pulse.ts";

/** After its end a process's pipe may still hold messages; a child of its own may hold the pipe for ever. */
const DRAIN_MS = 200;
/** Large frames are written in pieces, so that it shows that they are taken. No pipe holds as much. */
const PIECE = 2 ** 20;
/** As much as Linux has in a pipe. */
const BUFFER = 2 ** 16;

/** A process as its pool sees it. */
export class ProcessChannel implements Channel, Recall {
  readonly board = null;
  readonly recall = this;
  readonly endsLoops = true;
  readonly #events: ChannelEvents;
  readonly #child: Deno.ChildProcess;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  readonly #output: ReadableStreamBYOBReader;
  readonly #over = Promise.withResolvers<void>();
  /** Settles when the process has ended and its pipes are closed. */
  readonly over: Promise<void> = this.#over.promise;
  #state: "open" | "ending" | "failed" | "killed" | "over" = "open";
  #why = "";
  readonly #pulse: Pulse;
  readonly #frames = new FrameReader(LARGEST_BODY, (mark, number) => this.#signed(mark, number));
  /** Somebody else keeps its output, which was not read to the end. */
  #isCut = false;
  /** Answers to be told once the messages that came with them are. */
  readonly #recalled: [slot: number, isBack: boolean][] = [];
  hasToldAll = false;
  #exited = false;
  /** How long after SIGTERM a killed process may live, in ms; null for SIGKILL at once. */
  #termMs: number | null = null;

  /**
   * @param child Started with pipes for its input and output.
   * @param askMs How often it is asked whether it lives.
   */
  constructor(events: ChannelEvents, child: Deno.ChildProcess, askMs?: number) {
    this.#events = events;
    this.#child = child;
    this.#input = child.stdin.getWriter();
    this.#output = child.stdout.getReader({ mode: "byob" });
    this.#pulse = new Pulse(() => this.#write(signFrame(PULSE_MARK, 0)), askMs);
    const reading = this.#read();
    child.status.then((status) => this.#exit(status, reading));
  }

  /** The process's id. */
  get pid(): number {
    return this.#child.pid;
  }

  post(batch: readonly ToWorker[], transfer: Transferable[]): void {
    const frame = toFrame(batch, transfer);
    for (const message of batch) {
      if (message[0] === "cancel") this.#write(signFrame(CANCEL_MARK, message[1]));
    }
    this.#write(frame);
  }

  ask(slots: readonly number[]): void {
    const frames = new Uint8Array(slots.length * HEAD_SIZE);
    slots.forEach((slot, i) => frames.set(signFrame(RECALL_MARK, slot), i * HEAD_SIZE));
    this.#write(frames);
  }

  #write(frame: Uint8Array): void {
    for (let at = 0; at < frame.length; at += PIECE) {
      const piece = frame.subarray(at, at + PIECE);
      const taken = piece.length === PIECE ? () => this.#pulse.takes() : () => {};
      this.#input.write(piece).then(taken, ended); // its end is told by its exit
    }
  }

  /** Its end is told, with the reason, once its last messages are read; only silence has to be noticed. */
  alive(): boolean {
    const wrong = this.#state === "open" ? this.#pulse.check() : null;
    if (wrong !== null) this.end(wrong);
    return this.#state !== "over";
  }

  end(why: string): boolean {
    if (this.#state === "open") {
      this.#state = "ending";
      this.#why = why;
      this.#signal("SIGKILL");
    }
    return this.#state !== "over";
  }

  kill(): Promise<void> {
    if (this.#state !== "killed" && this.#state !== "over") {
      this.#state = "killed";
      if (this.#termMs === null) this.#signal("SIGKILL");
      else this.#terminate(this.#termMs);
    }
    return this.over;
  }

  /** From now on `kill` asks first, and kills what still lives after `ms`. */
  askBeforeKilling(ms: number): void {
    this.#termMs = ms;
  }

  #terminate(ms: number): void {
    this.#signal("SIGTERM");
    const stopTimer = hostTimer(ms, () => this.#signal("SIGKILL"));
    this.over.then(stopTimer);
  }

  #signal(signal: "SIGTERM" | "SIGKILL"): void {
    if (this.#exited) return;
    try {
      this.#child.kill(signal);
    } catch (error) {
      // Between its end and our knowledge of it.
      if (!(error instanceof TypeError || error instanceof Deno.errors.NotFound)) throw error;
    }
  }

  /** Hands on what comes, until the pipe's end. Never rejects. */
  async #read(): Promise<void> {
    // One buffer for all: a new one for each message would be collected as often.
    let buffer = new Uint8Array(BUFFER);
    for (;;) {
      const { value, done } = await this.#output.read(buffer);
      if (done) break;
      buffer = new Uint8Array(value.buffer);
      this.#pulse.speaks();
      this.#tell(this.#decode(value));
      if (this.#state === "failed") return;
    }
    this.hasToldAll = !this.#isCut;
    if (!this.#frames.isBetweenFrames) this.#fail("it ended in the middle of a message");
    else if (!this.#exited) {
      // Its exit is on its way, unless it has closed its output and lives on.
      const stopTimer = hostTimer(DRAIN_MS, () => this.#fail("it closed its output"));
      this.over.then(stopTimer);
    }
  }

  /** Frames that came together are one batch. What is none spoils it. */
  #tell(batches: readonly unknown[]): void {
    const isHeard = () => this.#state === "open" || this.#state === "ending";
    if (batches.length > 0) {
      this.#pulse.works();
      if (isHeard()) this.#events.message(batches.length === 1 ? batches[0] : batches.flat());
    }
    for (const [slot, isBack] of this.#recalled.splice(0)) {
      if (isHeard()) this.#events.recalled(slot, isBack);
    }
  }

  #signed(mark: number, number: number): void {
    if (mark === PULSE_MARK) this.#pulse.answers(number !== 0);
    else if (mark !== CANCEL_MARK) this.#recalled.push([number, mark === RETURNED_MARK]);
  }

  #decode(bytes: Uint8Array): unknown[] {
    try {
      return this.#frames.push(bytes).map(fromBody);
    } catch (error) {
      this.#fail(`it sent no messages: ${error instanceof Error ? error.message : error}`);
      return [];
    }
  }

  /** Nothing that it says is believed from now on. */
  #fail(why: string): void {
    if (this.#state === "open") this.#why = why;
    else if (this.#state !== "ending") return;
    this.#state = "failed";
    this.#signal("SIGKILL");
  }

  async #exit(status: Deno.CommandStatus, reading: Promise<void>): Promise<void> {
    this.#exited = true;
    const stopTimer = hostTimer(DRAIN_MS, () => {
      this.#isCut = true;
      this.#output.cancel().catch(ended);
    });
    await reading;
    stopTimer();
    await Promise.all([this.#output.cancel().catch(ended), this.#input.abort().catch(ended)]);
    const wasKilled = this.#state === "killed";
    const why = this.#why === "" ? describeExit(status) : this.#why;
    this.#state = "over";
    this.#over.resolve();
    if (!wasKilled) this.#events.died(why);
  }
}

/** The pipes of a process that has ended, or is about to, may be broken. */
function ended(): void {}

function describeExit({ code, signal }: Deno.CommandStatus): string {
  // V8 gives up by a trap or an abort when its heap is full.
  if (signal === "SIGTRAP" || signal === "SIGABRT") {
    return `it ended by ${signal}, most likely out of memory`;
  }
  return signal === null ? `it exited with code ${code}` : `it was killed by ${signal}`;
}

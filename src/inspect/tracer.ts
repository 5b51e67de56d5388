// Records what the tasks of a loop do. Every hook appends to the lane of its task; pictures are made from
// the lanes when somebody asks.

import type { EventLoop } from "../core/event_loop.ts";
import type { Future } from "../core/future.ts";
import type { Instrument } from "../core/instruments.ts";
import type { Task } from "../core/task.ts";
import type { TraceLane, TraceMark, TraceOutcome, TraceRange, TraceSpan } from "./trace.ts";
import { allTasks } from "../core/task.ts";
import { chromeTrace } from "./chrome_trace.ts";
import { currentTask, getEventLoop } from "../core/current.ts";
import { timelineSvg, type TimelineSvgOptions } from "./timeline_svg.ts";
import { timelineText, type TimelineTextOptions } from "./timeline_text.ts";
import { waitLabel } from "../core/wait_label.ts";

/**
 * Records what every task of a loop does, from now until it is disposed of: when it runs, what it waits
 * for, how long it is ready before it is its turn, and when somebody asks it to end.
 *
 * @example
 * ```ts
 * import { gather, run, sleep, Tracer, VirtualClock } from "@taskloop/asyncio";
 * import { assertEquals } from "@std/assert";
 *
 * await run(function* () {
 *   using tracer = new Tracer();
 *   yield* gather([sleep(300), sleep(200)]);
 *   const waits = tracer.spans.filter((span) => span.kind === "wait");
 *   assertEquals(waits.map(({ what, start, end }) => [what, start, end]), [
 *     ["gather(2)", 0, 300],
 *     ["sleep(300)", 0, 300],
 *     ["sleep(200)", 0, 200],
 *   ]);
 * }, { clock: new VirtualClock() });
 * ```
 */
export class Tracer implements Disposable {
  readonly #loop: EventLoop;
  readonly #recorder: Recorder;

  /**
   * Starts to record.
   *
   * @param loop By default the running one.
   */
  constructor(loop: EventLoop = getEventLoop()) {
    this.#loop = loop;
    this.#recorder = new Recorder(loop);
    loop.addInstrument(this.#recorder);
  }

  /** A lane per task, in the order in which they were made. */
  get lanes(): readonly TraceLane[] {
    const now = this.#recorder.range().end;
    return [...this.#recorder.lanes].map((lane) => lane.view(now));
  }

  /** What all tasks did, in the order of time. */
  get spans(): readonly TraceSpan[] {
    return this.lanes.flatMap(({ spans }) => spans).sort((a, b) => a.start - b.start);
  }

  /** What happened to them, in the order of time. */
  get marks(): readonly TraceMark[] {
    return this.lanes.flatMap(({ marks }) => marks).sort((a, b) => a.time - b.time);
  }

  /**
   * Draws the trace: a lane per task, on it when it ran and what it waited for. The picture follows the
   * reader's light or dark mode, needs no fonts or scripts, and may stand inline in a page or alone in a
   * file.
   *
   * @param options Width, theme, how many lanes.
   * @returns An SVG document.
   *
   * @example
   * ```ts
   * import { run, sleep, Tracer } from "@taskloop/asyncio";
   * import { assertMatch } from "@std/assert";
   *
   * await run(function* () {
   *   using tracer = new Tracer();
   *   yield* sleep(5);
   *   assertMatch(tracer.timelineSvg({ width: 640 }), /^<svg .*width="640"/);
   * });
   * ```
   */
  timelineSvg(options?: TimelineSvgOptions): string {
    return timelineSvg(this.lanes, this.#recorder.range(), options);
  }

  /**
   * Draws the trace for a terminal.
   *
   * @param options Width in columns, colours.
   * @returns Some lines, each with a line end.
   *
   * @example
   * ```ts
   * import { run, sleep, Tracer, VirtualClock } from "@taskloop/asyncio";
   *
   * await run(function* () {
   *   using tracer = new Tracer();
   *   yield* sleep(500);
   *   console.log(tracer.timelineText({ width: 72 }));
   * }, { clock: new VirtualClock() });
   * ```
   */
  timelineText(options?: TimelineTextOptions): string {
    return timelineText(this.lanes, this.#recorder.range(), options);
  }

  /**
   * The trace in the Trace Event Format, which ui.perfetto.dev and chrome://tracing open once it is
   * written to a file with `JSON.stringify`.
   *
   * @returns An object for `JSON.stringify`.
   *
   * @example
   * ```ts
   * import { run, sleep, Tracer } from "@taskloop/asyncio";
   *
   * await run(function* () {
   *   using tracer = new Tracer();
   *   yield* sleep(5);
   *   const json = JSON.stringify(tracer.chromeTrace());
   *   console.log(json.length, "bytes for trace.json");
   * });
   * ```
   */
  chromeTrace(): object {
    return chromeTrace(this.lanes, this.#recorder.range());
  }

  /** Stops to record. What was recorded stays. */
  [Symbol.dispose](): void {
    this.#loop.removeInstrument(this.#recorder);
    this.#recorder.stop();
  }
}

class Recorder implements Instrument {
  readonly lanes = new Set<Lane>();
  readonly #open = new Map<Task<unknown>, Lane>();
  readonly #loop: EventLoop;
  readonly #start: number;
  #stopped: number | null = null;

  constructor(loop: EventLoop) {
    this.#loop = loop;
    this.#start = loop.time();
    const current = currentTask(loop);
    for (const task of allTasks(loop)) {
      const lane = this.#addLane(task);
      if (task === current) lane.enter("run", this.#start);
      else this.#wait(lane, task, task._waitsFor());
    }
  }

  range(): TraceRange {
    return { start: this.#start, end: this.#stopped ?? this.#loop.time() };
  }

  stop(): void {
    if (this.#stopped !== null) return;
    this.#stopped = this.#loop.time();
    for (const [task, lane] of this.#open) lane.leave(task.name);
    this.#open.clear();
  }

  taskCreated(task: Task<unknown>): void {
    this.#addLane(task);
  }

  stepStarted(task: Task<unknown>): void {
    this.#open.get(task)?.enter("run", this.#loop.time());
  }

  stepEnded(task: Task<unknown>, waitsFor: readonly Future<unknown>[]): void {
    const lane = this.#open.get(task);
    if (lane !== undefined && !task.done()) this.#wait(lane, task, waitsFor);
  }

  taskReady(task: Task<unknown>): void {
    this.#open.get(task)?.enter("ready", this.#loop.time());
  }

  taskDone(task: Task<unknown>): void {
    const lane = this.#open.get(task);
    if (lane === undefined) return;
    lane.finish(task.name, task._state, this.#loop.time());
    this.#open.delete(task);
  }

  cancelRequested(task: Task<unknown>, message: string | undefined): void {
    this.#open.get(task)?.marks.push({ time: this.#loop.time(), message });
  }

  #addLane(task: Task<unknown>): Lane {
    const lane = new Lane(task, this.#loop.time());
    this.lanes.add(lane);
    this.#open.set(task, lane);
    return lane;
  }

  #wait(lane: Lane, task: Task<unknown>, waitsFor: readonly Future<unknown>[]): void {
    const what = waitLabel(task, waitsFor);
    lane.enter(what === null ? "ready" : "wait", this.#loop.time(), what ?? undefined);
  }
}

interface Entry {
  readonly kind: TraceSpan["kind"];
  readonly what: string | undefined;
  readonly start: number;
}

/** The record of one task: what it began to do when. It ends that when it begins the next. */
class Lane {
  readonly marks: { readonly time: number; readonly message: string | undefined }[] = [];
  readonly #entries: Entry[];
  #task: Task<unknown> | null;
  #name = "";
  #outcome: TraceOutcome = "pending";
  #end: number | null = null;

  constructor(task: Task<unknown>, now: number) {
    this.#task = task;
    this.#entries = [{ kind: "ready", what: undefined, start: now }];
  }

  enter(kind: Entry["kind"], now: number, what?: string): void {
    const last = this.#entries.at(-1)!;
    if (last.kind === "ready" && kind === "ready") return;
    // A turn that came at once is not worth a span.
    if (last.kind === "ready" && last.start === now) this.#entries.pop();
    this.#entries.push({ kind, what, start: now });
  }

  finish(name: string, outcome: TraceOutcome, now: number): void {
    this.leave(name);
    this.#outcome = outcome;
    this.#end = now;
  }

  /** Nothing more is to come; the task is not to be kept. */
  leave(name: string): void {
    this.#name = name;
    this.#task = null;
  }

  view(now: number): TraceLane {
    const task = this.#task?.name ?? this.#name;
    const end = this.#end ?? now;
    const entries = this.#entries;
    const spans = entries.map(({ kind, what, start }, i): TraceSpan => {
      const span = { task, kind, start, end: entries[i + 1]?.start ?? end };
      return what === undefined ? span : { ...span, what };
    });
    const marks = this.marks.map(({ time, message }): TraceMark => {
      const mark = { task, kind: "cancel" as const, time };
      return message === undefined ? mark : { ...mark, message };
    });
    return { task, start: entries[0]!.start, end, outcome: this.#outcome, spans, marks };
  }
}

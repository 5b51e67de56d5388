// Records what the tasks of a loop do in a log; lanes, and pictures of them, are made when somebody asks.

import type { EventLoop } from "../core/event_loop.ts";
import type { TraceLane, TraceMark, TraceRange, TraceSpan } from "./trace.ts";
import { allTasks } from "../core/task.ts";
import { chromeTrace } from "./chrome_trace.ts";
import { getEventLoop } from "../core/current.ts";
import { lanesOf } from "./trace_lanes.ts";
import { timelineSvg, type TimelineSvgOptions } from "./timeline_svg.ts";
import { timelineText, type TimelineTextOptions } from "./timeline_text.ts";
import { TraceLog } from "./trace_log.ts";

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
  readonly #start: number;
  readonly #log: TraceLog;
  #end: number | null = null;

  /**
   * Starts to record.
   *
   * @param loop By default the running one.
   */
  constructor(loop: EventLoop = getEventLoop()) {
    this.#loop = loop;
    this.#start = loop.time();
    this.#log = new TraceLog(loop);
    loop.addInstrument(this.#log);
  }

  /** A lane per task, in the order in which they were made. */
  get lanes(): readonly TraceLane[] {
    return lanesOf(this.#log, this.#range().end, allTasks(this.#loop));
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
    return timelineSvg(this.lanes, this.#range(), options);
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
    return timelineText(this.lanes, this.#range(), options);
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
    return chromeTrace(this.lanes, this.#range());
  }

  /** Stops to record. What was recorded stays. */
  [Symbol.dispose](): void {
    this.#end ??= this.#loop.time();
    this.#loop.removeInstrument(this.#log);
  }

  #range(): TraceRange {
    return { start: this.#start, end: this.#end ?? this.#loop.time() };
  }
}

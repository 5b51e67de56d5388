// What a trace is made of: a lane per task, on it spans that follow each other without a gap, and marks.

/** What a task did from `start` to `end`. */
export interface TraceSpan {
  /** The name of the task. */
  task: string;
  /** It ran; it waited for something; or what it waited for was done, and it waited for its turn. */
  kind: "run" | "wait" | "ready";
  /** What it waited for: `sleep(500)`, the name of another task. */
  what?: string;
  /** In milliseconds on the loop's clock. */
  start: number;
  /** In milliseconds on the loop's clock. */
  end: number;
}

/** Something that happened to a task. */
export interface TraceMark {
  /** The name of the task. */
  task: string;
  /** Its cancellation was requested. */
  kind: "cancel";
  /** The message given with the request. */
  message?: string;
  /** When, in milliseconds on the loop's clock. */
  time: number;
}

/** How a task ended, if it has. */
export type TraceOutcome = "pending" | "finished" | "failed" | "cancelled";

/** All that is known of one task. Names need not be unique; lanes are. */
export interface TraceLane {
  /** The name of the task. */
  readonly task: string;
  /** When it was made, or when the tracer came. */
  readonly start: number;
  /** When it ended, or now. */
  readonly end: number;
  /** How it ended. */
  readonly outcome: TraceOutcome;
  /** In the order of time. */
  readonly spans: readonly TraceSpan[];
  /** In the order of time. */
  readonly marks: readonly TraceMark[];
}

/** When a trace begins and ends. */
export interface TraceRange {
  /** @internal */
  readonly start: number;
  /** @internal */
  readonly end: number;
}

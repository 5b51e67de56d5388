// Makes lanes of a log: per task, spans from what it began to what it began next.

import type { Task } from "../core/task.ts";
import type { TraceLane, TraceOutcome, TraceSpan } from "./trace.ts";
import { ENDS, READY, type Request, RUN, type TraceLog } from "./trace_log.ts";

const OUTCOMES = new Map<number, TraceOutcome>(
  Object.entries(ENDS).map(([outcome, code]) => [code, outcome as TraceOutcome]),
);

/** What is known of a task, as the log is read. */
class Lane {
  readonly entries: { readonly what: number; readonly start: number }[] = [];
  readonly requests: Request[] = [];
  outcome: TraceOutcome = "pending";
  end: number | null = null;

  constructor(public name: string) {}

  add(what: number, now: number): void {
    const outcome = OUTCOMES.get(what);
    if (outcome !== undefined) {
      this.outcome = outcome;
      this.end = now;
      return;
    }
    const last = this.entries.at(-1);
    if (last?.what === READY && what === READY) return;
    // A turn that came at once is not worth a span.
    if (last?.what === READY && last.start === now) this.entries.pop();
    this.entries.push({ what, start: now });
  }

  view(log: TraceLog, now: number): TraceLane {
    const { name: task, entries, outcome } = this;
    const end = this.end ?? now;
    const spans = entries.map(({ what, start }, i): TraceSpan => {
      const until = entries[i + 1]?.start ?? end;
      const label = log.labelOf(what);
      if (label !== null) return { task, kind: "wait", what: label, start, end: until };
      return { task, kind: what === RUN ? "run" : "ready", start, end: until };
    });
    const marks = this.requests.map(({ time, message }) => {
      const mark = { task, kind: "cancel" as const, time };
      return message === undefined ? mark : { ...mark, message };
    });
    return { task, start: entries[0]!.start, end, outcome, spans, marks };
  }
}

/**
 * A lane per task, in the order in which they were made.
 *
 * @param unfinished Who may have got a name since it was last in the log.
 */
export function lanesOf(
  log: TraceLog,
  now: number,
  unfinished: Iterable<Task<unknown>>,
): TraceLane[] {
  const lanes = new Map<number, Lane>();
  const laneOf = (who: number): Lane => {
    const task = log.named[-who - 1];
    const key = task?._number || who;
    let lane = lanes.get(key);
    if (lane === undefined) lanes.set(key, lane = new Lane(task?.name ?? `Task-${who}`));
    else if (task !== undefined) lane.name = task.name;
    return lane;
  };
  for (const [who, what, when] of log.events()) laneOf(who).add(what, when);
  for (const request of log.requests) laneOf(request.who).requests.push(request);
  for (const task of unfinished) {
    const lane = lanes.get(task._number);
    if (lane !== undefined) lane.name = task.name;
  }
  return [...lanes.values()].map((lane) => lane.view(log, now));
}

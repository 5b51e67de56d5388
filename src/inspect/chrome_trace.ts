// A trace in the Trace Event Format of Chrome, which Perfetto reads too.
// https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU

import type { TraceLane, TraceRange } from "./trace.ts";

const PROCESS = 1;

/** An object for `JSON.stringify`. Times in it are in microseconds since the start of the trace. */
export function chromeTrace(lanes: readonly TraceLane[], range: TraceRange): object {
  const since = (ms: number): number => Math.round((ms - range.start) * 1e6) / 1000;
  const events: object[] = [metadata("process_name", 0, { name: "asyncio" })];
  lanes.forEach((lane, index) => {
    const tid = index + 1;
    const at = { pid: PROCESS, tid };
    events.push(metadata("thread_name", tid, { name: lane.task }));
    events.push(metadata("thread_sort_index", tid, { sort_index: tid }));
    for (const { kind, what, start, end } of lane.spans) {
      const name = what ?? kind;
      const [ts, dur] = [since(start), since(end) - since(start)];
      events.push({ ...at, ph: "X", cat: kind, name, ts, dur });
    }
    for (const { time, message } of lane.marks) {
      const args = message === undefined ? {} : { message };
      events.push({ ...at, ph: "i", s: "t", cat: "cancel", name: "cancel", ts: since(time), args });
    }
    if (lane.outcome !== "pending") {
      const { outcome, end } = lane;
      events.push({ ...at, ph: "i", s: "t", cat: "end", name: outcome, ts: since(end) });
    }
  });
  return { displayTimeUnit: "ms", traceEvents: events };
}

function metadata(name: string, tid: number, args: object): object {
  return { ph: "M", pid: PROCESS, tid, name, args };
}

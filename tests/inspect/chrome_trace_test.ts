/**
 * A trace in the Trace Event Format: what Perfetto insists on, and that nothing of the trace is lost.
 */
import { assert, assertEquals } from "@std/assert";
import { tracedProgram } from "./traced.ts";

interface Event {
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly name: string;
  readonly cat?: string;
  readonly ts?: number;
  readonly dur?: number;
  readonly s?: string;
  readonly args?: Readonly<Record<string, unknown>>;
}

const tracer = await tracedProgram();
const trace: { traceEvents: Event[] } = JSON.parse(JSON.stringify(tracer.chromeTrace()));
const events = trace.traceEvents;

Deno.test("Tracer.chromeTrace() holds events with all the fields that their phase needs", () => {
  for (const { ph, pid, tid, name, ts, dur, s } of events) {
    assert(Number.isInteger(pid) && Number.isInteger(tid) && name !== "");
    if (ph !== "M") assert(Number.isFinite(ts) && ts! >= 0);
    if (ph === "X") assert(Number.isFinite(dur) && dur! >= 0);
    if (ph === "i") assertEquals(s, "t");
  }
  assertEquals([...new Set(events.map(({ ph }) => ph))].sort(), ["M", "X", "i"]);
});

Deno.test("Tracer.chromeTrace() names a thread for every lane, in their order", () => {
  const named = events.filter(({ name }) => name === "thread_name");
  assertEquals(named.map(({ args }) => args!.name), tracer.lanes.map(({ task }) => task));
  assertEquals(new Set(named.map(({ tid }) => tid)).size, tracer.lanes.length);
});

Deno.test("Tracer.chromeTrace() has every span, mark and end, in microseconds", () => {
  const kept = tracer.lanes.map((_lane, i) =>
    events.filter(({ tid, ph }) => tid === i + 1 && ph !== "M")
      .map(({ name, cat, ts, dur }) => `${cat} ${name} ${ts} ${dur ?? ""}`.trim())
  );
  const known = tracer.lanes.map(({ spans, marks, outcome, end }) => [
    ...spans.map(({ kind, what, start, end }) =>
      `${kind} ${what ?? kind} ${start * 1000} ${(end - start) * 1000}`
    ),
    ...marks.map(({ time }) => `cancel cancel ${time * 1000}`),
    ...outcome === "pending" ? [] : [`end ${outcome} ${end * 1000}`],
  ]);
  assertEquals(kept, known);
});

Deno.test("Tracer.chromeTrace() nests no span of a thread in another", () => {
  for (const [i] of tracer.lanes.entries()) {
    const spans = events.filter(({ tid, ph }) => tid === i + 1 && ph === "X");
    for (const [k, { ts, dur }] of spans.entries()) {
      if (k + 1 < spans.length) assert(ts! + dur! <= spans[k + 1]!.ts! + 1e-6);
    }
  }
});

// What ran where and when, for work outside of the loop: a lane for each worker.

import { parseHTML } from "linkedom";
import * as Plot from "@observablehq/plot";
import { picture, type Shown } from "./display.ts";

/** A piece of work, with times in milliseconds of the epoch (as workers know them). */
export interface Span {
  readonly lane: string;
  readonly label: string;
  readonly start: number;
  readonly end: number;
}

/** Lanes are named in the order in which they began: "worker 1" and so on. */
export function workerLanes(spans: readonly Span[]): Shown {
  const first = Math.min(...spans.map(({ start }) => start));
  const inOrder = [...spans].sort((a, b) => a.start - b.start);
  const names = new Map<string, string>();
  for (const { lane } of inOrder) {
    if (!names.has(lane)) names.set(lane, `worker ${names.size + 1}`);
  }
  const data = inOrder.map(({ lane, label, start, end }) => ({
    lane: names.get(lane)!,
    label,
    start: start - first,
    end: end - first,
  }));
  const svg = Plot.plot({
    document: (parseHTML("<html></html>") as unknown as { document: never }).document,
    width: 640,
    height: 66 + 28 * names.size,
    marginLeft: 72,
    marginBottom: 40,
    style: { fontSize: "12px", maxWidth: "100%", height: "auto", background: "none" },
    x: { label: "ms", grid: true },
    y: { label: null, domain: [...names.values()] },
    marks: [
      Plot.barX(data, { x1: "start", x2: "end", y: "lane", fill: "#3b7ddd", inset: 1 }),
      Plot.text(data, { x: (d) => (d.start + d.end) / 2, y: "lane", text: "label", fill: "white" }),
    ],
  });
  const lines = data.map(({ lane, label, start, end }) =>
    `${lane}  ${label}: ${start.toFixed(0)} to ${end.toFixed(0)} ms`
  );
  return picture(svg.outerHTML, lines.join("\n"));
}

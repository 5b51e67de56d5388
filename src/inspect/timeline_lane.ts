// One lane of the picture: the name, the life of the task as a line, and on it what the task did.

import type { Layout } from "./timeline_layout.ts";
import type { TraceLane, TraceSpan } from "./trace.ts";
import { element, escape, number, text } from "./svg.ts";
import { ADVANCE, fitEnds, shorten } from "./text_width.ts";
import { formatDuration } from "./axis.ts";

/** A run is drawn at least this wide, in pixels, or it could not be seen; less in a crowd. */
const THIN_RUN = 1.6;
const THINNEST_RUN = 0.8;
const CROWD = 6;
/** The radius of a sign. */
const SIGN = 4;

/** The elements of a lane whose middle is at `y`. */
export function drawLane(lane: TraceLane, layout: Layout, y: number): string[] {
  const { x, left, nameSize } = layout;
  const name = fitEnds(lane.task, Math.floor((left - 12 - 16 + 1) / (nameSize * ADVANCE)));
  const [start, end] = [x(lane.start), x(lane.end)];
  const crosses = crossesOf(lane, layout, end);
  return [
    tooltip(
      text(left - 12, y + nameSize * 0.36, name, "ink mono", nameSize, "end"),
      name === lane.task ? null : lane.task,
    ),
    element("line", { class: "line", x1: start, x2: end, y1: y, y2: y, "stroke-width": 2 }),
    ...waits(lane, layout, y, crosses),
    ...runs(lane, layout, y),
    ...crosses.map((at) => cross(at, y)),
    ...outcome(lane, end, y),
  ];
}

/** Where requests to cancel are drawn: none where the sign of the end says it, and none below that sign. */
function crossesOf(lane: TraceLane, { x }: Layout, end: number): number[] {
  const places = lane.marks.map(({ time }) => x(time));
  if (lane.outcome === "pending") return places;
  if (lane.outcome === "cancelled") return places.filter((at) => end - at >= 2 * SIGN);
  return places.map((at) => Math.min(at, end - 2.5 * SIGN));
}

function waits(lane: TraceLane, layout: Layout, y: number, crosses: readonly number[]): string[] {
  const { x, bar, labelSize } = layout;
  const [height, radius] = [bar, Math.min(3, bar / 4)];
  const last = lane.outcome === "pending" ? Infinity : x(lane.end);
  return lane.spans.flatMap((span) => {
    const [from, to] = [x(span.start), x(span.end)];
    if (span.kind === "run" || to - from < 0.75) return [];
    const at = { x: from, y: y - height / 2, width: to - from, height };
    if (span.kind === "ready") {
      return [tooltip(element("rect", { class: "ready", ...at }), describe(span))];
    }
    const limits = [...crosses, last].map((sign) => sign - SIGN - 2).filter((at) => at > from);
    const before = crosses.filter((sign) => Math.abs(sign - from) <= SIGN + 2);
    const start = Math.max(from + 6, ...before.map((sign) => sign + SIGN + 4));
    const room = Math.min(to, ...limits) - start - 3;
    const label = shorten(span.what ?? "", Math.floor(room / (labelSize * ADVANCE)));
    const rect = element("rect", { class: "wait", ...at, rx: Math.min(radius, (to - from) / 2) });
    return [
      tooltip(rect, describe(span)),
      ...label !== "" ? [text(start, y + labelSize * 0.35, label, "what mono", labelSize)] : [],
    ];
  });
}

/** Runs that would touch each other become one: ten thousand steps are no ten thousand elements. */
function runs(lane: TraceLane, layout: Layout, y: number): string[] {
  const height = layout.bar + 4;
  const bars: { from: number; to: number; title: string | null }[] = [];
  for (const span of lane.spans) {
    if (span.kind !== "run") continue;
    const from = layout.x(span.start);
    const before = bars.at(-1);
    const crowded = before !== undefined && from - before.to < CROWD;
    const to = Math.max(layout.x(span.end), from + (crowded ? THINNEST_RUN : THIN_RUN));
    if (before !== undefined && from - before.to < 0.4) {
      before.to = Math.max(before.to, to);
      before.title = null;
    } else bars.push({ from, to, title: describe(span) });
  }
  // A short last step is hidden by the sign of the end.
  const last = bars.at(-1);
  if (lane.outcome !== "pending" && last !== undefined && last.to - last.from < SIGN) bars.pop();
  return bars.map(({ from, to, title }) => {
    const rect = { class: "run", x: from, y: y - height / 2, width: to - from, height };
    return tooltip(element("rect", { ...rect, rx: Math.min(1.5, (to - from) / 3) }), title);
  });
}

function outcome(lane: TraceLane, x: number, y: number): string[] {
  switch (lane.outcome) {
    case "finished":
      return [dot(x, y)];
    case "failed":
      return [diamond(x, y)];
    case "cancelled":
      return [crossedDot(x, y)];
    case "pending":
      return [];
  }
}

/** The sign of a task that has ended. */
export function dot(x: number, y: number): string {
  return element("circle", { class: "run halo", cx: x, cy: y, r: SIGN, "stroke-width": 1.5 });
}

/** The sign of a task that has failed. */
export function diamond(x: number, y: number): string {
  const r = SIGN + 1.5;
  const corners = [[x, y - r], [x + r, y], [x, y + r], [x - r, y]];
  const points = corners.map((corner) => corner.map(number).join(",")).join(" ");
  return element("polygon", { class: "alarm halo", points, "stroke-width": 1.5 });
}

/** The sign of a task that was cancelled. */
export function crossedDot(x: number, y: number): string {
  const circle = { class: "alarm halo", cx: x, cy: y, r: SIGN + 2, "stroke-width": 1.5 };
  return element("circle", circle) + diagonals(x, y, 2.2, "halo", 1.6);
}

/** The sign of a request to cancel. */
export function cross(x: number, y: number): string {
  return diagonals(x, y, SIGN, "halo", 5) + diagonals(x, y, SIGN, "cross", 2);
}

function diagonals(x: number, y: number, r: number, color: string, width: number): string {
  const [left, right, top, bottom] = [x - r, x + r, y - r, y + r].map(number);
  const d = `M${left} ${top}L${right} ${bottom}M${left} ${bottom}L${right} ${top}`;
  return element("path", { d, class: color, "stroke-width": width, "stroke-linecap": "round" });
}

function describe(span: TraceSpan): string {
  const what = span.kind === "wait"
    ? `waits for ${span.what}`
    : span.kind === "run"
    ? "runs"
    : "is ready";
  return `${span.task} ${what}, ${formatDuration(span.end - span.start)}`;
}

function tooltip(drawn: string, title: string | null): string {
  if (title === null) return drawn;
  return element("g", {}, [element("title", {}, escape(title)), drawn]);
}

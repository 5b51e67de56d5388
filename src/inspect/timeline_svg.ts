// The picture of a trace: a lane per task, time from left to right.

import type { Layout } from "./timeline_layout.ts";
import type { TraceLane, TraceRange } from "./trace.ts";
import { ADVANCE, cells } from "./text_width.ts";
import { drawLane } from "./timeline_lane.ts";
import { element, number, text } from "./svg.ts";
import { legend } from "./timeline_legend.ts";
import { ROOT, timelineStyle, type TimelineTheme } from "./timeline_style.ts";
import { ticks } from "./axis.ts";

/** How a timeline is drawn. */
export interface TimelineSvgOptions {
  /**
   * In pixels, at least 320.
   *
   * @default {960}
   */
  width?: number;
  /**
   * "auto" follows the reader's light or dark mode; a paper wants "light".
   *
   * @default {"auto"}
   */
  theme?: TimelineTheme;
  /**
   * Draw at most so many tasks; a line says how many are left out.
   *
   * @default {100}
   */
  maxLanes?: number;
}

const MARGIN = 16;
const AXIS = 26;

export function timelineSvg(
  all: readonly TraceLane[],
  range: TraceRange,
  options: TimelineSvgOptions = {},
): string {
  const { width = 960, theme = "auto", maxLanes = 100 } = options;
  const lanes = all.slice(0, maxLanes);
  const layout = makeLayout(lanes, range, Math.max(320, width));
  const top = MARGIN + AXIS;
  const bottom = top + lanes.length * layout.row;
  const left = all.length - lanes.length;
  const more = left > 0
    ? [text(layout.left, bottom + 16, `and ${left} more tasks`, "faint", 11)]
    : [];
  const key = legend(lanes, layout, bottom + (left > 0 ? 20 : 0) + 14);
  const height = key.bottom + MARGIN - 4;
  return element(
    "svg",
    {
      class: ROOT,
      xmlns: "http://www.w3.org/2000/svg",
      width: layout.width,
      height,
      viewBox: `0 0 ${layout.width} ${number(height)}`,
      role: "img",
      "aria-label": `Timeline of ${all.length} tasks`,
      style: "max-width: 100%; height: auto",
    },
    [
      element("style", {}, [timelineStyle(theme)]),
      element("rect", { class: "paper", width: layout.width, height, rx: 8 }),
      ...axis(range, layout, top, bottom),
      ...lanes.flatMap((lane, i) => drawLane(lane, layout, top + (i + 0.5) * layout.row)),
      ...more,
      ...key.elements,
    ].join("\n"),
  ) + "\n";
}

function makeLayout(lanes: readonly TraceLane[], range: TraceRange, width: number): Layout {
  const row = lanes.length <= 24 ? 26 : lanes.length <= 48 ? 20 : 16;
  const [nameSize, labelSize] = row >= 26 ? [12, 10.5] : row >= 20 ? [11, 9.5] : [10, 9];
  const longest = Math.max(0, ...lanes.map(({ task }) => cells(task)));
  const names = Math.min(longest * nameSize * ADVANCE, width * 0.3);
  const [left, right] = [MARGIN + names + 12, width - MARGIN - 8];
  const scale = (right - left) / Math.max(range.end - range.start, 1e-6);
  return {
    width,
    left,
    right,
    row,
    bar: Math.round(row * 0.58),
    nameSize,
    labelSize,
    x: (ms) => left + (ms - range.start) * scale,
  };
}

function axis(range: TraceRange, layout: Layout, top: number, bottom: number): string[] {
  const { left, right, x } = layout;
  return ticks(range, Math.floor((right - left) / 72)).flatMap(({ at, label }, i) => {
    const place = x(range.start + at);
    return [
      element("line", { class: "grid", x1: place, x2: place, y1: top - 6, y2: bottom }),
      text(
        place,
        top - 12,
        label,
        "faint",
        11,
        i === 0 ? "start" : place > right - 24 ? "end" : "middle",
      ),
    ];
  });
}

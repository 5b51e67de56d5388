// What the signs of a picture mean: those that occur in it.

import type { Layout } from "./timeline_layout.ts";
import type { TraceLane } from "./trace.ts";
import { cross, crossedDot, diamond, dot } from "./timeline_lane.ts";
import { element, text } from "./svg.ts";

interface Item {
  readonly label: string;
  occurs(lane: TraceLane): boolean;
  /** In a box 16 wide, around the middle. */
  draw(x: number, y: number): string;
}

const ITEMS: readonly Item[] = [
  spanItem("runs", "run", 14),
  spanItem("waits", "wait", 10),
  spanItem("ready, others run", "ready", 10),
  {
    label: "asked to cancel",
    occurs: (lane) => lane.marks.length > 0,
    draw: cross,
  },
  { label: "ended", occurs: ended("finished"), draw: dot },
  { label: "failed", occurs: ended("failed"), draw: diamond },
  {
    label: "cancelled",
    occurs: ended("cancelled"),
    draw: crossedDot,
  },
];

/** The legend below `top`, in as many lines as it takes. */
export function legend(
  lanes: readonly TraceLane[],
  layout: Layout,
  top: number,
): { elements: string[]; bottom: number } {
  const elements: string[] = [];
  let [x, y] = [layout.left, top + 8];
  for (const { label, occurs, draw } of ITEMS) {
    if (!lanes.some(occurs)) continue;
    const width = 22 + label.length * 6.2 + 14;
    if (x + width > layout.width - 8 && x > layout.left) [x, y] = [layout.left, y + 18];
    elements.push(draw(x + 8, y), text(x + 22, y + 4, label, "faint", 11));
    x += width;
  }
  return { elements, bottom: elements.length === 0 ? top : y + 8 };
}

function spanItem(label: string, kind: "run" | "wait" | "ready", height: number): Item {
  return {
    label,
    occurs: (lane) => lane.spans.some((span) => span.kind === kind),
    draw: (x, y) =>
      element("rect", { class: kind, x: x - 8, y: y - height / 2, width: 16, height, rx: 2 }),
  };
}

function ended(outcome: TraceLane["outcome"]): (lane: TraceLane) => boolean {
  return (lane) => lane.outcome === outcome;
}

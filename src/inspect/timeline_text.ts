// The same picture in a terminal's characters.

import type { TraceLane, TraceRange } from "./trace.ts";
import { cells, fitEnds, shorten, split } from "./text_width.ts";
import { ticks } from "./axis.ts";

/** How a timeline is written. */
export interface TimelineTextOptions {
  /**
   * In columns, at least 40.
   *
   * @default {100}
   */
  width?: number;
  /**
   * With the escape sequences of a terminal.
   *
   * @default {false}
   */
  color?: boolean;
}

type Paint = "plain" | "faint" | "run" | "wait" | "ready" | "alarm";

interface Cell {
  char: string;
  paint: Paint;
}

const CODES: Record<Paint, string> = {
  plain: "",
  faint: "\x1b[2m",
  run: "\x1b[34;1m",
  wait: "\x1b[36m",
  ready: "\x1b[33m",
  alarm: "\x1b[31;1m",
};

const SIGNS = { finished: "●", failed: "◆", cancelled: "⊗", pending: "" };

export function timelineText(
  lanes: readonly TraceLane[],
  range: TraceRange,
  options: TimelineTextOptions = {},
): string {
  const { color = false } = options;
  const width = Math.max(40, Math.floor(options.width ?? 100));
  const longest = Math.max(0, ...lanes.map(({ task }) => cells(task)));
  const names = Math.min(longest, Math.floor(width * 0.3));
  // The last column is for signs of what happens at the very end.
  const columns = width - names - 3;
  const write = (line: readonly Cell[]) => join(line, color);
  const margin = blank(names + 2);
  return [
    ...axis(range, columns).map((line) => write([...margin, ...line])),
    ...lanes.map((lane) => {
      const name = fitEnds(lane.task, names);
      const padding = " ".repeat(names - cells(name) + 2);
      return write([
        ...paint(name, "plain"),
        ...paint(padding, "plain"),
        ...laneCells(lane, range, columns),
      ]);
    }),
    ...legend(lanes, columns).map((line) => write([...margin, ...line])),
  ].map((line) => `${line}\n`).join("");
}

function axis(range: TraceRange, columns: number): Cell[][] {
  const labels = blank(columns + 1);
  const ruler = paint("─".repeat(columns + 1), "faint");
  const length = Math.max(range.end - range.start, 1e-6);
  for (const { at, label } of ticks(range, Math.floor(columns / 12))) {
    const column = Math.min(columns, Math.floor(at / length * columns + 1e-9));
    ruler[column] = { char: "┬", paint: "faint" };
    put(labels, Math.min(column, columns + 1 - label.length), paint(label, "faint"));
  }
  return [labels, ruler];
}

function laneCells(lane: TraceLane, range: TraceRange, columns: number): Cell[] {
  const line = blank(columns + 1);
  const scale = columns / Math.max(range.end - range.start, 1e-6);
  const place = (ms: number) => (ms - range.start) * scale;
  const column = (ms: number) => Math.min(columns, Math.floor(place(ms) + 1e-9));
  const running = new Float64Array(columns + 2);
  const stepped = new Set<number>();
  for (const { kind, what, start, end } of lane.spans) {
    const [from, to] = [column(start), Math.max(column(start), Math.ceil(place(end) - 1e-9) - 1)];
    if (kind === "run") {
      stepped.add(from);
      for (let i = from; i <= to; i++) {
        running[i]! += Math.min(i + 1, place(end)) - Math.max(i, place(start));
      }
      continue;
    }
    if (end === start) continue;
    const bar = paint((kind === "wait" ? "─" : "░").repeat(to - from + 1), kind);
    // The first cell is that of the step before.
    const label = what === undefined ? "" : shorten(what, bar.length - 4);
    if (label !== "") put(bar, 2, paint(` ${label} `, "plain"));
    put(line, from, bar);
  }
  const last = column(lane.end);
  for (let i = 0; i <= columns; i++) {
    const share = running[i]!;
    if (share >= 0.75) line[i] = { char: "█", paint: "run" };
    else if (share >= 0.25) line[i] = { char: "▌", paint: "run" };
    else if (share > 0 || stepped.has(i)) line[i] = { char: stepSign(line, i, last), paint: "run" };
  }
  for (const { time } of lane.marks) line[column(time)] = { char: "×", paint: "alarm" };
  if (lane.outcome !== "pending") {
    const sign = lane.outcome === "finished" ? "run" : "alarm";
    line[last] = { char: SIGNS[lane.outcome], paint: sign };
  }
  return line;
}

function stepSign(line: readonly Cell[], at: number, last: number): string {
  if (at === last) return "┤";
  return at > 0 && line[at - 1]!.paint !== "plain" ? "┼" : "├";
}

/** What the signs mean: those that occur, in as many lines as it takes. */
function legend(lanes: readonly TraceLane[], columns: number): Cell[][] {
  const occurs = (kind: string) =>
    lanes.some(({ spans }) => spans.some((span) => span.kind === kind));
  const ended = (outcome: string) => lanes.some((lane) => lane.outcome === outcome);
  const items: [boolean, string, Paint, string][] = [
    [occurs("run"), "█ ┼", "run", "runs"],
    [occurs("wait"), "──", "wait", "waits"],
    [occurs("ready"), "░", "ready", "ready, others run"],
    [lanes.some(({ marks }) => marks.length > 0), "×", "alarm", "asked to cancel"],
    [ended("finished"), SIGNS.finished, "run", "ended"],
    [ended("failed"), SIGNS.failed, "alarm", "failed"],
    [ended("cancelled"), SIGNS.cancelled, "alarm", "cancelled"],
  ];
  const lines: Cell[][] = [[]];
  for (const [shown, sign, style, label] of items) {
    if (!shown) continue;
    const item = [...paint(sign, style), ...paint(` ${label}   `, "faint")];
    if (lines.at(-1)!.length + item.length - 3 > columns) lines.push([]);
    lines.at(-1)!.push(...item);
  }
  return lines;
}

function paint(text: string, style: Paint): Cell[] {
  return split(text).map((char) => ({ char, paint: style }));
}

function blank(length: number): Cell[] {
  return paint(" ".repeat(length), "plain");
}

function put(line: Cell[], at: number, content: readonly Cell[]): void {
  content.forEach((cell, i) => {
    if (at + i >= 0 && at + i < line.length) line[at + i] = cell;
  });
}

function join(line: readonly Cell[], color: boolean): string {
  const last = line.findLastIndex(({ char }) => char !== " ");
  const shown = line.slice(0, last + 1);
  if (!color) return shown.map(({ char }) => char).join("");
  let [written, style]: [string, Paint] = ["", "plain"];
  for (const cell of shown) {
    if (cell.paint !== style) {
      if (style !== "plain") written += "\x1b[0m";
      written += CODES[cell.paint];
      style = cell.paint;
    }
    written += cell.char;
  }
  return style === "plain" ? written : `${written}\x1b[0m`;
}

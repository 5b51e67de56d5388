/** The table as a picture: for each kind of work, who takes how long, on a logarithmic scale. */

import { ADVANCE, cells } from "../../src/inspect/text_width.ts";
import { compareRow, type Report, type RowFigures } from "./report.ts";
import { doesLess, formatFigure } from "./text.ts";
import { element, text } from "../../src/inspect/svg.ts";
import { PICTURE_STYLE } from "./picture_style.ts";

const WIDTH = 900;
const LEFT = 190;
const RIGHT = WIDTH - 16;
const LANE = 14;
const GAP = 8;
const FONT = 10.5;
/** A proportional font is narrower than a fixed one. */
const NARROWER = 0.95;

/** Other ways of ours, and old packages that do less, would only fill the picture: the table has them. */
const LEFT_OUT = new Set([
  "ours, coroutine()",
  "ours, waitFor",
  "ours, eager start",
  "Bluebird",
  "co",
]);
const PYTHON = /^(asyncio|uvloop|trio|Python .*)$/;

interface Dot {
  readonly who: string;
  readonly x: number;
  readonly label: string;
  readonly classes: string;
  readonly isHollow: boolean;
  readonly isLeft: boolean;
  lane: number;
}

interface Scale {
  readonly unit: string;
  readonly ticks: readonly number[];
  readonly x: (value: number) => number;
}

/** A whole SVG document, in the colours that the reader's system asks for. */
export function drawReport(report: Report): string {
  const body: string[] = [];
  let y = drawLegend(body);
  const panels = Map.groupBy(report.rows, titleOf);
  for (const [title, rows] of panels) y = drawPanel(body, title, rows, y + 14);
  body.push(text(16, y + 14, describe(report), "faint", FONT));
  const height = y + 28;
  return element("svg", {
    xmlns: "http://www.w3.org/2000/svg",
    class: "peers",
    viewBox: `0 0 ${WIDTH} ${height}`,
    width: WIDTH,
    height,
    role: "img",
  }, [
    element("title", {}, "What each kind of work takes with ours and with its peers"),
    element("style", {}, PICTURE_STYLE),
    element("rect", { class: "paper", x: 0, y: 0, width: WIDTH, height, rx: 8 }),
    ...body,
  ]) + "\n";
}

function drawLegend(body: string[]): number {
  const entries: [string, string, boolean][] = [
    ["ours", "ours", false],
    ["script", "JavaScript", false],
    ["python", "Python", false],
    ["script", "does less: see the table", true],
  ];
  let x = LEFT;
  body.push(text(16, 27, "Time of an operation", "ink strong", 12));
  for (const [hue, label, isHollow] of entries) {
    body.push(drawMark(x, 23, hue, isHollow), text(x + 9, 27, label, "ink", FONT));
    x += 34 + widthOf(label);
  }
  body.push(
    text(x, 27, "further left is faster; 5× takes five times as long as ours", "faint", FONT),
  );
  return 34;
}

/** A panel has one axis, so that its rows have one unit. */
function titleOf({ part, unit }: RowFigures): string {
  return unit === "ns" || part.startsWith("Memory") ? part : `${part}, memory`;
}

function drawPanel(
  body: string[],
  title: string,
  rows: readonly RowFigures[],
  top: number,
): number {
  const scale = scaleOf(rows);
  const grid: string[] = [];
  let y = top + 22;
  body.push(text(16, top + 12, title, "ink strong", 12));
  for (const row of rows) y = drawRow(body, row, scale, y + GAP);
  for (const value of scale.ticks) {
    const x = scale.x(value);
    grid.push(element("line", { class: "grid", x1: x, x2: x, y1: top + 18, y2: y }));
    body.push(text(x, top + 12, formatTick(value, scale.unit), "faint", FONT, "middle"));
  }
  // Below everything else.
  body.unshift(...grid);
  return y + 4;
}

function drawRow(body: string[], row: RowFigures, scale: Scale, top: number): number {
  const dots = dotsOf(row, scale);
  const lanes = placeInLanes(dots);
  const height = Math.max(lanes * LANE, 2 * LANE);
  const [name, rest] = splitName(row.work);
  body.push(text(16, top + 11, name, "ink", 11.5));
  if (rest !== "") body.push(text(16, top + 11 + LANE, rest, "faint", FONT));
  const ours = dots.find(({ who }) => who === "ours");
  if (ours !== undefined) {
    body.push(
      element("line", { class: "here", x1: ours.x, x2: ours.x, y1: top, y2: top + height }),
    );
  }
  for (const dot of dots) {
    const y = top + dot.lane * LANE + LANE / 2;
    const [at, anchor] = dot.isLeft ? [dot.x - 8, "end"] as const : [dot.x + 8, "start"] as const;
    body.push(drawMark(dot.x, y, dot.classes, dot.isHollow));
    body.push(text(at, y + 3.6, dot.label, `${dot.classes} name`, FONT, anchor));
  }
  return top + height;
}

function drawMark(x: number, y: number, classes: string, isHollow: boolean): string {
  const kind = isHollow ? "hollow" : "full";
  return element("circle", { class: `${classes} ${kind}`, cx: x, cy: y, r: isHollow ? 3.6 : 4.4 });
}

function dotsOf(row: RowFigures, scale: Scale): Dot[] {
  return compareRow(row).filter(({ figures }) => !LEFT_OUT.has(figures.who)).map((one) => {
    const { who } = one.figures;
    const isOurs = who.startsWith("ours");
    const x = scale.x(one.median);
    const label = who === "ours" ? who : `${who} ${Number(one.ofOurs.toPrecision(2))}×`;
    return {
      who,
      x,
      label,
      classes: isOurs ? "ours" : PYTHON.test(who) ? "python" : "script",
      isHollow: doesLess(one),
      isLeft: x + 8 + widthOf(label) > RIGHT,
      lane: 0,
    };
  });
}

/** Gives every dot the first lane in which its label hits nobody's; returns how many there are. */
function placeInLanes(dots: readonly Dot[]): number {
  const taken: [number, number][][] = [];
  for (const dot of dots) {
    const reach = 14 + widthOf(dot.label);
    const [from, to] = dot.isLeft ? [dot.x - reach, dot.x + 6] : [dot.x - 6, dot.x + reach];
    const free = taken.findIndex((spans) => spans.every(([a, b]) => to < a || b < from));
    dot.lane = free >= 0 ? free : taken.push([]) - 1;
    taken[dot.lane]!.push([from, to]);
  }
  return taken.length;
}

function scaleOf(rows: readonly RowFigures[]): Scale {
  const values = rows.flatMap((row) => compareRow(row).map((one) => one.median));
  const low = Math.log10(Math.min(...values)) - 0.1;
  const high = Math.log10(Math.max(...values)) + 0.1;
  return {
    unit: rows[0]!.unit,
    ticks: ticksBetween(low, high),
    x: (value) => LEFT + (RIGHT - LEFT) * (Math.log10(value) - low) / (high - low),
  };
}

/** Powers of ten; where there are few, also twice and five times as much. */
function ticksBetween(low: number, high: number): number[] {
  const steps = high - low < 2 ? [1, 2, 5] : [1];
  const ticks: number[] = [];
  for (let power = Math.floor(low); power <= high; power++) {
    for (const step of steps) ticks.push(step * 10 ** power);
  }
  return ticks.filter((value) => Math.log10(value) > low && Math.log10(value) < high);
}

function formatTick(value: number, unit: string): string {
  if (unit !== "ns") return `${value.toLocaleString("en")} ${unit}`;
  return formatFigure(value, unit).replace(/\.0+(?= )/, "");
}

function splitName(work: string): [string, string] {
  const at = work.search(/, (?!\d)/);
  return at < 0 ? [work, ""] : [work.slice(0, at), work.slice(at + 2)];
}

function widthOf(label: string): number {
  return cells(label) * FONT * ADVANCE * NARROWER;
}

function describe({ started, machine, versions }: Report): string {
  const shown = ["Deno", "CPython"].flatMap((name) =>
    versions[name] === undefined ? [] : [`${name} ${versions[name]}`]
  );
  return `${started.slice(0, 10)}, ${shown.join(", ")}, ${machine}; medians`;
}

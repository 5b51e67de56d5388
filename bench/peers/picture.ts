/** The table as a picture: for each kind of work a panel of bars, how many times ours everybody takes. */

import { ADVANCE, cells } from "../../src/inspect/text_width.ts";
import { compareRow, type Comparison, type Report, type RowFigures } from "./report.ts";
import { doesLess, formatFigure } from "./text.ts";
import { element, text } from "../../src/inspect/svg.ts";
import { PICTURE_STYLE } from "./picture_style.ts";

const COLUMNS = 3;
const COLUMN = 292;
const MARGIN = 16;
const WIDTH = 2 * MARGIN + COLUMNS * COLUMN;
const HEAD = 80;
const LINE = 15;
const BAR = 9;
const FONT = 11;
/** Where the bars have their room, in a column: names stand before it, and labels of long bars behind. */
const FROM = 102;
const TO = 238;
/** Whoever is faster or slower than this has a bar as long as the scale, and a label that says it. */
const FASTEST = 0.05;
const SLOWEST = 1000;
/** A proportional font is narrower than a fixed one. */
const NARROWER = 0.9;
const BOLD = 1.12;

const HINT =
  "Bars to the right of the line: slower than ours, or more memory; each further line is ten times as much. " +
  "Limit: the least code that does the work.";

/** Other ways of ours, and old packages that do less, would only fill the picture: the table has them. */
const LEFT_OUT = new Set([
  "ours, coroutine()",
  "ours, waitFor",
  "ours, eager start",
  "Bluebird",
  "co",
]);
const PYTHON = /^(asyncio|uvloop|trio|Python .*)$/;

/** Where a ratio lies in a column, and the powers of ten that have a line. */
interface Scale {
  readonly x: (ratio: number) => number;
  readonly ticks: readonly number[];
}

/** A part's name, or a row. */
type Block = { readonly part: string } | { readonly row: RowFigures };

/** A whole SVG document, in the colours that the reader's system asks for. */
export function drawReport(report: Report): string {
  const columns = inColumns(blocksOf(report.rows));
  const scale = scaleOf(report.rows);
  const bottom = HEAD + Math.max(...columns.map(heightOf));
  const body = columns.flatMap((blocks, i) => drawColumn(blocks, MARGIN + i * COLUMN, scale));
  const height = bottom + 26;
  return element("svg", {
    xmlns: "http://www.w3.org/2000/svg",
    class: "peers",
    viewBox: `0 0 ${WIDTH} ${height}`,
    width: WIDTH,
    height,
    role: "img",
  }, [
    element("title", {}, "How many times ours others take for the same work"),
    element("style", {}, PICTURE_STYLE),
    element("rect", { class: "paper", x: 0, y: 0, width: WIDTH, height, rx: 8 }),
    ...drawHead(),
    ...body,
    text(MARGIN, height - 10, describe(report), "faint", FONT),
  ]) + "\n";
}

function drawHead(): string[] {
  const entries = [
    ["bar ours", "ours, in other ways"],
    ["bar script", "JavaScript"],
    ["bar python", "Python"],
    ["bar script less", "pale: does less, see the table"],
  ] as const;
  const body = [
    text(MARGIN, 26, "The same work: how many times ours others take", "ink strong", 16),
    text(MARGIN, 67, HINT, "faint", FONT),
  ];
  let x = MARGIN;
  for (const [classes, label] of entries) {
    body.push(
      element("rect", { class: classes, x, y: 39, width: 16, height: BAR, rx: 2 }),
      text(x + 22, 47.5, label, "ink", FONT),
    );
    x += 44 + widthOf(label);
  }
  return body;
}

function blocksOf(rows: readonly RowFigures[]): Block[] {
  return [...Map.groupBy(rows, ({ part }) => part)].flatMap(([part, rows]) => [
    { part },
    ...rows.map((row) => ({ row })),
  ]);
}

/** In reading order, column after column; a part's name stays with its first row. */
function inColumns(blocks: readonly Block[]): Block[][] {
  const room = heightOf(blocks) / COLUMNS;
  const columns: Block[][] = [[]];
  blocks.forEach((block, i) => {
    const column = columns.at(-1)!;
    const next = "part" in block ? blocks.slice(i, i + 2) : [block];
    const isOver = heightOf(column) + heightOf(next) / 2 > room;
    const isWithTitle = column.length > 0 && "part" in column.at(-1)!;
    if (isOver && !isWithTitle && columns.length < COLUMNS) columns.push([block]);
    else column.push(block);
  });
  return columns;
}

function heightOf(blocks: readonly Block[]): number {
  return blocks.reduce((sum, block) => sum + ("part" in block ? 30 : panelHeight(block.row)), 0);
}

function panelHeight(row: RowFigures): number {
  return titleOf(row).length * LINE + shownOf(row).length * LINE + 12;
}

function drawColumn(blocks: readonly Block[], left: number, scale: Scale): string[] {
  const body: string[] = [];
  let y = HEAD;
  for (const block of blocks) {
    if ("part" in block) body.push(text(left, y + 20, block.part, "part strong", 13));
    else body.push(...drawPanel(block.row, left, y, scale));
    y += heightOf([block]);
  }
  return body;
}

function drawPanel(row: RowFigures, left: number, top: number, scale: Scale): string[] {
  const title = titleOf(row);
  const shown = shownOf(row);
  const first = top + title.length * LINE + 4;
  const end = first + shown.length * LINE;
  const body = title.map((line, i) =>
    text(left, top + 12 + i * LINE, line, "ink strong", FONT + 0.5)
  );
  for (const tick of scale.ticks) {
    const x = left + scale.x(tick);
    const line = tick === 1 ? "here" : "grid";
    body.push(element("line", { class: line, x1: x, x2: x, y1: first, y2: end }));
  }
  shown.forEach((one, i) => body.push(...drawBar(one, row.unit, left, first + i * LINE, scale)));
  return body;
}

function drawBar(one: Comparison, unit: string, left: number, top: number, scale: Scale): string[] {
  const { who } = one.figures;
  const [from, at] = [left + scale.x(1), left + scale.x(one.ofOurs)];
  const name = text(
    left + FROM - 8,
    top + 11,
    who,
    who === "ours" ? "ours strong" : "ink",
    FONT,
    "end",
  );
  if (who === "ours") {
    return [
      name,
      element("circle", { class: "bar ours", cx: from, cy: top + LINE / 2, r: 4.5 }),
      text(from + 9, top + 11, formatFigure(one.median, unit), "ours strong", FONT),
    ];
  }
  const hue = who.startsWith("ours") ? "ours" : PYTHON.test(who) ? "python" : "script";
  return [
    name,
    element("rect", {
      class: `bar ${hue}${doesLess(one) ? " less" : ""}`,
      x: Math.min(from, at),
      y: top + (LINE - BAR) / 2,
      width: Math.max(Math.abs(at - from), 1.5),
      height: BAR,
      rx: 2,
    }),
    text(
      Math.max(from, at) + 6,
      top + 11,
      `${formatTimes(one.ofOurs)}`,
      "ink label",
      FONT,
    ),
  ];
}

/** Ours first, then who is fastest. */
function shownOf(row: RowFigures): Comparison[] {
  const shown = compareRow(row).filter(({ figures }) => !LEFT_OUT.has(figures.who));
  const [ours, others] = [true, false].map((isOurs) =>
    shown.filter(({ figures }) => (figures.who === "ours") === isOurs)
  );
  return [...ours!, ...others!.toSorted((a, b) => a.ofOurs - b.ofOurs)];
}

/** As long as it has to be, in whole powers of ten. */
function scaleOf(rows: readonly RowFigures[]): Scale {
  const ratios = rows.flatMap((row) => shownOf(row).map(({ ofOurs }) => ofOurs));
  const slowest = Math.min(SLOWEST, 10 ** Math.ceil(Math.log10(Math.max(10, ...ratios))));
  return {
    ticks: [0.1, 1, 10, 100].filter((tick) => tick < slowest),
    x: (ratio) => {
      const shown = Math.min(Math.max(ratio, FASTEST), slowest);
      return FROM + (TO - FROM) * Math.log(shown / FASTEST) / Math.log(slowest / FASTEST);
    },
  };
}

function formatTimes(ratio: number): string {
  return `${ratio < 10 ? ratio.toPrecision(2) : Number(ratio.toPrecision(2))}×`;
}

/** In two lines where one is too long. */
function titleOf({ work }: RowFigures): string[] {
  if (BOLD * widthOf(work) < COLUMN - 16) return [work];
  const at = work.lastIndexOf(" ", work.length * 0.6);
  return [work.slice(0, at), work.slice(at + 1)];
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

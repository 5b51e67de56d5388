// Charts of measurements, drawn by Observable Plot on a document of linkedom's: no browser needed.

import { parseHTML } from "linkedom";
import * as Plot from "@observablehq/plot";
import { picture, type Shown } from "./display.ts";

const STYLE = { fontSize: "12px", maxWidth: "100%", height: "auto", background: "none" };
const COLOUR = "#3b7ddd";

/** A thing that was measured. */
export interface Bar {
  readonly name: string;
  readonly value: number;
  /** What stands beside the bar. @default {the value} */
  readonly label?: string;
}

/** Bars from left to right, one below the other. */
export function bars(data: readonly Bar[], options: { unit: string; digits?: number }): Shown {
  const { unit, digits = 0 } = options;
  const label = ({ value, label }: Bar) => label ?? `${value.toFixed(digits)} ${unit}`;
  const most = Math.max(...data.map(({ value }) => value));
  const longest = Math.max(...data.map(({ name }) => width(name)));
  const svg = Plot.plot({
    document: newDocument(),
    width: 640,
    height: 40 + 30 * data.length,
    marginLeft: 16 + 7.5 * longest,
    marginRight: 16 + 7 * Math.max(...data.map((bar) => label(bar).length)),
    style: STYLE,
    x: { label: unit, domain: [0, most], ticks: 5, grid: true },
    y: { label: null, domain: data.map(({ name }) => name) },
    marks: [
      Plot.barX([...data], { x: "value", y: "name", fill: COLOUR }),
      Plot.text([...data], { x: "value", y: "name", text: label, dx: 6, textAnchor: "start" }),
      Plot.ruleX([0]),
    ],
  });
  const text = data.map((bar) => `${bar.name.padEnd(longest)}  ${label(bar)}`).join("\n");
  return picture(svg.outerHTML, text);
}

/** In columns: the signs of Korean are two wide. */
function width(text: string): number {
  return [...text].reduce((sum, char) => sum + (char > "\u1100" ? 2 : 1), 0);
}

/** A quantity that changes in steps. */
export function steps(
  data: readonly { readonly at: number; readonly value: number }[],
  options: { x: string; y: string },
): Shown {
  const svg = Plot.plot({
    document: newDocument(),
    width: 640,
    height: 200,
    marginLeft: 48,
    style: STYLE,
    x: { label: options.x },
    y: { label: options.y, grid: true, zero: true },
    marks: [
      Plot.areaY([...data], {
        x: "at",
        y1: 0, // with a mere y it would stack values of one moment
        y2: "value",
        curve: "step-after",
        fill: COLOUR,
        fillOpacity: 0.2,
      }),
      Plot.lineY([...data], { x: "at", y: "value", curve: "step-after", stroke: COLOUR }),
      Plot.ruleY([0]),
    ],
  });
  const most = Math.max(...data.map(({ value }) => value));
  return picture(svg.outerHTML, `${options.y}: at most ${most}, ${data.length} changes`);
}

/** What Plot draws on; typed as it wants it. */
function newDocument(): never {
  return (parseHTML("<html></html>") as unknown as { document: never }).document;
}

// The colours of a timeline, as style rules for every element that it has. Plain rules instead of custom
// properties, because programs that turn SVG into PDF know no custom properties.

/** Which colours: those that the reader's system asks for, or always the same. */
export type TimelineTheme = "auto" | "light" | "dark";

interface Palette {
  readonly paper: string;
  readonly ink: string;
  readonly faint: string;
  readonly grid: string;
  readonly run: string;
  readonly wait: string;
  readonly waitInk: string;
  readonly ready: string;
  readonly alarm: string;
}

const LIGHT: Palette = {
  paper: "#ffffff",
  ink: "#1f2328",
  faint: "#5b646e",
  grid: "#e4e8ec",
  run: "#1f5fd0",
  wait: "#d7e5fa",
  waitInk: "#234a86",
  ready: "#efb03a",
  alarm: "#cf222e",
};

const DARK: Palette = {
  paper: "#0f141b",
  ink: "#e6edf3",
  faint: "#96a1ad",
  grid: "#27303a",
  run: "#5c9dff",
  wait: "#1d3557",
  waitInk: "#b5d2ff",
  ready: "#d99a21",
  alarm: "#ff7a70",
};

/** The class of the picture; no rule touches anything outside of it. */
export const ROOT = "taskloop-timeline";

/** Notebooks and editors that say in the page which theme they have. */
const DARK_PAGES = ['[data-jp-theme-light="false"]', ".vscode-dark", '[data-theme="dark"]'];
const LIGHT_PAGES = ['[data-jp-theme-light="true"]', ".vscode-light", '[data-theme="light"]'];

/** The text of the style element. */
export function timelineStyle(theme: TimelineTheme): string {
  const fonts = `.${ROOT} text { font-family: system-ui, "Helvetica Neue", Arial, sans-serif; }
.${ROOT} .mono { font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; }`;
  if (theme !== "auto") return `${fonts}\n${rules(theme === "dark" ? DARK : LIGHT, [""])}`;
  return [
    fonts,
    rules(LIGHT, [""]),
    `@media (prefers-color-scheme: dark) {\n${rules(DARK, [""])}\n}`,
    rules(DARK, DARK_PAGES),
    rules(LIGHT, LIGHT_PAGES),
  ].join("\n");
}

function rules(palette: Palette, pages: readonly string[]): string {
  const { paper, ink, faint, grid, run, wait, waitInk, ready, alarm } = palette;
  return [
    [".paper", `fill: ${paper}`],
    [".halo", `stroke: ${paper}`],
    [".ink", `fill: ${ink}`],
    [".faint", `fill: ${faint}`],
    [".grid", `stroke: ${grid}`],
    [".line", `stroke: ${wait}`],
    [".run", `fill: ${run}`],
    [".wait", `fill: ${wait}`],
    [".what", `fill: ${waitInk}`],
    [".ready", `fill: ${ready}`],
    [".alarm", `fill: ${alarm}`],
    [".cross", `stroke: ${alarm}`],
  ].map(([what, rule]) =>
    `${pages.map((page) => `${page} .${ROOT} ${what}`.trim()).join(", ")} { ${rule}; }`
  )
    .join("\n");
}

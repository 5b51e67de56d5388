/** The colours of the picture, light and dark. */

interface Palette {
  readonly paper: string;
  readonly ink: string;
  readonly faint: string;
  readonly grid: string;
  readonly ours: string;
  readonly script: string;
  readonly python: string;
}

const LIGHT: Palette = {
  paper: "#ffffff",
  ink: "#1f2328",
  faint: "#6a737d",
  grid: "#e4e8ec",
  ours: "#1f5fd0",
  script: "#4f5963",
  python: "#a05a00",
};

const DARK: Palette = {
  paper: "#0f141b",
  ink: "#e6edf3",
  faint: "#96a1ad",
  grid: "#27303a",
  ours: "#6aa6ff",
  script: "#b4bec9",
  python: "#e3a33b",
};

/** Plain rules: programs that turn SVG into something else know no custom properties. */
export const PICTURE_STYLE = `
.peers text { font-family: system-ui, "Helvetica Neue", Arial, sans-serif; }
.peers .strong { font-weight: 600; }
.peers .less { fill-opacity: 0.4; }
.peers .here { stroke-width: 1.5; }
${rules(LIGHT)}
@media (prefers-color-scheme: dark) {
${rules(DARK)}
}
`;

function rules({ paper, ink, faint, grid, ours, script, python }: Palette): string {
  return [
    `.peers .paper { fill: ${paper}; }`,
    `.peers .ink { fill: ${ink}; }`,
    `.peers .faint { fill: ${faint}; }`,
    `.peers .grid { stroke: ${grid}; }`,
    `.peers .here { stroke: ${ours}; }`,
    `.peers .part { fill: ${faint}; }`,
    ...Object.entries({ ours, script, python }).map(([name, hue]) =>
      `.peers .${name} { fill: ${hue}; }`
    ),
    // A grid line that runs through a label stays behind it.
    `.peers .label { paint-order: stroke; stroke: ${paper}; stroke-width: 3; }`,
  ].join("\n");
}

// A diagram of classes, read from the classes themselves.

import { picture, type Shown } from "./display.ts";

interface Node {
  readonly name: string;
  readonly depth: number;
  readonly parent: Node | null;
}

const [ROW, COLUMN, WIDTH, HEIGHT] = [48, 190, 140, 30];

/** `root` is what they all are; each stands to the right of the class that it extends. */
export function classDiagram(
  root: string,
  classes: readonly { prototype: object; name: string }[],
): Shown {
  const top: Node = { name: root, depth: 0, parent: null };
  const nodes = new Map<object, Node>();
  for (const { prototype, name } of classes) {
    const parent = nodes.get(Object.getPrototypeOf(prototype)) ?? top;
    nodes.set(prototype, { name, depth: parent.depth + 1, parent });
  }
  const all = [top, ...nodes.values()];
  return picture(svg(all), text(top, all, "").trimEnd());
}

function text(node: Node, all: readonly Node[], indent: string): string {
  const children = all.filter(({ parent }) => parent === node);
  return children.reduce(
    (lines, child) => lines + text(child, all, indent + "  ◁─ "),
    `${indent.replaceAll("◁─ ", "   ").slice(0, -5)}${indent.slice(-5)}${node.name}\n`,
  );
}

function svg(all: readonly Node[]): string {
  const deep = Math.max(...all.map(({ depth }) => depth));
  const rows = new Map<Node, number>();
  let row = 0;
  const place = (node: Node): void => {
    rows.set(node, row);
    const children = all.filter(({ parent }) => parent === node);
    children.forEach((child, i) => {
      if (i > 0) row++;
      place(child);
    });
  };
  place(all[0]!);
  const [width, height] = [deep * COLUMN + WIDTH + 4, (row + 1) * ROW];
  const shapes = all.map((node) => {
    const [x, y] = [node.depth * COLUMN + 2, rows.get(node)! * ROW + 9];
    return `${
      arrow(node, rows)
    }<rect x="${x}" y="${y}" width="${WIDTH}" height="${HEIGHT}" rx="6" ` +
      `fill="none" stroke="currentColor"/><text x="${x + WIDTH / 2}" y="${y + 20}" ` +
      `text-anchor="middle" fill="currentColor">${node.name}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" ` +
    `viewBox="0 0 ${width} ${height}" style="max-width: 100%; height: auto; font: 14px sans-serif">` +
    `${shapes.join("")}</svg>`;
}

/** From a class to the one that it extends, with the hollow head of UML. */
function arrow(node: Node, rows: ReadonlyMap<Node, number>): string {
  if (node.parent === null) return "";
  const [fromX, fromY] = [node.depth * COLUMN + 2, rows.get(node)! * ROW + 24];
  const [toX, toY] = [node.parent.depth * COLUMN + 2 + WIDTH, rows.get(node.parent)! * ROW + 24];
  const middle = toX + 25;
  return `<path d="M${fromX} ${fromY} H${middle} V${toY} H${toX + 11}" fill="none" ` +
    `stroke="currentColor"/><path d="M${toX} ${toY} l11 -5 v10 z" fill="none" stroke="currentColor"/>`;
}

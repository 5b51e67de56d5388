/** Text tables: the first column to the left, figures to the right. */

export function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  const lines = all.map((row) =>
    row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)
    ).join("  ")
  );
  return [lines[0], widths.map((width) => "-".repeat(width)).join("  "), ...lines.slice(1)].join(
    "\n",
  );
}

/** 20.7 ns, 1.55 µs, 12.3 ms. */
export function formatTime(ns: number): string {
  if (ns < 1000) return `${significant(ns)} ns`;
  if (ns < 1e6) return `${significant(ns / 1000)} µs`;
  return `${significant(ns / 1e6)} ms`;
}

export function significant(value: number): string {
  if (value === Infinity) return "-";
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

export function verdict(value: number, must: number, goal: number): string {
  if (goal === Infinity) return "-";
  return value <= goal ? "goal" : value <= must ? "ok" : "MISSED";
}

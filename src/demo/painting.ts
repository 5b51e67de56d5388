// A picture of the Mandelbrot set, row by row: rows are what is handed out, what is kept when the painting
// is cancelled, and what is missing when it goes on.

import { checkCancelled, type Executor, TaskGroup } from "../../mod.ts";

export const ROWS = 22;
const COLUMNS = 76;
/** Samples of a character, across and down: enough that two cores take one to two seconds. */
const SAMPLES = 32;
/** A point that has not escaped by then is taken to be in the set. */
const MAX_STEPS = 1024;

/** What is painted so far. */
export class Painting {
  readonly #rows = new Map<number, string>();

  get size(): number {
    return this.#rows.size;
  }

  missing(): number[] {
    return Array.from({ length: ROWS }, (_, y) => y).filter((y) => !this.#rows.has(y));
  }

  add(y: number, row: string): void {
    this.#rows.set(y, row);
  }

  /** From the top; what is missing is empty. */
  lines(): string[] {
    return Array.from({ length: ROWS }, (_, y) => this.#rows.get(y) ?? "");
  }
}

export interface PaintOptions {
  /** Cancelled when so many rows are there; those that are being painted are lost. */
  enough?: number;
  onRow: () => void;
}

/** Paints what is missing. */
export async function paint(
  executor: Executor,
  painting: Painting,
  { enough = ROWS, onRow }: PaintOptions,
): Promise<void> {
  await TaskGroup.run((group) => {
    for (const y of painting.missing()) {
      group.createTask(async () => {
        painting.add(y, await executor.submit(paintRow, y, ROWS, COLUMNS, SAMPLES, MAX_STEPS));
        onRow();
        if (painting.size >= enough) group.cancel();
      }, { name: `row ${y}` });
    }
  });
}

/** The job. It is shipped as source, so all that it knows are its arguments. */
function paintRow(
  y: number,
  rows: number,
  columns: number,
  samples: number,
  maxSteps: number,
): string {
  const shades = "  ░░▒▒▓▓█";
  const unit = 0.05; // a character is as wide, and twice as high
  let row = "";
  for (let x = 0; x < columns; x++) {
    let steps = 0;
    for (let i = 0; i < samples ** 2; i++) {
      checkCancelled();
      const re = (x - 50 + (i % samples + 0.5) / samples) * unit;
      const im = (y - rows / 2 + (Math.floor(i / samples) + 0.5) / samples) * 2 * unit;
      let [a, b, n] = [0, 0, 0];
      for (; n < maxSteps && a * a + b * b <= 4; n++) [a, b] = [a * a - b * b + re, 2 * a * b + im];
      steps += n;
    }
    const share = Math.log2(steps / samples ** 2) / Math.log2(maxSteps);
    row += shades[Math.max(0, Math.floor(share * (shades.length - 1)))];
  }
  return row;
}

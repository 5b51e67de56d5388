// The second act: work that keeps the cores busy, on threads, cancelled half-way and taken up again; then
// the same on processes. It is written in one style: the first act has compared the two.

import type { PoolExecutor, PoolOptions } from "../../mod.ts";
import type { Screen } from "./screen.ts";
import { ProcessPoolExecutor, ThreadPoolExecutor } from "../../mod.ts";
import { paint, Painting, ROWS } from "./painting.ts";
import { Progress } from "./progress.ts";

const MOST_WORKERS = 4;
/** A row looks many times in a millisecond whether it is cancelled; a busy machine may not let it look. */
const GRACE_MS = 1000;

/**
 * The one line that differs. The task's `--allow-run` names no program because a process is started by the
 * path of the deno that runs this, and `--allow-run=deno` means that in PATH, where npm puts a link to it.
 */
const POOLS: Record<string, (options: PoolOptions) => PoolExecutor> = {
  threads: (options) => new ThreadPoolExecutor(options),
  processes: (options) => new ProcessPoolExecutor(options),
};

/** Plays it. However it ends, its workers are gone by then. */
export async function secondAct(screen: Screen): Promise<void> {
  const maxWorkers = Math.min(MOST_WORKERS, navigator.hardwareConcurrency);
  screen.line();
  screen.line(
    `${screen.ink("bold", "real work")}: ${ROWS} rows of the Mandelbrot set, ` +
      `${maxWorkers} at a time, cancelled half-way`,
  );
  screen.line();
  const pictures: string[] = [];
  for (const [workers, open] of Object.entries(POOLS)) {
    await using pool = open({ maxWorkers, cancelGraceMs: GRACE_MS });
    const painting = new Painting();
    await show(`on ${workers}`, pool, painting, screen, ROWS / 2);
    await show("the missing rows", pool, painting, screen);
    pictures.push(painting.lines().map((line) => `  ${line}`.trimEnd()).join("\n"));
  }
  screen.line();
  screen.line(pictures[0]);
  screen.line();
  const same = pictures.every((picture) => picture === pictures[0]);
  screen.line(
    `  ${Object.keys(POOLS).join(" and ")} have painted ${
      same ? "the same" : "different pictures"
    }; ` +
      "one line tells them apart.",
  );
}

async function show(
  title: string,
  pool: PoolExecutor,
  painting: Painting,
  screen: Screen,
  enough: number = ROWS,
): Promise<void> {
  using progress = new Progress(screen, title, ROWS, { unit: "rows", arrived: painting.size });
  await paint(pool, painting, { enough, onRow: () => progress.arrived() });
}

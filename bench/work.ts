/** What the benches and the budgets measure, and how they know that it was done. */

/** Does n operations and returns the check value, which is n when all of them were done rightly. */
export type Work = (n: number) => number | PromiseLike<number>;

/** Does the work once, and throws unless it was done rightly. */
export async function checked(work: Work, n: number): Promise<void> {
  const got = await work(n);
  if (got !== n) throw new Error(`Cannot measure ${work.name}: it returned ${got}, expected ${n}`);
}

/** Who is compared: ours by name of what a user writes; the limit; what the platform has. */
export interface Peers {
  readonly limit: Work;
  readonly ours: Readonly<Record<string, Work>>;
  readonly promises?: Work;
  /** Packages from npm that do the same, by name. */
  readonly npm?: Readonly<Record<string, Work>>;
}

/** For work that takes seconds: how often it is done, instead of for how long. */
export interface Repeats {
  readonly n: number;
  readonly warmup: number;
}

/**
 * Registers one group of benches: n operations an iteration, for every peer, checked before they are
 * timed. The limit is the baseline.
 */
export async function compare(
  question: string,
  n: number,
  peers: Peers,
  repeats: Partial<Repeats> = {},
): Promise<void> {
  const group = `${question} (${n.toLocaleString("en")} an iteration)`;
  const works = Object.entries({
    "limit": peers.limit,
    ...peers.ours,
    ...peers.npm,
    ...(peers.promises === undefined ? {} : { "native promises": peers.promises }),
  });
  for (const [name, work] of works) {
    await checked(work, Math.min(n, 10_000));
    Deno.bench({ name, group, baseline: name === "limit", ...repeats }, async () => {
      await checked(work, n);
    });
  }
}

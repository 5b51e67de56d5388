/** `bench/limits.json`: how many times the limit each kind of work took when it was last kept. */

/** What was kept, and where it was measured. */
export interface Limits {
  readonly machine: string;
  readonly ratios: ReadonlyMap<string, number>;
}

/**
 * Reads what was kept.
 *
 * @param works The rows there are. A row that was not kept may be missing: it is up to the verdict.
 * @throws {TypeError} When it is something else, or has a row that there is not.
 */
export function parseLimits(text: string, works: readonly string[]): Limits {
  const { machine, ratios } = asObject(JSON.parse(text));
  if (typeof machine !== "string") throw new TypeError("Cannot read the limits: no machine");
  const entries = Object.entries(asObject(ratios)).map(([work, ratio]): [string, number] => {
    if (!works.includes(work)) throw new TypeError(`Cannot read the limits: no row "${work}"`);
    if (typeof ratio !== "number" || !(ratio > 0)) {
      throw new TypeError(`Cannot read the limit of "${work}": ${ratio} is no ratio`);
    }
    return [work, ratio];
  });
  return { machine, ratios: new Map(entries) };
}

export function formatLimits({ machine, ratios }: Limits): string {
  const rounded = [...ratios].map(([work, ratio]) => [work, Number(ratio.toPrecision(3))]);
  return JSON.stringify({ machine, ratios: Object.fromEntries(rounded) }, null, 2) + "\n";
}

function asObject(value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new TypeError(`Cannot read the limits: ${JSON.stringify(value)} is no object`);
  }
  return value as Record<string, unknown>;
}

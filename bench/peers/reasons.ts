/** Why somebody is ahead of ours who does not do less, as far as we know. The list of who is ahead tells it. */

export interface Reason {
  /** In which part of the table. */
  readonly part: string;
  readonly who: readonly string[];
  readonly why: string;
}

const REASONS: readonly Reason[] = [
  {
    part: "Memory of downloads",
    who: ["asyncio", "Python threads"],
    why: "most of ours is what `fetch` takes, as the limit shows",
  },
];

export function reasonFor(part: string, who: string): string | undefined {
  return REASONS.find((reason) => reason.part === part && reason.who.includes(who))?.why;
}

/** Why somebody is ahead of ours who does not do less, as far as we know. The list of who is ahead tells it. */

export interface Reason {
  /** In which part of the table, and in which of its rows; all of them unless it says so. */
  readonly part: string;
  readonly works?: RegExp;
  /** Of whom it is true; of everybody unless it says so. */
  readonly who?: readonly string[];
  readonly why: string;
}

export const REASONS: readonly Reason[] = [
  {
    part: "Processes",
    works: /idle/,
    why: "a process of ours has a second thread, with a heap of its own",
  },
  {
    part: "Processes",
    works: /^process, a job/,
    why:
      "in a process of ours a thread does nothing but read, so that a cancel reaches a job that " +
      "computes: it is one more to wake, see below, About the pools",
  },
  {
    part: "Memory of downloads",
    who: ["asyncio", "Python threads"],
    why: "most of ours is what `fetch` takes, as the limit shows",
  },
];

export function reasonFor(part: string, work: string, who: string): string | undefined {
  return REASONS.find((reason) =>
    reason.part === part && (reason.works?.test(work) ?? true) &&
    (reason.who?.includes(who) ?? true)
  )?.why;
}

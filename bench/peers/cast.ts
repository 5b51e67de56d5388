/** Who is compared: the package behind a name, and what it leaves out that a task of ours has. */

export interface Member {
  /** The package's name in the imports of deno.json, whose version is told with the figures. */
  readonly npm?: string;
  /** What it does less in every row: then its figures carry a star. */
  readonly less?: string;
}

/** A task of ours can be cancelled where it waits, has a name, is listed, and may be awaited by many. */
export const CAST: Readonly<Record<string, Member>> = {
  "limit": { less: "a ruler: no cancelling, no names, one waiter, misuse is not noticed" },
  "ours": {},
  "ours, async": {},
  "native promises": {
    less: "nothing can be cancelled, named or listed; starves timers and sockets",
  },
  "Effect": { npm: "effect" },
  "Effection": { npm: "effection" },
  "asyncio": {},
  "uvloop": {},
  "trio": {},
};

/**
 * Lock, Semaphore and CapacityLimiter: no permit is lost or given twice, who comes first is served
 * first, and nobody waits for ever.
 */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { BoundedSemaphore, CapacityLimiter, Lock } from "../../mod.ts";
import type { Awaitable } from "../../mod.ts";
import type { Style } from "../support/both_styles.ts";
import { holds, pause, pauses, type Scenario } from "./every_cancel.ts";

interface Visit {
  readonly before: number;
  readonly inside: number;
}

interface Permits {
  acquire(): Awaitable<true>;
  release(): void;
  locked(): boolean;
}

const visits = fc.array(fc.record<Visit>({ before: pauses, inside: pauses }), {
  minLength: 2,
  maxLength: 4,
});

/** Each user comes, acquires a permit, has it for a while and gives it back. */
function scenario(
  style: Style,
  permits: Permits,
  count: number,
  visits: readonly Visit[],
  isFree: () => boolean,
): Scenario {
  const { define, on } = style;
  const came: number[] = [];
  const served: number[] = [];
  let inside = 0;
  const users = visits.map((visit, user) =>
    define(function* () {
      yield* pause(style, visit.before);
      came.push(user);
      yield* on(permits.acquire());
      try {
        served.push(user);
        assert(++inside <= count, `${inside} have one of ${count} permits`);
        yield* pause(style, visit.inside);
      } finally {
        inside--;
        permits.release();
      }
    })
  );
  return {
    users,
    check(cancelled) {
      const waited = (user: number) => !cancelled(user);
      assertEquals(served.filter(waited), came.filter(waited));
      assertEquals([inside, permits.locked(), isFree()], [0, false, true]);
    },
  };
}

holds("Lock keeps its promises, whoever is cancelled and when", visits, (style, visits) => {
  const lock = new Lock();
  const isFree = () => lock.statistics().tasksWaiting === 0;
  return scenario(style, lock, 1, visits, isFree);
});

const someVisits = fc.record({ count: fc.integer({ min: 1, max: 2 }), visits });

holds(
  "BoundedSemaphore keeps its promises, whoever is cancelled and when",
  someVisits,
  (style, { count, visits }) => {
    const semaphore = new BoundedSemaphore(count);
    const isFree = () => semaphore.statistics().value === count;
    return scenario(style, semaphore, count, visits, isFree);
  },
);

holds(
  "CapacityLimiter keeps its promises, whoever is cancelled and when",
  someVisits,
  (style, { count, visits }) => {
    const limiter = new CapacityLimiter(count);
    const isFree = () => limiter.availableTokens === count;
    return scenario(style, limiter, count, visits, isFree);
  },
);

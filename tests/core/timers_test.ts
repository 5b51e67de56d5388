/** The timers of a loop fire in the order of time, however they were set and cancelled. */
import { assertEquals } from "@std/assert";
import { getRunningLoop, run, sleep, type TimerHandle, VirtualClock } from "../../mod.ts";
import { Random } from "../../src/testing/random.ts";

const COUNT = 300;

/** How the delays of timers that are set one after the other may be. */
const DELAYS: Readonly<Record<string, (i: number, random: Random) => number>> = {
  "equal delays": () => 50,
  "growing delays": (i) => i,
  "falling delays": (i) => 1000 - i,
  "delays of few kinds": (i) => 10 * (1 + i % 7),
  "delays by chance": (_, random) => random.below(200),
  "a long delay and growing ones": (i) => i === 0 ? 5000 : i,
};

/** Which of them are cancelled, and in which order. */
const CANCELS: Readonly<Record<string, (timers: TimerHandle[], random: Random) => TimerHandle[]>> =
  {
    "none": () => [],
    "all": (timers) => timers,
    "all from the last on": (timers) => timers.toReversed(),
    "all but the ends": (timers) => timers.slice(1, -1),
    "the first half": (timers) => timers.slice(0, COUNT / 2),
    "most by chance": (timers, random) => timers.filter(() => random.below(10) > 0),
  };

for (const [delays, delayOf] of Object.entries(DELAYS)) {
  for (const [cancels, choose] of Object.entries(CANCELS)) {
    Deno.test(`EventLoop.callLater() calls in time and order with ${delays}, ${cancels} cancelled`, async () => {
      const random = new Random(1);
      const fired: number[] = [];
      const expected: { when: number; id: number }[] = [];
      const sizes: number[] = [];
      await run(function* () {
        const loop = getRunningLoop();
        for (let round = 0; round < 3; round++) {
          const ids = new Map<TimerHandle, number>();
          for (let i = 0; i < COUNT; i++) {
            const id = round * COUNT + i;
            ids.set(loop.callLater(delayOf(i, random), () => fired.push(id)), id);
          }
          const timers = [...ids.keys()];
          for (const timer of choose(timers, random)) timer.cancel();
          const left = timers.filter((timer) => !timer.cancelled());
          expected.push(...left.map((timer) => ({ when: timer.when(), id: ids.get(timer)! })));
          yield* sleep(20.5); // some are called before the others are set
        }
        sizes.push(loop._timers.size, expected.length - fired.length);
        yield* sleep(10_000);
        sizes.push(loop._timers.size);
      }, { clock: new VirtualClock() });
      // The sort is stable: at the same time, the order of their making.
      const order = expected.toSorted((a, b) => a.when - b.when).map(({ id }) => id);
      assertEquals(fired, order);
      assertEquals(sizes, [sizes[1], sizes[1], 0]);
    });
  }
}

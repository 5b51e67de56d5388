/** Timers that are set and cancelled, timeouts that are not needed, and very many who sleep. */

import {
  asyncio,
  bluebird,
  effect,
  effection,
  limit,
  ours,
  oursAsync,
  promises,
  type Row,
  trio,
} from "../row.ts";

export const TIMERS: readonly Row[] = [
  {
    part: "Timers",
    work: "timer churn",
    n: 100_000,
    fewer: 20_000,
    entrants: [
      limit("timers", "timerChurn"),
      ours("timers", "timerChurn", "loop.callLater(ms, fn).cancel()"),
      promises("timers", "timerChurn", "setTimeout, clearTimeout", { n: 20_000 }),
      ...asyncio("timer_churn", "loop.call_later(seconds, fn).cancel()"),
    ],
  },
  {
    part: "Timers",
    work: "timeout around ready work",
    n: 100_000,
    fewer: 10_000,
    entrants: [
      limit("timers", "timeoutReady"),
      ours("timers", "timeoutReady", "yield* asyncWith(timeout(ms), body)"),
      { ...ours("timers", "waitForReady", "yield* waitFor(body, ms)"), who: "ours, waitFor" },
      oursAsync("asyncTimeoutReady", "await asyncWith(timeout(ms), body)"),
      promises("timers", "timeoutReady", "Promise.race against a setTimeout", { n: 20_000 }),
      bluebird("timeoutReady", "promise.timeout(ms)", { n: 20_000 }),
      effect("timeoutReady", "Effect.timeout"),
      effection("timeoutReady", "yield* race([body, sleep(ms)])", { n: 1_000 }),
      ...asyncio("timeout_ready", "async with asyncio.timeout(seconds)"),
      trio("timeout_ready", "with trio.fail_after(seconds)"),
    ],
  },
  {
    part: "Timers",
    work: "100,000 parked in a sleep, a task",
    n: 100_000,
    fewer: 20_000,
    entrants: [
      limit("timers", "parked"),
      ours("timers", "parked", "yield* sleep(ms)"),
      oursAsync("asyncParked", "await sleep(ms)"),
      promises("timers", "parked", "a setTimeout each"),
      bluebird("parked", "yield Bluebird.delay(ms)"),
      { ...effect("parked", "Effect.sleep"), isSlow: false },
      effection("parked", "yield* sleep(ms)", { n: 5_000 }),
      ...asyncio("parked", "await asyncio.sleep(seconds)"),
      trio("parked", "await trio.sleep(seconds)", { n: 10_000 }),
    ],
  },
  {
    part: "Timers",
    work: "1,000,000 parked in a sleep, a task",
    n: 1_000_000,
    fewer: 100_000,
    warmUp: 10_000,
    about:
      "Of a million in a sleep, whoever takes many seconds for them has fewer, 100,000 or 200,000.",
    entrants: [
      limit("timers", "parked"),
      ours("timers", "parked", "yield* sleep(ms)"),
      { ...oursAsync("asyncParked", "await sleep(ms)"), n: 200_000 },
      promises("timers", "parked", "a setTimeout each", { n: 200_000 }),
      bluebird("parked", "yield Bluebird.delay(ms)", { n: 200_000 }),
      effect("parked", "Effect.sleep"),
      ...asyncio("parked", "await asyncio.sleep(seconds)"),
    ],
  },
];

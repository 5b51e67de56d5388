/**
 * Time and order under a test's control.
 *
 * @example
 * ```ts
 * import { run, sleep } from "@taskloop/asyncio";
 * import { VirtualClock } from "@taskloop/asyncio/testing";
 *
 * await run(() => sleep(3_600_000), { clock: new VirtualClock() }); // takes no time
 * ```
 *
 * @module
 */

export { checkLeaks, type CheckLeaksOptions, type Leak, LeakError } from "./check_leaks.ts";
export type { Clock } from "../core/clock.ts";
export type { Scheduler } from "../core/scheduler.ts";
export { ExplorationError, explore, type Explored, type ExploreOptions } from "./explore.ts";
export { SeededScheduler } from "./seeded_scheduler.ts";
export { Sequencer } from "./sequencer.ts";
export { settle } from "./settle.ts";
export { VirtualClock, type VirtualClockOptions } from "./virtual_clock.ts";

// What timers are to those who keep them.

import type { Runnable } from "./ready_queue.ts";

/** Something to run at a time. */
export interface Timed extends Runnable {
  /** @internal Who keeps it until it is due; null from then on. */
  _keeper: TimerKeeper | null | undefined;
  /** True when it need not run any more. */
  cancelled(): boolean;
}

/** Who keeps timers. */
export interface TimerKeeper {
  /** @internal Told by a timer that it keeps. */
  cancelled(timer: Timed): void;
}

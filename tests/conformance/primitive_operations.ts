// deno-lint-ignore-file camelcase -- operations and fields are called what programs call them
/** Operations on locks, queues, counters and the like that do not wait. */

import type {
  Barrier,
  BoundedSemaphore,
  Condition,
  Event,
  Lock,
  Queue,
  Semaphore,
} from "./library.ts";
import { printValue } from "./errors.ts";
import { OK, Raw, type SyncTable } from "./operation.ts";
import { describeBarrier } from "./primitives.ts";
import type { Json } from "./program.ts";

type Names =
  | "release"
  | "locked"
  | "ev_set"
  | "ev_clear"
  | "ev_is_set"
  | "notify"
  | "notify_all"
  | "barrier_state"
  | "put_nowait"
  | "get_nowait"
  | "task_done"
  | "qsize"
  | "empty"
  | "full"
  | "inc"
  | "counter";

type Lockable = Lock | Condition | Semaphore | BoundedSemaphore;

export const PRIMITIVE_OPERATIONS: SyncTable<Names> = {
  release: (cx, op) => done(cx.primitive<Lockable>(op.ref).release()),
  locked: (cx, op) => cx.primitive<Lockable>(op.ref).locked(),
  ev_set: (cx, op) => done(cx.primitive<Event>(op.ref).set()),
  ev_clear: (cx, op) => done(cx.primitive<Event>(op.ref).clear()),
  ev_is_set: (cx, op) => cx.primitive<Event>(op.ref).isSet(),
  notify(cx, op, label) {
    const condition = cx.primitive<Condition>(op.ref);
    const n = op.n ?? 1;
    label(op.ref, n);
    return done(condition.notify(n));
  },
  notify_all: (cx, op) => done(cx.primitive<Condition>(op.ref).notifyAll()),
  barrier_state(cx, op) {
    const barrier = cx.primitive<Barrier>(op.ref);
    return new Raw(`parties=${barrier.parties} ${describeBarrier(barrier)}`);
  },
  put_nowait(cx, op, label) {
    const queue = cx.primitive<Queue<Json>>(op.ref);
    const value = cx.value(op.value);
    label(op.ref, printValue(value));
    return done(queue.putNowait(value));
  },
  get_nowait: (cx, op) => cx.primitive<Queue<Json>>(op.ref).getNowait(),
  task_done: (cx, op) => done(cx.primitive<Queue<Json>>(op.ref).taskDone()),
  qsize: (cx, op) => cx.primitive<Queue<Json>>(op.ref).qsize(),
  empty: (cx, op) => cx.primitive<Queue<Json>>(op.ref).empty(),
  full: (cx, op) => cx.primitive<Queue<Json>>(op.ref).full(),
  inc(cx, op, label) {
    const by = op.by ?? 1;
    label(op.counter, by);
    const value = cx.counter(op.counter) + by;
    cx.world.counters.set(op.counter, value);
    return value;
  },
  counter(cx, op, label) {
    label(op.counter);
    return cx.counter(op.counter);
  },
};

/** The raw word for a method that returns nothing. */
function done(_: void): Raw {
  return OK;
}

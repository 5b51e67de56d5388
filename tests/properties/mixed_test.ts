/**
 * Everything at once: tasks that do things by chance, things within things, with timeouts and cancels
 * around them. Whatever happens to whom, all is in its place at the end.
 */
import { assert, assertEquals } from "@std/assert";
import {
  asCompleted,
  asyncWith,
  CancelledError,
  Condition,
  type CoroutineGenerator,
  Event,
  ExceptionGroup,
  FIRST_COMPLETED,
  gather,
  getRunningLoop,
  Lock,
  moveOnAfter,
  Queue,
  QueueEmpty,
  QueueFull,
  race,
  Semaphore,
  shield,
  shieldScope,
  type Task,
  TaskGroup,
  timeout,
  TimeoutError,
  wait,
  waitFor,
} from "../../mod.ts";
import { type Chaos, Planned, survives } from "./chaos.ts";

/** What all tasks share, and what has to be true of it at every time and at the end. */
class World {
  readonly lock = new Lock();
  readonly semaphore = new Semaphore(2);
  readonly condition = new Condition();
  readonly event = new Event();
  readonly queue = new Queue<number>(2);
  readonly put = new Set<number>();
  readonly got = new Set<number>();
  readonly tasks: Task<unknown>[] = [];
  locked = 0;
  permits = 0;
  items = 0;

  check(): void {
    assert(this.locked <= 1 && this.permits <= 2);
  }

  checkEnd(): void {
    assertEquals([this.locked, this.permits], [0, 0]);
    assertEquals(this.lock.statistics(), { locked: false, tasksWaiting: 0 });
    assertEquals(this.semaphore.statistics(), { value: 2, tasksWaiting: 0 });
    assertEquals(this.condition.statistics(), {
      tasksWaiting: 0,
      lockStatistics: { locked: false, tasksWaiting: 0 },
    });
    while (!this.queue.empty()) this.got.add(this.queue.getNowait());
    assertEquals([...this.got].toSorted(), [...this.put].toSorted());
    const { gettersWaiting, puttersWaiting } = this.queue.statistics();
    assertEquals([gettersWaiting, puttersWaiting], [0, 0]);
  }
}

type Act = (chaos: Chaos, world: World, depth: number) => CoroutineGenerator<unknown>;

/** What needs nothing below it. */
const SIMPLE: Act[] = [
  function* (chaos) {
    yield* chaos.pause();
  },
  function* (chaos, world) {
    yield* chaos.on(asyncWith(
      world.lock,
      chaos.define(function* () {
        world.locked++;
        try {
          world.check();
          yield* chaos.pause(2);
        } finally {
          world.locked--;
        }
      }),
    ));
  },
  function* (chaos, world) {
    yield* chaos.on(world.semaphore.acquire());
    world.permits++;
    try {
      world.check();
      yield* chaos.pause(2);
    } finally {
      world.permits--;
      world.semaphore.release();
    }
  },
  function* (chaos, world) {
    const item = ++world.items;
    yield* chaos.on(waitFor(world.queue.put(item), 1 + chaos.below(4)));
    world.put.add(item);
  },
  function* (chaos, world) {
    const item = yield* chaos.on(waitFor(world.queue.get(), 1 + chaos.below(4)));
    assert(!world.got.has(item));
    world.got.add(item);
  },
  function* (chaos, world) {
    if (chaos.onceIn(2)) world.event.set();
    else world.event.clear();
    yield* chaos.on(waitFor(world.event.wait(), chaos.below(3)));
  },
  function* (chaos, world) {
    yield* chaos.on(asyncWith(
      world.condition,
      chaos.define(function* () {
        world.condition.notify();
        yield* chaos.on(waitFor(world.condition.wait(), chaos.below(3)));
        assert(world.condition.locked());
      }),
    ));
  },
  // deno-lint-ignore require-yield -- it throws.
  function* () {
    throw new Planned();
  },
];

/** What does others within. */
const NESTED: Act[] = [
  function* (chaos, world, depth) {
    const tasks = [task(chaos, world, depth), task(chaos, world, depth)];
    yield* chaos.on(gather(tasks, { returnExceptions: chaos.onceIn(2) as true }));
  },
  function* (chaos, world, depth) {
    yield* chaos.on(TaskGroup.run(
      chaos.define(function* (group) {
        for (let i = 0; i < 2; i++) group.createTask(body(chaos, world, depth));
        if (chaos.onceIn(3)) group.cancel();
        yield* act(chaos, world, depth);
      }),
      chaos.onceIn(3) ? { limit: 1 } : {},
    ));
  },
  function* (chaos, world, depth) {
    yield* chaos.on(waitFor(body(chaos, world, depth), chaos.below(4)));
  },
  function* (chaos, world, depth) {
    yield* chaos.on(asyncWith(timeout(chaos.below(4)), body(chaos, world, depth)));
  },
  function* (chaos, world, depth) {
    yield* chaos.on(asyncWith(moveOnAfter(chaos.below(4)), body(chaos, world, depth)));
  },
  function* (chaos, world, depth) {
    const shielded = shield(task(chaos, world, depth));
    world.tasks.push(shielded as Task<unknown>);
    yield* chaos.on(shielded);
  },
  function* (chaos, world, depth) {
    yield* chaos.on(shieldScope(body(chaos, world, depth)));
  },
  function* (chaos, world, depth) {
    yield* chaos.on(race([body(chaos, world, depth), body(chaos, world, depth)]));
  },
  function* (chaos, world, depth) {
    const tasks = [task(chaos, world, depth), task(chaos, world, depth)];
    const { pending } = yield* chaos.on(wait(tasks, { returnWhen: FIRST_COMPLETED }));
    for (const one of pending) one.cancel();
  },
  function* (chaos, world, depth) {
    const tasks = [task(chaos, world, depth), task(chaos, world, depth)];
    for (const next of asCompleted(tasks, { timeoutMs: 3 })) yield* chaos.on(next);
  },
];

function* act(chaos: Chaos, world: World, depth: number): CoroutineGenerator<void> {
  const acts = depth === 0 ? SIMPLE : [...SIMPLE, ...NESTED];
  yield* acts[chaos.below(acts.length)]!(chaos, world, depth - 1);
}

function body(chaos: Chaos, world: World, depth: number) {
  return chaos.define(() => act(chaos, world, depth));
}

function task(chaos: Chaos, world: World, depth: number): Task<unknown> {
  const task = chaos.start(() => act(chaos, world, depth));
  world.tasks.push(task);
  return task;
}

/** That a task failed with something that it was to fail with. */
function isPlanned(error: unknown): boolean {
  if (error instanceof ExceptionGroup) return error.errors.every(isPlanned);
  const classes = [Planned, TimeoutError, CancelledError, QueueEmpty, QueueFull];
  return error === null || classes.some((one) => error instanceof one);
}

survives("Everything at once leaves all in its place", function* (chaos) {
  const world = new World();
  const surprises: unknown[] = [];
  // A gather or a shield that fails when its waiter is cancelled has nobody to look at it. Reports of
  // that are right, and of anything else wrong.
  getRunningLoop().setExceptionHandler((_loop, context) => {
    if (!isPlanned(context.exception)) surprises.push(context.message);
  });
  const users = [0, 1, 2, 3].map((i) =>
    chaos.start(function* () {
      for (let step = 0; step < 3; step++) {
        const outcome = yield* chaos.outcome(chaos.define(() => act(chaos, world, 2))());
        if (outcome instanceof CancelledError) throw outcome;
        if (outcome instanceof Error && !isPlanned(outcome)) throw outcome;
      }
    }, `user ${i}`)
  );
  const victim = chaos.cancelOne(users);
  yield* chaos.allEnd(users);
  yield* chaos.allEnd(world.tasks);
  for (const one of [...users, ...world.tasks]) {
    if (!one.cancelled() && !isPlanned(one.exception())) throw one.exception();
  }
  // What a child makes of its cancel can come first, as in CPython: the request stays.
  assertEquals(victim.cancelling(), chaos.hit ? 1 : 0);
  for (const one of users) if (one !== victim) one.result();
  world.checkEnd();
  assertEquals(surprises, []);
});

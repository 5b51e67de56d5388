// Coroutines that nobody awaits, found when they are collected or when their loop closes.

import type { EventLoop } from "./event_loop.ts";
import { type Coroutine, watchCoroutines } from "./coroutine.ts";
import { runningLoop } from "./current.ts";
import { Origin } from "./stack.ts";

interface Made {
  /** Null until the coroutine can be asked: not before it is constructed. */
  name: string | null;
  readonly origin: Origin;
  readonly owner: NeverAwaited;
}

const NO_FRAMES: readonly string[] = [];

/** Of all loops in debug mode. The origin stays known for as long as the coroutine lives. */
const origins = new WeakMap<object, Origin>();
const unused = new WeakMap<object, Made>();
let collected: FinalizationRegistry<Made> | null = null;
const watching = new Map<EventLoop, NeverAwaited>();

const watch = {
  made(coroutine: Coroutine<unknown>): void {
    const loop = runningLoop();
    if (loop !== null) watching.get(loop)?._made(coroutine);
  },
  used(coroutine: Coroutine<unknown>): void {
    const made = unused.get(coroutine);
    if (made !== undefined) made.owner._used(coroutine, made);
  },
};

/** Watches the coroutines that are made while one loop runs. */
export class NeverAwaited {
  readonly #loop: EventLoop;
  readonly #report: (name: string, frames: readonly string[]) => void;
  readonly #left = new Set<Made>();
  #newborn: Coroutine<unknown> | null = null;
  /** Made in this step. Most are awaited in it, too. */
  #fresh: Made[] = [];

  constructor(loop: EventLoop, report: (name: string, frames: readonly string[]) => void) {
    this.#loop = loop;
    this.#report = report;
  }

  start(): void {
    watching.set(this.#loop, this);
    watchCoroutines(watch);
  }

  stop(): void {
    watching.delete(this.#loop);
    this.#left.clear();
    if (watching.size === 0) watchCoroutines(null);
  }

  /** Something that is no coroutine was made here. */
  madeHere(maker: object): void {
    origins.set(maker, new Origin());
  }

  /** Where a coroutine, or something else, was made. */
  frames(coroutine: object): readonly string[] {
    return origins.get(coroutine)?.frames ?? NO_FRAMES;
  }

  /** The last one that was made is constructed now: asks for its name. */
  settle(): void {
    const coroutine = this.#newborn;
    this.#newborn = null;
    const made = coroutine === null ? undefined : unused.get(coroutine);
    if (made !== undefined) made.name = coroutine!.name;
  }

  /** A step is over. What is left may be so for long, and is not to keep anything alive: writes it out. */
  stepEnded(): void {
    this.settle();
    for (const made of this.#fresh) if (this.#left.has(made)) void made.origin.frames;
    this.#fresh = [];
  }

  /** Nobody will await them any more. */
  reportAll(): void {
    this.settle();
    for (const made of this.#left) this._report(made);
  }

  /** @internal */
  _made(coroutine: Coroutine<unknown>): void {
    this.settle();
    this.#newborn = coroutine;
    const origin = new Origin(coroutine.constructor as NewableFunction);
    const made: Made = { name: null, origin, owner: this };
    origins.set(coroutine, origin);
    unused.set(coroutine, made);
    collected ??= new FinalizationRegistry((made) => made.owner._report(made));
    collected.register(coroutine, made, coroutine);
    this.#left.add(made);
    this.#fresh.push(made);
  }

  /** @internal */
  _used(coroutine: Coroutine<unknown>, made: Made): void {
    this.#left.delete(made);
    unused.delete(coroutine);
    collected?.unregister(coroutine);
  }

  /** @internal */
  _report(made: Made): void {
    if (this.#left.delete(made)) this.#report(made.name ?? "", made.origin.frames);
  }
}

/**
 * One run of one program (`World`), and one call of a coroutine, callback or generator in it
 * (`Activation`): its local variables, the names it bound, and what its operations may ask for.
 */

import {
  type Context,
  ContextVar,
  currentTask,
  type EventLoop,
  type Future,
  Lock,
  Task,
  type TaskOptions,
  TimerHandle,
  type Token,
} from "./library.ts";
import { InterpreterError, printKnown } from "./errors.ts";
import { Bindings, Names, type Sort } from "./names.ts";
import { type Made, makePrimitive } from "./primitives.ts";
import type { Json, Operation, Program, Value } from "./program.ts";
import type { Completion, Steps } from "./steps.ts";
import type { Style } from "./styles.ts";

/** A reference that finds nothing, or nothing of the right sort. The program goes on after it. */
export class NoReference extends Error {}

/** What operations need of the files above them. The world carries it, so that imports go one way. */
export interface Interpreter {
  /** Runs operations in order; stops early at a `return`, which it hands on. */
  body(cx: Activation, operations: readonly Operation[] | undefined): Steps<Completion>;
  coroutine(world: World, name: string, arg: Json): Steps<Json>;
  generator(world: World, name: string, arg: Json): Steps<void>;
  callback(world: World, name: string, future?: Future<unknown>): void;
}

export type Callback = (future?: Future<unknown>) => void;

const LONGEST_TRACE = 20_000;

export class World {
  readonly trace: string[] = [];
  /** The first error that is none of the language: the run says nothing about the library then. */
  fault: unknown = null;
  readonly names = new Names();
  readonly counters: Map<string, number>;
  readonly variables: Map<string, ContextVar<Json>>;
  readonly primitives = new Map<string, Made>();
  /** One function object for each callback of the program. */
  readonly callbacks = new Map<string, Callback>();

  constructor(
    readonly program: Program,
    readonly style: Style,
    readonly loop: EventLoop,
    readonly interpreter: Interpreter,
  ) {
    this.counters = new Map(Object.entries(program.counters ?? {}));
    this.variables = new Map(
      Object.entries(program.vars ?? {})
        .map(([name, value]) => [name, new ContextVar<Json>(name, { default: value })]),
    );
    for (const [name, primitive] of Object.entries(program.prims ?? {})) {
      this.primitives.set(name, makePrimitive(primitive, (lock) => this.#lock(lock)));
    }
    for (const name of Object.keys(program.callbacks ?? {})) {
      this.callbacks.set(name, (future) => interpreter.callback(this, name, future));
    }
    loop.setTaskFactory((loop, coro, options) => this.#makeTask(loop, coro as WeakKey, options));
  }

  log(who: string, text: string): void {
    this.trace.push(`${this.loop.time()} ${who} ${text}`);
    if (this.trace.length > LONGEST_TRACE) throw new InterpreterError("Cannot log: endless trace");
  }

  /** Told of every error that leaves a coroutine or a callback. */
  noteFault(error: unknown): void {
    if (printKnown(error) === null) this.fault ??= error;
  }

  who(callback?: string): string {
    const task = currentTask(this.loop);
    if (task === null) return callback === undefined ? "nobody" : `cb:${callback}`;
    return this.nameOf(task);
  }

  nameOf(object: Future<unknown>): string {
    return this.names.of(object) ?? "unnamed";
  }

  /** All tasks are made here, also those that the library makes: this is where they get their names. */
  #makeTask(loop: EventLoop, coro: WeakKey, options: TaskOptions): Task<unknown> {
    const base = this.names.wanted(coro);
    const startable = coro as ConstructorParameters<typeof Task<unknown>>[0];
    if (base === undefined) return new Task(startable, { ...options, loop });
    const unique = this.names.allot(base);
    const task = new Task(startable, { ...options, loop, name: unique });
    this.names.add(base, unique, task);
    return task;
  }

  #lock(name: string): Lock {
    const lock = this.primitives.get(name);
    if (!(lock instanceof Lock)) throw new InterpreterError(`Cannot find lock "${name}"`);
    return lock;
  }
}

export class Activation {
  readonly locals = new Map<string, Json>();
  readonly #own = new Bindings();

  /** `callback` is the name of the callback that this is a call of. */
  constructor(readonly world: World, readonly callback?: string, readonly inGenerator = false) {}

  body(operations: readonly Operation[] | undefined): Steps<Completion> {
    return this.world.interpreter.body(this, operations);
  }

  log(text: string): void {
    this.world.log(this.world.who(this.callback), text);
  }

  value(of: Value | undefined): Json {
    if (of === undefined || of === null || typeof of !== "object") return of ?? null;
    if (Array.isArray(of)) return of.map((item) => this.value(item));
    if ("local" in of) return this.locals.get(of.local) ?? null;
    return this.counter(of.counter);
  }

  store(into: string | undefined, value: Json): void {
    if (into !== undefined) this.locals.set(into, value);
  }

  counter(name: string): number {
    const value = this.world.counters.get(name);
    if (value === undefined) throw new InterpreterError(`Cannot find counter "${name}"`);
    return value;
  }

  variable(name: string): ContextVar<Json> {
    const variable = this.world.variables.get(name);
    if (!variable) throw new InterpreterError(`Cannot find context variable "${name}"`);
    return variable;
  }

  cb(name: string): Callback {
    const callback = this.world.callbacks.get(name);
    if (!callback) throw new InterpreterError(`Cannot find callback "${name}"`);
    return callback;
  }

  /** The primitive of that name; `T` is its class, as the program's author promises. */
  primitive<T extends Made>(name: string): T {
    const made = this.world.primitives.get(name);
    if (!made) throw new NoReference();
    return made as T;
  }

  /** Binds a name for this activation and, as the most recent one, for the whole program. */
  bind(sort: Sort, name: string | undefined, object: unknown): void {
    if (name === undefined) return;
    this.#own.bind(sort, name, object);
    this.world.names.bind(sort, name, object);
  }

  /** Finds what {@linkcode bind} bound, here or else anywhere. */
  find<T>(sort: Sort, name: string): T {
    const found = this.#own.find(sort, name) ?? this.world.names.find(sort, name);
    if (found === undefined) throw new NoReference();
    return found as T;
  }

  future(ref: string): Future<unknown> {
    if (ref !== "@self") return this.find("future", ref);
    const task = currentTask(this.world.loop);
    if (task === null) throw new NoReference();
    return task;
  }

  task(ref = "@self"): Task<unknown> {
    const future = this.future(ref);
    if (!(future instanceof Task)) throw new NoReference();
    return future;
  }

  /** A future that the program may settle itself. */
  plainFuture(ref: string): Future<unknown> {
    const future = this.future(ref);
    if (future instanceof Task) throw new NoReference();
    return future;
  }

  timerHandle(ref: string): TimerHandle {
    const handle = this.find("handle", ref);
    if (!(handle instanceof TimerHandle)) throw new NoReference();
    return handle;
  }

  context(name: string): Context {
    return this.find("context", name);
  }

  token(name: string): Token<Json> {
    return this.find("token", name);
  }

  nameOf(object: Future<unknown>): string {
    return this.world.nameOf(object);
  }
}

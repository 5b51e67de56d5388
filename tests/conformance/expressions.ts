/**
 * Awaitable expressions. Compiling one looks up all its references, so that nothing is built when one
 * is missing and nothing that gets built can shadow them; building goes left to right, inside out.
 */

import * as asyncio from "./library.ts";
import type { Future, Startable } from "./library.ts";
import { type Activation, NoReference } from "./activation.ts";
import { InterpreterError, printValue } from "./errors.ts";
import type { Expression, Json, PrimitiveWait } from "./program.ts";

export interface Compiled {
  /** How traces print it; a reference that finds nothing as it is written. */
  readonly label: string;
  /** Whether all references were found. */
  readonly found: boolean;
  /** `siblings` are the items of the enclosing list that have been built already. */
  build(siblings: readonly Startable<unknown>[]): Startable<unknown>;
}

export interface CompiledList {
  readonly label: string;
  readonly found: boolean;
  build(): Startable<unknown>[];
}

/** `name` is what a task or future made of the whole is called, whatever the expression says. */
export function compile(cx: Activation, from: Expression, name?: string): Compiled {
  switch (from.aw) {
    case "ref":
      return compileReference(cx, from.ref);
    case "same":
      return always(`same(${from.index})`, (siblings) => nth(siblings, from.index));
    case "coro":
      return always(`${from.coro}()`, () => {
        const arg = cx.value(from.arg);
        const call = cx.world.style.lazy(() =>
          cx.world.interpreter.coroutine(cx.world, from.coro, arg)
        );
        return cx.world.names.want(call as WeakKey, name ?? from.name ?? from.coro) as typeof call;
      });
    case "sleep":
      return lazy(
        cx,
        name ?? from.name ?? "sleep",
        always(`sleep(${from.ms})`, () => asyncio.sleep(from.ms, cx.value(from.value))),
      );
    case "gather":
      return compileGather(cx, from, name ?? from.name);
    case "shield": {
      const of = compile(cx, from.of);
      return {
        label: `shield(${of.label})`,
        found: of.found,
        build: (siblings) =>
          adopt(cx, name ?? from.name, asyncio.shield(asAwaitable(cx, of.build(siblings)))),
      };
    }
    case "wait_for": {
      const of = compile(cx, from.of);
      return lazy(cx, name ?? from.name ?? "wait_for", {
        label: `wait_for(${of.label},${from.ms})`,
        found: of.found,
        build: (siblings) => asyncio.waitFor(of.build(siblings), from.ms),
      });
    }
    case "put": {
      const value = cx.value(from.value);
      return compilePrimitive(
        cx,
        from.ref,
        `put(${printValue(value)})`,
        name ?? from.name ?? "put",
        (
          queue: asyncio.Queue<Json>,
        ) => queue.put(value),
      );
    }
    default:
      return compileWait(cx, from.aw, from.ref, name ?? from.name ?? from.aw);
  }
}

/** Compiles the items of a `gather` or `as_completed`, in which `same` may point back. */
export function compileList(cx: Activation, from: readonly Expression[]): CompiledList {
  const items = from.map((item) => compile(cx, item));
  return {
    label: items.map((item) => item.label).join(","),
    found: items.every((item) => item.found),
    build() {
      const built: Startable<unknown>[] = [];
      for (const item of items) built.push(item.build(built));
      const repeated = indexesOfSame(from).some((index) => typeof built[index] === "function");
      return repeated ? startOnce(cx, built) : built;
    },
  };
}

/** The library calls a function as often as it is given; what is to be the same must be a task already. */
function startOnce(cx: Activation, items: readonly Startable<unknown>[]): Startable<unknown>[] {
  const started = new Map<Startable<unknown>, Startable<unknown>>();
  return items.map((item) => {
    const future = started.get(item) ?? asyncio.ensureFuture(asAwaitable(cx, item));
    started.set(item, future);
    return future;
  });
}

function indexesOfSame(items: readonly Expression[]): number[] {
  return items.flatMap((item) => {
    if (item.aw === "same") return [item.index];
    return "of" in item ? indexesOfSame([item.of]) : [];
  });
}

/** For what takes awaitables only: a call of an async function is made a task first. */
export function asAwaitable(
  cx: Activation,
  built: Startable<unknown>,
): Exclude<Startable<unknown>, () => unknown> {
  return typeof built === "function" ? cx.world.loop.createTask(built) : built;
}

function compileReference(cx: Activation, ref: string): Compiled {
  try {
    const future = cx.future(ref);
    return always(cx.nameOf(future), () => future);
  } catch (error) {
    if (!(error instanceof NoReference)) throw error;
    return missing(ref);
  }
}

function compileGather(
  cx: Activation,
  from: Expression & { aw: "gather" },
  name: string | undefined,
): Compiled {
  const items = compileList(cx, from.items);
  const returnExceptions = from.re ?? false;
  return {
    label: `gather${returnExceptions ? "_re" : ""}(${items.label})`,
    found: items.found,
    build() {
      const built = items.build();
      const future = returnExceptions
        ? asyncio.gather(built, { returnExceptions })
        : asyncio.gather(built);
      return adopt(cx, name, future);
    },
  };
}

function compileWait(cx: Activation, wait: PrimitiveWait, ref: string, name: string): Compiled {
  switch (wait) {
    case "acquire":
      return compilePrimitive(cx, ref, "acquire()", name, (lock: asyncio.Lock) => lock.acquire());
    case "ev_wait":
      return compilePrimitive(cx, ref, "wait()", name, (event: asyncio.Event) => event.wait());
    case "barrier_wait":
      return compilePrimitive(cx, ref, "wait()", name, (to: asyncio.Barrier) => to.wait());
    case "get":
      return compilePrimitive(cx, ref, "get()", name, (queue: asyncio.Queue<Json>) => queue.get());
    case "join":
      return compilePrimitive(
        cx,
        ref,
        "join()",
        name,
        (queue: asyncio.Queue<Json>) => queue.join(),
      );
  }
}

function compilePrimitive<P>(
  cx: Activation,
  ref: string,
  method: string,
  name: string,
  call: (primitive: P) => Startable<unknown>,
): Compiled {
  const primitive = cx.world.primitives.get(ref) as P | undefined;
  if (primitive === undefined) return missing(`${ref}.${method}`);
  return lazy(cx, name, always(`${ref}.${method}`, () => call(primitive)));
}

/** Notes the name of the task that may be made of it. */
function lazy(cx: Activation, name: string, compiled: Compiled): Compiled {
  return {
    ...compiled,
    build: (siblings) => {
      const built = compiled.build(siblings);
      cx.world.names.want(built as WeakKey, name);
      return built;
    },
  };
}

function always(label: string, build: Compiled["build"]): Compiled {
  return { label, found: true, build };
}

function missing(label: string): Compiled {
  return {
    label,
    found: false,
    build: () => {
      throw new InterpreterError(`Cannot build ${label}: its reference was not found`);
    },
  };
}

function adopt(cx: Activation, name: string | undefined, future: Future<unknown>): Future<unknown> {
  if (name !== undefined) cx.world.names.adopt(name, future);
  return future;
}

function nth(siblings: readonly Startable<unknown>[], index: number): Startable<unknown> {
  const built = siblings[index];
  if (built === undefined) throw new InterpreterError(`Cannot build same(${index}): no such item`);
  return built;
}

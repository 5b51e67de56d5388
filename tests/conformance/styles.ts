/**
 * The two ways to write coroutines on the library: as generators and as async functions. Everything
 * else in this folder is common to both.
 */

import * as asyncio from "./library.ts";
import type { Awaitable, CoroutineGenerator, Startable } from "./library.ts";
import type { Json } from "./program.ts";
import { Closing, Emit, type Steps } from "./steps.ts";

export interface Style {
  readonly name: "generator" | "async";
  /** A call that has not begun: nothing happens until it is waited for or made a task. */
  lazy<T>(steps: () => Steps<T>): Startable<T>;
  /** A call to wait for at once; also the body of an `asyncWith`. */
  call<T>(steps: Steps<T>): Awaitable<T>;
  stream(steps: () => Steps<unknown>): AsyncGenerator<Json>;
  /** `async for`, then `aclose()` in every case. False from `each` breaks. */
  iterate(stream: AsyncGenerator<Json>, each: (item: Json) => Steps<boolean>): Awaitable<unknown>;
}

export const generatorStyle: Style = {
  name: "generator",
  lazy: (steps) => asyncio.coroutine(() => drive(steps()))(),
  call: (steps) => drive(steps),
  stream: (steps) => asyncio.asyncGenerator<[], Json>(() => driveStream(steps()))(),
  iterate: (stream, each) => asyncio.forEach(stream, (item) => drive(each(item))),
};

export const asyncStyle: Style = {
  name: "async",
  lazy: (steps) => () => driveAsync(steps()),
  call: (steps) => driveAsync(steps),
  stream: (steps) => driveAsyncStream(steps()),
  async iterate(stream, each) {
    // Not `for await`: where the body and the closing both fail it keeps the body's error, Python the other.
    try {
      for (;;) {
        const item = await stream.next();
        if (item.done || !await driveAsync(each(item.value))) break;
      }
    } finally {
      await stream.return(undefined);
    }
  },
};

function* drive<T>(steps: Steps<T>): CoroutineGenerator<T> {
  let step = steps.next();
  while (!step.done) {
    let value: unknown;
    try {
      value = yield* step.value as CoroutineGenerator<unknown>;
    } catch (error) {
      step = steps.throw(error);
      continue;
    }
    step = steps.next(value);
  }
  return step.value;
}

function* driveStream(steps: Steps<unknown>): Generator<unknown, void, unknown> {
  let step = steps.next();
  while (!step.done) {
    const wanted = step.value;
    let value: unknown;
    try {
      if (wanted instanceof Emit) yield* asyncio.emit(wanted.value);
      else value = yield* wanted as CoroutineGenerator<unknown>;
    } catch (error) {
      // Nothing but closing throws at an `emit`; the program is not to see the library's CancelledError.
      step = steps.throw(wanted instanceof Emit ? new Closing() : error);
      continue;
    }
    step = steps.next(value);
  }
}

async function driveAsync<T>(steps: Steps<T>, first = steps.next()): Promise<T> {
  let step = first;
  while (!step.done) {
    let value: unknown;
    try {
      const wanted = step.value;
      value = await (typeof wanted === "function" ? wanted() : wanted);
    } catch (error) {
      step = steps.throw(error);
      continue;
    }
    step = steps.next(value);
  }
  return step.value;
}

async function* driveAsyncStream(steps: Steps<unknown>): AsyncGenerator<Json> {
  let step = steps.next();
  let handedOut = false;
  try {
    while (!step.done) {
      let value: unknown;
      const wanted = step.value;
      if (wanted instanceof Emit) {
        handedOut = true;
        yield wanted.value;
        handedOut = false;
      } else {
        try {
          value = await (typeof wanted === "function" ? wanted() : wanted);
        } catch (error) {
          step = steps.throw(error);
          continue;
        }
      }
      step = steps.next(value);
    }
  } finally {
    // Left by `return()`: the operations run their `finally` bodies, which may wait.
    if (handedOut) await driveAsync(steps, steps.throw(new Closing()));
  }
}

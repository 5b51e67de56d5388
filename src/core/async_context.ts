// Tells which task an async function belongs to, across its awaits. The only file that imports
// node:async_hooks, and only once an async function runs: generator coroutines never need it.

import type { EventLoop } from "./event_loop.ts";
import type { Task } from "./task.ts";

/** What travels with async code: a task, or only the loop that called it. */
export interface AsyncScope {
  /** @internal */
  readonly scopeTask: Task<unknown> | null;
  /** @internal */
  readonly scopeLoop: EventLoop;
}

interface Storage {
  run<R>(scope: AsyncScope | undefined, fn: () => R): R;
  getStore(): AsyncScope | undefined;
}

type State = "unloaded" | "loading" | "ready" | "absent";

let state: State = "unloaded";
let storage: Storage | null = null;
let loading: Promise<void> | null = null;

/** True as soon as `enterScope` does what it says, or never will (a browser). */
export function asyncContextSettled(): boolean {
  return state === "ready" || state === "absent";
}

/** Loads the runtime's async context, once. */
export function loadAsyncContext(): Promise<void> {
  return loading ??= load();
}

async function load(): Promise<void> {
  state = "loading";
  try {
    const { AsyncLocalStorage } = await import("node:async_hooks");
    storage = new AsyncLocalStorage<AsyncScope | undefined>();
    state = "ready";
  } catch {
    // A browser. Async functions then lose cancellation at the await point; the README says so.
    state = "absent";
  }
}

/** Runs `fn`, and everything that it awaits, as part of `scope`. */
export function enterScope<R>(scope: AsyncScope, fn: () => R): R {
  return storage === null ? fn() : storage.run(scope, fn);
}

/** Runs `fn`, and everything that it awaits, as part of no scope. */
export function leaveScope<R>(fn: () => R): R {
  return storage === null ? fn() : storage.run(undefined, fn);
}

/** The scope of the async code that asks. */
export function asyncScope(): AsyncScope | undefined {
  return storage === null ? undefined : storage.getStore();
}

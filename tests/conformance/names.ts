/**
 * Which task or future has which name. The first object that asks for `a` is called `a`, the next one
 * `a#2`; tasks and futures count together. The unique name is what traces show.
 */

import { type Future, Task } from "./library.ts";

/** What a name can stand for. Timeouts, groups and handles have no unique names, only references. */
export type Sort = "future" | "timeout" | "group" | "handle" | "context" | "token";

/** Names bound in one place: a whole program, or one activation. The latest binding wins. */
export class Bindings {
  readonly #bound = new Map<string, unknown>();

  bind(sort: Sort, name: string, object: unknown): void {
    this.#bound.set(`${sort} ${name}`, object);
  }

  find(sort: Sort, name: string): unknown {
    return this.#bound.get(`${sort} ${name}`);
  }
}

export class Names extends Bindings {
  readonly #uses = new Map<string, number>();
  /** In order of creation. */
  readonly #unique = new Map<Future<unknown>, string>();
  readonly #wanted = new WeakMap<WeakKey, string>();

  /** Says how the task is to be called that will be made of `startable`, if one ever is. */
  want<T extends WeakKey>(startable: T, base: string): T {
    this.#wanted.set(startable, base);
    return startable;
  }

  wanted(startable: WeakKey): string | undefined {
    return this.#wanted.get(startable);
  }

  allot(base: string): string {
    const uses = (this.#uses.get(base) ?? 0) + 1;
    this.#uses.set(base, uses);
    return uses === 1 ? base : `${base}#${uses}`;
  }

  /** Registers a new object under a name from {@linkcode allot}. */
  add(base: string, unique: string, object: Future<unknown>): void {
    this.#unique.set(object, unique);
    this.bind("future", base, object);
  }

  /** Registers an object that the library returned: one that has a name keeps it, as an alias. */
  adopt(base: string, object: Future<unknown>): void {
    if (this.#unique.has(object)) this.bind("future", base, object);
    else this.add(base, this.allot(base), object);
  }

  of(object: Future<unknown>): string | undefined {
    return this.#unique.get(object);
  }

  tasks(): Task<unknown>[] {
    return [...this.#unique.keys()].filter((object) => object instanceof Task);
  }

  unfinished(): Task<unknown>[] {
    return this.tasks().filter((task) => !task.done());
  }

  futures(): Future<unknown>[] {
    return [...this.#unique.keys()].filter((object) => !(object instanceof Task));
  }
}

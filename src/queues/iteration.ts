// Iterating over a queue.

import type { CoroutineGenerator } from "../core/coroutine.ts";
import type { Queue } from "./queue.ts";
import { GeneratorCoroutine } from "../core/coroutine.ts";
import { QueueShutDown } from "../core/errors.ts";

/** A step of an iteration over a queue: lazy as all operations, and the promise that `for await` wants. */
export class NextItem<T> extends GeneratorCoroutine<IteratorResult<T>>
  implements Promise<IteratorResult<T>> {
  readonly [Symbol.toStringTag] = "Promise";

  constructor(queue: Queue<T>) {
    super(nextItem(queue), `${queue._title()}.next()`);
  }

  catch<E = never>(
    onrejected?: ((reason: unknown) => E | PromiseLike<E>) | null,
  ): Promise<IteratorResult<T> | E> {
    return Promise.resolve(this).catch(onrejected);
  }

  finally(onfinally?: (() => void) | null): Promise<IteratorResult<T>> {
    return Promise.resolve(this).finally(onfinally);
  }
}

function* nextItem<T>(queue: Queue<T>): CoroutineGenerator<IteratorResult<T>> {
  try {
    return { done: false, value: yield* queue.get() };
  } catch (error) {
    if (error instanceof QueueShutDown) return { done: true, value: undefined };
    throw error;
  }
}

/**
 * Registers one behaviour for every kind of executor. Real threads take real time: each test waits for
 * an outcome, never for a time to pass, unless the time itself is what it is about.
 */
import {
  type Awaitable,
  InlineExecutor,
  type PoolExecutor,
  ProcessPoolExecutor,
  run,
  ThreadPoolExecutor,
} from "../../mod.ts";
import { within } from "./within.ts";

export const EXECUTORS: Record<string, () => PoolExecutor> = {
  InlineExecutor: () => new InlineExecutor(),
  ThreadPoolExecutor: () => new ThreadPoolExecutor({ maxWorkers: 2 }),
  ProcessPoolExecutor: () => new ProcessPoolExecutor({ maxWorkers: 2 }),
};

/** Those whose workers see the same memory. */
export const SHARING_MEMORY = ["InlineExecutor", "ThreadPoolExecutor"];

/** `name` starts with the method it is about. */
export function everyExecutor(
  name: string,
  body: (executor: PoolExecutor) => Awaitable<unknown>,
  kinds: readonly string[] = Object.keys(EXECUTORS),
): void {
  for (const kind of kinds) {
    const make = EXECUTORS[kind]!;
    Deno.test(`${kind}.${name}`, async () => {
      await run(async () => {
        const executor = make();
        try {
          await body(executor);
        } finally {
          await executor.shutdown({ cancelFutures: true });
        }
      });
    });
  }
}

/** Threads of this process, as the system counts them: the sanitizers of `deno test` do not see workers. */
export function countThreads(): number {
  return [...Deno.readDirSync("/proc/self/task")].length;
}

/** Waits until the system has cleaned up after ended workers, and fails when it does not. */
export async function threadsBackTo(count: number): Promise<void> {
  const whyNot = () => `${countThreads()} threads are left, expected ${count}`;
  await within(() => countThreads() <= count, 5000, whyNot);
}

/** The error that an awaitable fails with. */
export async function errorOf(awaitable: PromiseLike<unknown>): Promise<Error> {
  try {
    await awaitable;
  } catch (error) {
    if (error instanceof Error) return error;
    throw new TypeError(`${error} was thrown, which is no error`);
  }
  throw new TypeError("Nothing was thrown");
}

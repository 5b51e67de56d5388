import {
  assert,
  assertEquals,
  assertInstanceOf,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { errorOf, everyExecutor } from "../support/every_executor.ts";
import {
  BrokenExecutor,
  type Future,
  getRunningLoop,
  moduleJobs,
  type PoolExecutor,
  type PoolOptions,
  QueueFull,
  run,
  RuntimeError,
  type SubmitOptions,
  ThreadPoolExecutor,
  toThread,
  transfer,
} from "../../mod.ts";

type Submission = (executor: PoolExecutor) => Future<unknown>;

const outside = 1;
const factorial = (n: number): number => n < 2 ? 1 : n * factorial(n - 1);
class Account {
  #money = 1;
  get money(): number {
    return this.#money;
  }
}
const anything = (value: unknown) => value;

/** What is refused before anything is started, and with which error. */
const REFUSED: Record<string, [submit: Submission, error: string, says: string]> = {
  "a closure": [(executor) => executor.submit(() => outside), "TypeError", `"outside"`],
  "an arrow that calls itself": [
    (executor) => executor.submit(factorial, 5),
    "TypeError",
    "write it as function factorial",
  ],
  "a native function": [(executor) => executor.submit(Math.max, 1), "TypeError", "native"],
  "a bound function": [
    (executor) => executor.submit(((n: number) => n).bind(null), 1),
    "TypeError",
    "native",
  ],
  "a class": [
    (executor) => executor.submit(Account as unknown as () => void),
    "TypeError",
    "class",
  ],
  "a method that uses this": [
    (executor) =>
      executor.submit(
        {
          n: 1,
          method() {
            return this.n;
          },
        }.method,
      ),
    "TypeError",
    `"this"`,
  ],
  "a getter": [
    (executor) => {
      const { get } = Object.getOwnPropertyDescriptor(Account.prototype, "money")!;
      return executor.submit(get as () => number);
    },
    "TypeError",
    "getter",
  ],
  "a function of its module's address": [
    (executor) => executor.submit(() => import.meta.url),
    "TypeError",
    `"import.meta"`,
  ],
  "no function": [(executor) => executor.submit("fib" as never), "TypeError", `"fib"`],
  "a promise": [(executor) => executor.submit(Promise.resolve() as never), "TypeError", "Promise"],
  "a function as argument": [
    (executor) => executor.submit(anything, [{ socket: () => 0 }]),
    "DataCloneError",
    "args[0][0].socket",
  ],
  "a symbol as argument": [
    (executor) => executor.submit(anything, new Map([["key", Symbol()]])),
    "DataCloneError",
    `args[0].get("key")`,
  ],
  "an instance of a class as argument": [
    (executor) => executor.submit((a: number, b: unknown) => [a, b], 1, new Account()),
    "DataCloneError",
    "args[1]",
  ],
  "an abort signal as argument": [
    (executor) => executor.submit(anything, { signal: new AbortController().signal }),
    "DataCloneError",
    "args[0].signal",
  ],
};

for (const [what, [submit, name, says]] of Object.entries(REFUSED)) {
  everyExecutor(`submit() refuses ${what} at the submitting line`, async (executor) => {
    let error: unknown;
    try {
      submit(executor);
    } catch (thrown) {
      error = thrown;
    }
    assert(error instanceof Error, "nothing was thrown");
    assertEquals(error.name, name);
    assert(error.message.includes(says), error.message);
    assertEquals(executor.stats().workers, 0);
    assertEquals(await executor.submit(() => "next"), "next");
  });
}

everyExecutor("submit() refuses results that cannot be sent", async (executor) => {
  const results: Submission[] = [
    (executor) => executor.submit(() => ({ connection: { close: () => 0 } })),
    (executor) => executor.submit(() => new URL("data:,")),
    (executor) => executor.submit(async function* () {}),
  ];
  const errors = await Promise.all(results.map((submit) => errorOf(submit(executor))));
  assertEquals(errors.map((error) => error.name), Array(3).fill("DataCloneError"));
  assert(errors[0]!.message.includes("result.connection.close"));
});

everyExecutor("submit() fails a job whose module cannot be used", async (executor) => {
  const at = (path: string) => new URL(path, import.meta.url);
  const missing = moduleJobs<{ job(): void }>(at("./no_such_module.ts")).job;
  const broken = moduleJobs<{ job(): void }>(at("./broken_module.ts")).job;
  const noFunction = moduleJobs<{ notAFunction(): void }>(at("./jobs.ts")).notAFunction;
  const errors = [missing, noFunction, broken].map((job) => errorOf(executor.submit(job)));
  assertEquals((await Promise.all(errors)).map((error) => error.name), [
    "TypeError",
    "TypeError",
    "RangeError",
  ]);
  assertThrows(() => moduleJobs("./jobs.ts"), TypeError);
});

everyExecutor("submit() refuses jobs after shutdown()", async (executor) => {
  await executor.shutdown();
  assertThrows(() => executor.submit(() => 1), RuntimeError);
  assertThrows(() => executor.stream(() => []), RuntimeError);
  await executor.shutdown(); // harmless
});

Deno.test("ThreadPoolExecutor refuses options that make no sense", () => {
  const refused: PoolOptions[] = [
    { maxWorkers: 0 },
    { maxWorkers: 1.5 },
    { maxWorkers: NaN },
    { minWorkers: -1 },
    { minWorkers: 3, maxWorkers: 2 },
    { idleMs: -1 },
    { cancelGraceMs: NaN },
    { maxTasksPerChild: 0 },
    { maxQueue: -1 },
    { maxHeapBytes: 0 },
    { maxWorkers: "2" as unknown as number },
  ];
  for (const options of refused) assertThrows(() => new ThreadPoolExecutor(options), RangeError);
  assertThrows(() => new ThreadPoolExecutor({ initializer: () => outside }), TypeError);
  assertThrows(() => new ThreadPoolExecutor({ initargs: 5 as never }), TypeError);
  assertThrows(() => new ThreadPoolExecutor(4 as never), TypeError); // as Python's takes it
});

everyExecutor(
  "submitWith() refuses options that make no sense, and starts nothing",
  async (executor) => {
    const refused: [options: unknown, error: typeof TypeError | typeof RangeError][] = [
      [{ timeoutMs: NaN }, RangeError],
      [{ timeoutMs: "5" }, TypeError],
      [{ signal: {} }, TypeError],
      [{ onProgress: 5 }, TypeError],
    ];
    for (const [options, error] of refused) {
      assertThrows(() => executor.submitWith(options as SubmitOptions, () => 1), error);
    }
    assertThrows(() => executor.map((n: number) => n, [1], { timeoutMs: NaN }), RangeError);
    assertEquals(executor.stats().workers, 0);
    const ages = { timeoutMs: Infinity };
    assertEquals(await executor.submitWith(ages, () => "in time"), "in time");
    assertEquals(await Array.fromAsync(executor.map((n: number) => n, [1], ages)), [1]);
  },
);

// Threads, because an inline executor has no options.
Deno.test("ThreadPoolExecutor fails everything when its initializer fails", async () => {
  await run(async () => {
    const pool = new ThreadPoolExecutor({
      initializer: (word: string) => {
        throw new RangeError(word);
      },
      initargs: ["no"],
    });
    const error = await errorOf(pool.submit(() => 1));
    assertInstanceOf(error, BrokenExecutor);
    assertInstanceOf(error.cause, RangeError);
    assertThrows(() => pool.submit(() => 1), BrokenExecutor);
    await pool.shutdown();
  });
});

Deno.test("ThreadPoolExecutor.submit() fails with QueueFull beyond maxQueue", async () => {
  await run(async () => {
    const pool = new ThreadPoolExecutor({ maxWorkers: 1, maxQueue: 1 });
    const wait = () => new Promise((resolve) => setTimeout(resolve, 30));
    const [running, waiting, refused] = [pool.submit(wait), pool.submit(wait), pool.submit(wait)];
    assertInstanceOf(await errorOf(refused), QueueFull);
    await running;
    await waiting;
    const values = await Array.fromAsync(pool.map((n: number) => n, [1, 2, 3, 4]));
    assertEquals(values, [1, 2, 3, 4]);
    await pool.shutdown();
  });
});

everyExecutor("submit() names the buffer that was moved away before", async (executor) => {
  const bytes = new Uint8Array(8);
  const length = (data: { bytes: Uint8Array }) => data.bytes.length;
  await executor.submit(length, transfer({ bytes }, [bytes.buffer]));
  const error = assertThrows(() => executor.submit(length, { bytes }), DOMException);
  assertEquals(error.name, "DataCloneError");
  assertStringIncludes(error.message, "args[0].bytes: it is a Uint8Array that was moved away");
});

everyExecutor("submit() names stream() when a job is an async generator", async (executor) => {
  const error = await errorOf(executor.submit(async function* () {}));
  assertEquals(error.name, "DataCloneError");
  assertStringIncludes(error.message, "stream() takes generators");
});

Deno.test("toThread() refuses a closure at the line that calls it", () => {
  assertThrows(() => toThread(() => outside), TypeError);
});

Deno.test("setDefaultExecutor() refuses what is no executor", async () => {
  await run(async (): Promise<void> => {
    const loop = getRunningLoop();
    assertThrows(() => loop.setDefaultExecutor({} as PoolExecutor), TypeError);
    await loop.shutdownDefaultExecutor();
    assertThrows(() => loop.runInExecutor(null, () => 1), RuntimeError);
  });
});

Deno.test("transfer() refuses what has nothing inside", () => {
  assertThrows(() => transfer("text", []), TypeError);
});

everyExecutor(
  "submit() refuses what is nested too deep to be read, there and back",
  async (executor) => {
    const nest = (levels: number) => {
      let value: unknown = 0;
      for (let i = 0; i < levels; i++) value = { value };
      return value;
    };
    const same = (value: unknown) => value;
    assertEquals(depthOf(await executor.submit(same, nest(1500))), 1500);
    assertEquals(depthOf(await executor.submit(nest, 1500)), 1500);
    const error = assertThrows(() => executor.submit(same, nest(1502)), DOMException);
    assertEquals(error.name, "DataCloneError");
    assertStringIncludes(error.message, "args[0].value.value");
    const back = await errorOf(executor.submit(nest, 1502));
    assertEquals([back.name, back.message.includes("result.value")], ["DataCloneError", true]);
  },
);

function depthOf(value: unknown): number {
  let depth = 0;
  while (typeof value === "object" && value !== null && "value" in value) {
    value = value.value;
    depth++;
  }
  return depth;
}

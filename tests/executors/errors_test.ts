import { assert, assertEquals, assertInstanceOf, assertThrows } from "@std/assert";
import { errorOf, everyExecutor } from "../support/every_executor.ts";
import * as asyncio from "../../mod.ts";
import { moduleJobs, registerError, RemoteError } from "../../mod.ts";
import { OutOfStock } from "./jobs.ts";

const jobs = moduleJobs<typeof import("./jobs.ts")>(new URL("./jobs.ts", import.meta.url));

everyExecutor(
  "submit() gives an error its class, message, cause and own data",
  async (executor) => {
    const error = await errorOf(executor.submit(() => {
      const cause = new SyntaxError("the reason");
      throw Object.assign(new RangeError("too much", { cause }), { code: 7, list: [1] });
    })) as RangeError & { code: number; list: number[] };
    assertEquals(Object.getPrototypeOf(error), RangeError.prototype);
    assertEquals([error.message, error.code, error.list], ["too much", 7, [1]]);
    assertInstanceOf(error.cause, SyntaxError);
    assertEquals(error.cause.message, "the reason");
  },
);

everyExecutor(
  "submit() keeps the members of groups and the names of DOMExceptions",
  async (executor) => {
    const group = await errorOf(executor.submit(() => {
      throw new AggregateError([new TypeError("a"), new DOMException("b", "AbortError")], "two");
    }));
    assertInstanceOf(group, AggregateError);
    assertEquals(group.errors.map((e: Error) => e.name), ["TypeError", "AbortError"]);
    assertInstanceOf(group.errors[1], DOMException);
    const ours = await errorOf(executor.submit(() => {
      throw new asyncio.ExceptionGroup("two", [new asyncio.QueueFull("c")]);
    }));
    assertInstanceOf(ours, asyncio.ExceptionGroup);
    assertInstanceOf(ours.errors[0], asyncio.QueueFull);
  },
);

everyExecutor("submit() finds error classes in the job's module", async (executor) => {
  const error = await errorOf(executor.submit(jobs.buy, "apples"));
  assertInstanceOf(error, OutOfStock);
  assertEquals([error.message, error.item, error.left], ["no more apples", "apples", 0]);
});

everyExecutor(
  "submit() rebuilds errors of registered classes, and others as RemoteError",
  async (executor) => {
    const fail = (name: string) => {
      const made = { [name]: class extends Error {} }[name]!;
      throw Object.assign(new made("the milk"), { name, grams: 5 });
    };
    const unknown = await errorOf(executor.submit(fail, "Curdled"));
    assertInstanceOf(unknown, RemoteError);
    assertEquals([unknown.name, unknown.message], ["Curdled", "the milk"]);
    class Spoiled extends Error {}
    registerError(Spoiled);
    const known = await errorOf(executor.submit(fail, "Spoiled"));
    assertInstanceOf(known, Spoiled);
    assertEquals((known as unknown as { grams: number }).grams, 5);
    assertThrows(() => registerError(Map as never), TypeError);
  },
);

everyExecutor("submit() shows the worker's stack above the submitter's", async (executor) => {
  const error = await errorOf(executor.submit(function inTheJob() {
    throw new Error("here");
  }));
  const [worker, submitter] = error.stack!.split("submitted by");
  assert(worker!.includes("inTheJob"));
  assert(!worker!.includes("src/executors/"));
  assert(submitter!.includes("errors_test.ts"));
});

everyExecutor(
  "submit() shows only the program's frames below the worker's stack",
  async (executor) => {
    const refuse = (): never => {
      throw new RangeError("no");
    };
    const direct = await errorOf(executor.submit(refuse));
    const inTask = await errorOf(asyncio.createTask(function* () {
      return yield* asyncio.getRunningLoop().runInExecutor(executor, refuse);
    }));
    for (const error of [direct, inTask]) {
      const [, submitter] = error.stack!.split("--- submitted by ---\n");
      const frames = submitter!.split("\n");
      assert(frames[0]!.includes("errors_test.ts"));
      assertEquals(frames.filter((line) => /\/src\/|ext:/.test(line)), []);
    }
  },
);

Deno.test("ThreadPoolExecutor calls a job with no frame of the host below it", async () => {
  const pool = new asyncio.ThreadPoolExecutor({ maxWorkers: 1 });
  const frames = (await asyncio.run(() =>
    pool.submit(() => {
      Error.stackTraceLimit = Infinity;
      return new Error().stack!;
    })
  )).split("\n").slice(1);
  await pool.shutdown();
  assert(frames[0]!.includes("job:"));
  assertEquals(frames.filter((line) => /\b(ext|node):/.test(line)), []);
});

everyExecutor("submit() lets a stack be replaced before anybody has read it", async (executor) => {
  const error = await errorOf(executor.submit((): never => {
    throw new RangeError("no");
  }));
  error.stack = "mine";
  assertEquals([error.stack, Object.keys(error)], ["mine", []]);
});

Deno.test("PoolExecutor.submit() takes no trace of what succeeds again and again, but in debug mode", async () => {
  const executor = new asyncio.InlineExecutor();
  const halve = (n: number) => {
    if (n % 2 === 1) throw new RangeError("odd");
    return n / 2;
  };
  const isTraced = async () =>
    (await errorOf(executor.submit(halve, 1))).stack!.includes("submitted by");
  const succeed = async () => {
    for (let i = 0; i < 200; i++) await executor.submit(halve, 2);
  };
  const traced: boolean[] = [];
  await asyncio.run(async () => {
    traced.push(await isTraced());
    await succeed();
    traced.push(await isTraced(), await isTraced());
    await succeed();
    asyncio.getRunningLoop().debug = true;
    traced.push(await isTraced());
    await executor.shutdown();
  });
  assertEquals(traced, [true, false, true, true]);
});

everyExecutor("submit() hands on what is thrown and is no error", async (executor) => {
  for (const value of ["text", 5, null, { plain: true }]) {
    const job = executor.submit((value: unknown) => {
      throw value;
    }, value);
    await asyncio.wait([job]);
    // null and undefined would look like success: a RuntimeError stands in for them.
    if (value === null) assertInstanceOf(job.exception(), asyncio.RuntimeError);
    else assertEquals(job.exception(), value);
  }
});

everyExecutor("submit() cannot be made to change prototypes by an error", async (executor) => {
  await errorOf(executor.submit(() => {
    const own = JSON.parse('{"__proto__": {"polluted": 1}, "constructor": 2, "prototype": 3}');
    throw Object.defineProperties(new Error("hostile"), Object.getOwnPropertyDescriptors(own));
  }));
  assertEquals([({} as { polluted?: number }).polluted, Error.prototype.constructor], [
    undefined,
    Error,
  ]);
});

/**
 * asyncGenerator: the object that it gives, beside what an AsyncGenerator of the language is.
 */
import { assertEquals, assertStrictEquals } from "@std/assert";
import { asyncGenerator, currentTask, emit, run, sleep, VirtualClock } from "../../mod.ts";
import { ticking } from "./ticking.ts";

Deno.test("asyncGenerator() keeps this, name and length of its function", async () => {
  const holder = {
    word: "hello",
    words: asyncGenerator(function* words(this: { word: string }, _n: number) {
      yield* emit(this.word);
    }) as (n: number) => AsyncGenerator<string>,
  };
  assertEquals([holder.words.name, holder.words.length], ["words", 1]);
  assertEquals((await holder.words(1).next()).value, "hello");
});

Deno.test("asyncGenerator() gives an object that is its own asyncIterator", () => {
  const it = asyncGenerator(function* () {
    yield* emit(1);
  })();
  assertStrictEquals(it[Symbol.asyncIterator](), it);
});

Deno.test("asyncGenerator() gives steps with catch and finally, as promises have", async () => {
  const events: unknown[] = [];
  const failing = asyncGenerator(function* () {
    yield* sleep(1);
    throw new RangeError("broken");
  });
  await run(async () => {
    const named = currentTask()!.name;
    await failing().next().catch((error) => events.push(String(error)));
    const it = asyncGenerator(function* () {
      yield* sleep(1);
      yield* emit(currentTask()!.name === named);
    })();
    events.push(await it.next().finally(() => events.push("finally")));
    await it.return();
  }, { clock: new VirtualClock() });
  assertEquals(events, ["RangeError: broken", "finally", { done: false, value: true }]);
});

Deno.test("asyncGenerator() emits a promise as it is", async () => {
  const promise = Promise.resolve(1);
  const it = asyncGenerator(function* () {
    yield* emit(promise);
  })();
  const step = await it.next();
  assertStrictEquals(step.value, promise);
});

Deno.test("asyncGenerator() closes at the end of an `await using` block", async () => {
  const events: string[] = [];
  await run(async () => {
    {
      await using it = ticking((...words) => events.push(words.join(" ")))(3);
      events.push(`${(await it.next()).value}`);
    }
    events.push("after the block");
  }, { clock: new VirtualClock() });
  assertEquals(events, [
    "0",
    "thrown GeneratorExit: ticks() is being closed",
    "cleaned up",
    "after the block",
  ]);
});

Deno.test("asyncGenerator() serves `for await` outside of any task", async () => {
  const seen: unknown[] = [];
  const words = asyncGenerator(function* () {
    try {
      for (const word of ["a", "b", "c"]) {
        yield* sleep(0);
        yield* emit(word);
      }
    } finally {
      yield* sleep(0);
      seen.push("closed");
    }
  });
  for await (const word of words()) {
    seen.push(word);
    if (word === "b") break;
  }
  assertEquals(seen, ["a", "b", "closed"]);
});

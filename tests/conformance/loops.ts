/** The two blocks that iterate asynchronously: over a generator, and over what completes. */

import * as asyncio from "./library.ts";
import type { Startable } from "./library.ts";
import type { Activation } from "./activation.ts";
import { asJson, matches, print, printValue } from "./errors.ts";
import { compileList } from "./expressions.ts";
import type { CompletionLoop, GeneratorLoop, Json } from "./program.ts";
import type { Completion, Steps } from "./steps.ts";

export function* runGeneratorLoop(cx: Activation, op: GeneratorLoop): Steps<Completion> {
  const { style, interpreter } = cx.world;
  const arg = cx.value(op.arg);
  const stream = style.stream(() => interpreter.generator(cx.world, op.gen, arg));
  const state = { outcome: "end", completion: undefined as Completion, count: 0 };

  function* each(item: Json): Steps<boolean> {
    cx.log(`agen ${op.gen} item ${printValue(item)}`);
    cx.store(op.into, item);
    state.completion = yield* cx.body(op.body);
    state.count++;
    if (state.completion) state.outcome = "return";
    else if (state.count === op.limit) state.outcome = "break";
    return state.outcome === "end";
  }

  try {
    yield style.iterate(stream, each);
  } catch (error) {
    cx.log(`agen ${op.gen} !! ${print(error)}`);
    if (!matches(op.catch, error)) throw error;
    return undefined;
  }
  cx.log(`agen ${op.gen} -> ${state.outcome}`);
  return state.completion;
}

export function* runCompletionLoop(cx: Activation, op: CompletionLoop): Steps<Completion> {
  const items = compileList(cx, op.items);
  if (!items.found) {
    cx.log("as_completed -> noref");
    return undefined;
  }
  let completion: Completion;
  let count = 0;
  try {
    const options = op.ms === undefined ? {} : { timeoutMs: op.ms };
    for (const next of asyncio.asCompleted(items.build(), options)) {
      const item = yield* takeNext(cx, op, next, count++);
      if (item) {
        cx.store(op.into, item.value);
        completion = yield* cx.body(op.body);
      }
      if (completion || count === op.limit) break;
    }
  } catch (error) {
    cx.log(`as_completed !! ${print(error)}`);
    if (!matches(op.catch, error)) throw error;
    return undefined;
  }
  cx.log(`as_completed -> ${count}`);
  return completion;
}

/** Waits for one item; null if it failed with an error that the loop swallows. */
function* takeNext(
  cx: Activation,
  op: CompletionLoop,
  next: Startable<unknown>,
  index: number,
): Steps<{ value: Json } | null> {
  try {
    const value = yield next;
    cx.log(`as_completed[${index}] -> ${printValue(value)}`);
    return { value: asJson(value) };
  } catch (error) {
    cx.log(`as_completed[${index}] !! ${print(error)}`);
    if (!matches(op.item_catch ?? "error", error)) throw error;
    return null;
  }
}

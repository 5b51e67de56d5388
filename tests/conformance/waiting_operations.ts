// deno-lint-ignore-file camelcase -- operations and fields are called what programs call them
/** Operations that wait. Each yields what it waits for; the style decides how that is done. */

import * as asyncio from "./library.ts";
import { type Activation, NoReference } from "./activation.ts";
import { printValue } from "./errors.ts";
import { compile } from "./expressions.ts";
import { OK, Raw, type WaitingTable } from "./operation.ts";
import type { Json } from "./program.ts";

type Lockable = asyncio.Lock | asyncio.Condition | asyncio.Semaphore;

export const WAITING_OPERATIONS: WaitingTable = {
  *sleep(cx, op, label) {
    label(op.ms);
    return yield asyncio.sleep(op.ms, cx.value(op.value));
  },
  *await(cx, op, label) {
    const expression = compile(cx, op.aw);
    label(expression.label);
    if (!expression.found) throw new NoReference();
    return yield expression.build([]);
  },
  *call(cx, op, label) {
    label(op.coro);
    return yield cx.world.style.call(
      cx.world.interpreter.coroutine(cx.world, op.coro, cx.value(op.arg)),
    );
  },
  *wait(cx, op, label) {
    const returnWhen = op.when ?? asyncio.ALL_COMPLETED;
    label(returnWhen);
    const futures = op.refs.map((ref) => cx.future(ref));
    const options = op.ms === undefined ? { returnWhen } : { returnWhen, timeoutMs: op.ms };
    const { done, pending } = (yield asyncio.wait(futures, options)) as {
      done: Set<asyncio.Future<unknown>>;
      pending: Set<asyncio.Future<unknown>>;
    };
    return new Raw(`done=${nameList(cx, done)} pending=${nameList(cx, pending)}`);
  },
  *acquire(cx, op) {
    yield cx.primitive<Lockable>(op.ref).acquire();
    return OK;
  },
  *ev_wait(cx, op) {
    yield cx.primitive<asyncio.Event>(op.ref).wait();
    return OK;
  },
  *cond_wait(cx, op) {
    yield cx.primitive<asyncio.Condition>(op.ref).wait();
    return OK;
  },
  *cond_wait_for(cx, op) {
    yield cx.primitive<asyncio.Condition>(op.ref).waitFor(() => {
      const count = cx.counter(op.counter);
      const holds = count >= op.ge;
      cx.log(`pred ${op.ref} ${count}>=${op.ge} ${holds}`);
      return holds;
    });
    return OK;
  },
  *barrier_wait(cx, op) {
    return yield cx.primitive<asyncio.Barrier>(op.ref).wait();
  },
  *barrier_reset(cx, op) {
    yield cx.primitive<asyncio.Barrier>(op.ref).reset();
    return OK;
  },
  *barrier_abort(cx, op) {
    yield cx.primitive<asyncio.Barrier>(op.ref).abort();
    return OK;
  },
  *put(cx, op, label) {
    const queue = cx.primitive<asyncio.Queue<Json>>(op.ref);
    const value = cx.value(op.value);
    label(op.ref, printValue(value));
    yield queue.put(value);
    return OK;
  },
  *get(cx, op) {
    return yield cx.primitive<asyncio.Queue<Json>>(op.ref).get();
  },
  *join(cx, op) {
    yield cx.primitive<asyncio.Queue<Json>>(op.ref).join();
    return OK;
  },
};

function nameList(cx: Activation, futures: Iterable<asyncio.Future<unknown>>): string {
  return `[${[...futures].map((future) => cx.nameOf(future)).sort().join(",")}]`;
}

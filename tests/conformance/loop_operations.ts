// deno-lint-ignore-file camelcase -- operations and fields are called what programs call them
/** Operations on the loop, timeouts and context variables that do not wait. */

import * as asyncio from "./library.ts";
import type { Activation, Callback } from "./activation.ts";
import { printValue } from "./errors.ts";
import { OK, type SyncTable } from "./operation.ts";
import { runNow } from "./steps.ts";

type Names =
  | "call_soon"
  | "call_later"
  | "call_at"
  | "handle_cancel"
  | "handle_cancelled"
  | "handle_when"
  | "timeout_new"
  | "reschedule"
  | "expired"
  | "when"
  | "ctx_get"
  | "ctx_set"
  | "ctx_reset"
  | "ctx_copy"
  | "ctx_peek"
  | "ctx_run";

export const LOOP_OPERATIONS: SyncTable<Names> = {
  call_soon(cx, op, label) {
    label(op.cb);
    const callback = inContext(cx, op.cb, op.context);
    cx.bind("handle", op.name, cx.world.loop.callSoon(callback));
    return OK;
  },
  call_later(cx, op, label) {
    label(op.ms, op.cb);
    const callback = inContext(cx, op.cb, op.context);
    cx.bind("handle", op.name, cx.world.loop.callLater(op.ms, callback));
    return OK;
  },
  call_at(cx, op, label) {
    label(op.at, op.cb);
    const callback = inContext(cx, op.cb, op.context);
    cx.bind("handle", op.name, cx.world.loop.callAt(op.at, callback));
    return OK;
  },
  handle_cancel(cx, op) {
    cx.find<asyncio.Handle>("handle", op.ref).cancel();
    return OK;
  },
  handle_cancelled: (cx, op) => cx.find<asyncio.Handle>("handle", op.ref).cancelled(),
  handle_when: (cx, op) => cx.timerHandle(op.ref).when(),
  timeout_new(cx, op, label) {
    label(op.name);
    cx.bind("timeout", op.name, makeTimeout(op));
    return OK;
  },
  reschedule(cx, op, label) {
    const timeout = cx.find<asyncio.Timeout>("timeout", op.ref);
    const when = op.in === undefined ? op.at ?? null : cx.world.loop.time() + op.in;
    label(op.ref, `${when}`);
    timeout.reschedule(when);
    return OK;
  },
  expired: (cx, op) => cx.find<asyncio.Timeout>("timeout", op.ref).expired(),
  when: (cx, op) => cx.find<asyncio.Timeout>("timeout", op.ref).when(),
  ctx_get(cx, op, label) {
    label(op.var);
    return cx.variable(op.var).get();
  },
  ctx_set(cx, op, label) {
    const value = cx.value(op.value);
    label(op.var, printValue(value));
    const token = cx.variable(op.var).set(value);
    if (op.token !== undefined) cx.world.names.bind("token", op.token, token);
    return OK;
  },
  ctx_reset(cx, op, label) {
    label(op.var, op.token);
    cx.variable(op.var).reset(cx.token(op.token));
    return OK;
  },
  ctx_copy(cx, op, label) {
    label(op.name);
    cx.world.names.bind("context", op.name, asyncio.copyContext());
    return OK;
  },
  ctx_peek(cx, op, label) {
    label(op.context, op.var);
    const value = cx.context(op.context).get(cx.variable(op.var));
    return value === undefined ? cx.world.program.vars?.[op.var] : value;
  },
  ctx_run(cx, op, label) {
    label(op.context);
    cx.context(op.context).run(() => runNow(cx.body(op.do)));
    return OK;
  },
};

export function makeTimeout(from: { ms?: number | null; at?: number | null }): asyncio.Timeout {
  return from.at === undefined ? asyncio.timeout(from.ms ?? null) : asyncio.timeoutAt(from.at);
}

/** The callback itself, or one that runs it in the context of that name. */
function inContext(cx: Activation, cb: string, context: string | undefined): Callback {
  const callback = cx.cb(cb);
  if (context === undefined) return () => callback();
  const found = cx.context(context);
  return () => found.run(callback);
}

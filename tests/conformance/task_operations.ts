// deno-lint-ignore-file camelcase -- operations and fields are called what programs call them
/** Operations on tasks, futures and groups that do not wait. */

import * as asyncio from "./library.ts";
import { type Activation, NoReference } from "./activation.ts";
import { makeError, print, printState, printValue } from "./errors.ts";
import { asAwaitable, compile } from "./expressions.ts";
import { OK, Raw, type SyncTable } from "./operation.ts";
import type { Value } from "./program.ts";

type Names =
  | "spawn"
  | "start"
  | "tg_new"
  | "tg_spawn"
  | "cancel"
  | "uncancel"
  | "cancelling"
  | "done"
  | "cancelled"
  | "result"
  | "exception"
  | "state"
  | "get_name"
  | "set_name"
  | "current"
  | "all_tasks"
  | "future"
  | "set_result"
  | "set_exception"
  | "add_cb"
  | "remove_cb";

export const TASK_OPERATIONS: SyncTable<Names> = {
  spawn(cx, op, label) {
    label(op.name);
    const options = taskOptions(cx, op.context);
    const task = cx.world.loop.createTask(call(cx, op.coro, op.name, op.arg), options);
    label(cx.nameOf(task));
    cx.bind("future", op.name, task);
    return OK;
  },
  start(cx, op, label) {
    label(op.name);
    const expression = compile(cx, op.aw, op.name);
    if (!expression.found) throw new NoReference();
    const future = asyncio.ensureFuture(asAwaitable(cx, expression.build([])));
    cx.world.names.adopt(op.name, future);
    label(cx.nameOf(future));
    cx.bind("future", op.name, future);
    return OK;
  },
  tg_new(cx, op, label) {
    label(op.name);
    cx.bind("group", op.name, new asyncio.TaskGroup());
    return OK;
  },
  tg_spawn(cx, op, label) {
    label(op.group);
    const group = cx.find<asyncio.TaskGroup>("group", op.group);
    const options = taskOptions(cx, op.context);
    label(op.group, op.name);
    const task = group.createTask(call(cx, op.coro, op.name, op.arg), options);
    label(op.group, cx.nameOf(task));
    cx.bind("future", op.name, task);
    return OK;
  },
  cancel(cx, op, label) {
    const future = cx.future(op.ref);
    label(cx.nameOf(future), op.msg);
    return op.msg === undefined ? future.cancel() : future.cancel(op.msg);
  },
  uncancel: (cx, op, label) => named(cx, cx.task(op.ref), label).uncancel(),
  cancelling: (cx, op, label) => named(cx, cx.task(op.ref), label).cancelling(),
  done: (cx, op, label) => named(cx, cx.future(op.ref), label).done(),
  cancelled: (cx, op, label) => named(cx, cx.future(op.ref), label).cancelled(),
  result: (cx, op, label) => named(cx, cx.future(op.ref), label).result(),
  exception: (cx, op, label) => named(cx, cx.future(op.ref), label).exception(),
  state: (cx, op, label) => new Raw(printState(named(cx, cx.future(op.ref), label))),
  get_name: (cx, op, label) => named(cx, cx.task(op.ref), label).name,
  set_name(cx, op, label) {
    const task = cx.task(op.ref);
    label(cx.nameOf(task), op.name);
    task.name = op.name;
    return OK;
  },
  current(cx) {
    const task = asyncio.currentTask(cx.world.loop);
    return task === null ? null : cx.nameOf(task);
  },
  all_tasks(cx) {
    const names = [...asyncio.allTasks(cx.world.loop)].map((task) => cx.world.names.of(task));
    return new Raw(`[${names.filter((name) => name !== undefined).sort().join(",")}]`);
  },
  future(cx, op, label) {
    const future = cx.world.loop.createFuture();
    cx.world.names.adopt(op.name, future);
    label(cx.nameOf(future));
    cx.bind("future", op.name, future);
    return OK;
  },
  set_result(cx, op, label) {
    const future = cx.plainFuture(op.ref);
    const value = cx.value(op.value);
    label(cx.nameOf(future), printValue(value));
    future.setResult(value);
    return OK;
  },
  set_exception(cx, op, label) {
    const future = cx.plainFuture(op.ref);
    const error = makeError(op.kind, op.msg);
    label(cx.nameOf(future), print(error));
    future.setException(error);
    return OK;
  },
  add_cb(cx, op, label) {
    const future = cx.future(op.ref);
    label(cx.nameOf(future), op.cb);
    future.addDoneCallback(cx.cb(op.cb), taskOptions(cx, op.context));
    return OK;
  },
  remove_cb(cx, op, label) {
    const future = cx.future(op.ref);
    label(cx.nameOf(future), op.cb);
    return future.removeDoneCallback(cx.cb(op.cb));
  },
};

/** A call of a coroutine that becomes a task called `name` when the library makes one of it. */
function call(cx: Activation, coro: string, name: string, arg: Value | undefined) {
  const value = cx.value(arg);
  const startable = cx.world.style.lazy(() =>
    cx.world.interpreter.coroutine(cx.world, coro, value)
  );
  cx.world.names.want(startable as WeakKey, name);
  return startable;
}

function taskOptions(cx: Activation, context: string | undefined): { context?: asyncio.Context } {
  return context === undefined ? {} : { context: cx.context(context) };
}

function named<F extends asyncio.Future<unknown>>(
  cx: Activation,
  future: F,
  label: (name: string) => void,
): F {
  label(cx.nameOf(future));
  return future;
}

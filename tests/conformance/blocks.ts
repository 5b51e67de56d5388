// deno-lint-ignore-file camelcase -- operations and fields are called what programs call them
/** Bodies: lists of operations, run one after the other, and the operations that have bodies of their own. */

import * as asyncio from "./library.ts";
import { type Activation, NoReference } from "./activation.ts";
import { InterpreterError, makeError, matches, print, printValue } from "./errors.ts";
import { runCompletionLoop, runGeneratorLoop } from "./loops.ts";
import { LOOP_OPERATIONS, makeTimeout } from "./loop_operations.ts";
import { type Label, runOperation } from "./operation.ts";
import { PRIMITIVE_OPERATIONS } from "./primitive_operations.ts";
import type { Block, CatchKind, Named, Operation, PlainOperation, Test } from "./program.ts";
import { Closing, type Completion, Emit, Return, type Steps } from "./steps.ts";
import { TASK_OPERATIONS } from "./task_operations.ts";
import { WAITING_OPERATIONS } from "./waiting_operations.ts";

type AnyBlock = (cx: Activation, op: Operation) => Steps<Completion>;
type AnyWaiting = (cx: Activation, op: PlainOperation, label: Label) => Steps<unknown>;
type AnySync = (cx: Activation, op: PlainOperation, label: Label) => unknown;

/** Runs operations in order; stops early at a `return`, which it hands on. */
export function* runBody(
  cx: Activation,
  operations: readonly Operation[] = [],
): Steps<Completion> {
  for (const op of operations) {
    const block = BY_NAME.blocks.get(op.op);
    if (block) {
      const completion = yield* block(cx, op);
      if (completion) return completion;
    } else {
      const plain = op as PlainOperation;
      yield* runOperation(cx, plain, (label) => act(cx, plain, label));
    }
  }
  return undefined;
}

function* act(cx: Activation, op: PlainOperation, label: Label): Steps<unknown> {
  const waiting = BY_NAME.waiting.get(op.op);
  if (waiting) return yield* waiting(cx, op, label);
  const sync = BY_NAME.sync.get(op.op);
  if (!sync) throw new InterpreterError(`Cannot run "${op.op}": no such operation`);
  return sync(cx, op, label);
}

const BLOCKS: {
  readonly [N in Block["op"]]: (cx: Activation, op: Named<Block, N>) => Steps<Completion>;
} = {
  // deno-lint-ignore require-yield
  *log(cx, op) {
    cx.log(`log ${op.msg}`);
    return undefined;
  },
  // deno-lint-ignore require-yield
  *raise(cx, op) {
    const error = makeError(op.kind, op.msg);
    cx.log(`raise ${print(error)}`);
    if (!matches(op.catch, error)) throw error;
    return undefined;
  },
  // deno-lint-ignore require-yield
  *return(cx, op) {
    const value = cx.value(op.value);
    cx.log(`return ${printValue(value)}`);
    return new Return(value);
  },
  *yield(cx, op) {
    const value = cx.value(op.value);
    cx.log(`yield ${printValue(value)}`);
    yield new Emit(value);
    return undefined;
  },
  *repeat(cx, op) {
    for (let i = 0; i < op.n; i++) {
      cx.store(op.as, i);
      const completion = yield* cx.body(op.body);
      if (completion) return completion;
    }
    return undefined;
  },
  *if(cx, op) {
    return yield* cx.body(holds(cx, op.cond) ? op.then : op.else);
  },
  *try(cx, op) {
    try {
      return yield* tryClauses(cx, op);
    } finally {
      yield* cx.body(op.finally);
    }
  },
  *with(cx, op) {
    const manager = cx.primitive<asyncio.Lock | asyncio.Barrier>(op.ref);
    function* body(entered: unknown): Steps<Completion> {
      cx.log(`with ${op.ref} enter${typeof entered === "number" ? ` ${entered}` : ""}`);
      return yield* cx.body(op.body);
    }
    return yield* guarded(cx, `with ${op.ref}`, op.catch, within(cx, manager, body));
  },
  *timeout(cx, op) {
    const timeout = op.reuse
      ? existing<asyncio.Timeout>(cx, "timeout", op.name)
      : declared(cx, "timeout", op.name, makeTimeout(op));
    if (timeout === null) return undefined;
    function* body(): Steps<Completion> {
      cx.log(`timeout ${op.name} enter when=${timeout!.when()}`);
      return yield* cx.body(op.body);
    }
    const steps = within(cx, timeout, body);
    return yield* guarded(
      cx,
      `timeout ${op.name}`,
      op.catch,
      steps,
      () => ` expired=${timeout.expired()}`,
    );
  },
  *taskgroup(cx, op) {
    const group = op.reuse
      ? existing<asyncio.TaskGroup>(cx, "group", op.name)
      : declared(cx, "group", op.name, new asyncio.TaskGroup());
    if (group === null) return undefined;
    function* body(): Steps<Completion> {
      cx.log(`taskgroup ${op.name} enter`);
      return yield* cx.body(op.body);
    }
    return yield* guarded(cx, `taskgroup ${op.name}`, op.catch, within(cx, group, body));
  },
  agen_for: runGeneratorLoop,
  as_completed: runCompletionLoop,
};

const BY_NAME = {
  blocks: new Map(Object.entries(BLOCKS as unknown as Record<string, AnyBlock>)),
  waiting: new Map(
    Object.entries(WAITING_OPERATIONS as unknown as Record<string, AnyWaiting>),
  ),
  sync: new Map(Object.entries(
    { ...TASK_OPERATIONS, ...LOOP_OPERATIONS, ...PRIMITIVE_OPERATIONS } as unknown as Record<
      string,
      AnySync
    >,
  )),
};

function* tryClauses(cx: Activation, op: Named<Block, "try">): Steps<Completion> {
  let completion: Completion;
  try {
    completion = yield* cx.body(op.body);
  } catch (error) {
    const clause = op.catch?.find(({ on }) => matches(on, error));
    if (!clause) throw error;
    cx.log(`caught ${clause.on} ${print(error)}`);
    cx.store(clause.into, print(error));
    const handled = yield* cx.body(clause.do);
    if (!handled && clause.reraise) throw error;
    return handled;
  }
  return completion ?? (yield* cx.body(op.else));
}

function holds(cx: Activation, test: Test): boolean {
  if ("counter" in test) return cx.counter(test.counter) >= test.ge;
  if ("local" in test) return (cx.locals.get(test.local) ?? null) === test.eq;
  try {
    return cx.future(test.done).done();
  } catch (error) {
    if (error instanceof NoReference) return false;
    throw error;
  }
}

function* within<T>(
  cx: Activation,
  manager: asyncio.AsyncContextManager<T>,
  body: (entered: T) => Steps<Completion>,
): Steps<Completion> {
  if (!cx.inGenerator) {
    return (yield asyncio.asyncWith(
      manager,
      (entered) => cx.world.style.call(body(entered)),
    )) as Completion;
  }
  // A native generator cannot yield out of a function that it passes: it enters and leaves by hand.
  const entered = (yield manager.enter()) as T;
  let completion: Completion;
  try {
    completion = yield* body(entered);
  } catch (error) {
    if (!(yield manager.exit({ error }))) throw error;
  }
  yield manager.exit(null);
  return completion;
}

/** Runs a block whose exit is a line, with the rule of `catch`. */
function* guarded(
  cx: Activation,
  head: string,
  catchKind: CatchKind | undefined,
  steps: Steps<Completion>,
  suffix: () => string = () => "",
): Steps<Completion> {
  let completion: Completion;
  try {
    completion = yield* steps;
  } catch (error) {
    cx.log(`${head} ${error instanceof Closing ? "-> ok" : `!! ${print(error)}`}${suffix()}`);
    if (!matches(catchKind, error)) throw error;
    return undefined;
  }
  cx.log(`${head} -> ok${suffix()}`);
  return completion;
}

function declared<T>(cx: Activation, sort: "timeout" | "group", name: string, made: T): T {
  cx.bind(sort, name, made);
  return made;
}

/** What an earlier operation made under that name; if nothing did, the block is skipped. */
function existing<T>(cx: Activation, sort: "timeout" | "group", name: string): T | null {
  try {
    return cx.find<T>(sort, name);
  } catch (error) {
    if (!(error instanceof NoReference)) throw error;
    cx.log(`${sort === "group" ? "taskgroup" : "timeout"} ${name} -> noref`);
    return null;
  }
}

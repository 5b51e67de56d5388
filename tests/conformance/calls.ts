/** The top of the interpreter: calls of a program's coroutines, callbacks and generators. */

import type { Future } from "./library.ts";
import { Activation, type Interpreter, type World } from "./activation.ts";
import { runBody } from "./blocks.ts";
import { InterpreterError, print, printState, printValue } from "./errors.ts";
import type { Json, Operation } from "./program.ts";
import { Closing, runNow, type Steps } from "./steps.ts";

export const INTERPRETER: Interpreter = {
  body: runBody,
  coroutine: runCoroutine,
  generator: runGenerator,
  callback: runCallback,
};

function* runCoroutine(world: World, name: string, arg: Json): Steps<Json> {
  const activation = begin(world, name, arg);
  try {
    const completion = yield* runBody(activation, operations(world.program.coros, name));
    const value = completion?.value ?? null;
    activation.log(`end ${name} -> ${printValue(value)}`);
    return value;
  } catch (error) {
    world.noteFault(error);
    activation.log(`end ${name} !! ${print(error)}`);
    throw error;
  }
}

function* runGenerator(world: World, name: string, arg: Json): Steps<void> {
  const activation = begin(world, name, arg, true);
  try {
    yield* runBody(activation, operations(world.program.agens, name));
    activation.log(`end ${name}`);
  } catch (error) {
    if (error instanceof Closing) return activation.log(`end ${name} closed`);
    world.noteFault(error);
    activation.log(`end ${name} !! ${print(error)}`);
    throw error;
  }
}

/** What `callSoon` and `addDoneCallback` are given; only the latter passes a future. */
function runCallback(world: World, name: string, future?: Future<unknown>): void {
  const activation = new Activation(world, name);
  activation.log(
    future === undefined ? "called" : `called ${activation.nameOf(future)} ${printState(future)}`,
  );
  try {
    runNow(runBody(activation, operations(world.program.callbacks, name)));
  } catch (error) {
    world.noteFault(error);
    throw error;
  }
}

function begin(world: World, name: string, arg: Json, inGenerator = false): Activation {
  const activation = new Activation(world, undefined, inGenerator);
  activation.store("arg", arg);
  activation.log(`begin ${name}`);
  return activation;
}

function operations(of: Record<string, Operation[]> | undefined, name: string): Operation[] {
  const found = of?.[name];
  if (!found) throw new InterpreterError(`Cannot call "${name}": the program does not define it`);
  return found;
}

// The assertions about errors. Each checks the class, then that the message includes a text, and
// gives the error back.

import { AssertionError } from "./assertion_error.ts";

// deno-lint-ignore no-explicit-any -- the constructor's arguments are of no interest here
type ErrorClass<E extends Error> = abstract new (...args: any[]) => E;

export function assertIsError<E extends Error = Error>(
  error: unknown,
  errorClass?: ErrorClass<E>,
  msgMatches?: string | RegExp,
  msg?: string,
): asserts error is E {
  const end = msg ? `: ${msg}` : ".";
  if (!(error instanceof Error)) {
    throw new AssertionError(`Expected an Error object, but was ${Deno.inspect(error)}${end}`);
  }
  if (errorClass && !(error instanceof errorClass)) {
    throw new AssertionError(
      `Expected error to be instance of "${errorClass.name}", but was "${error.constructor.name}" ` +
        `with message ${JSON.stringify(error.message)}${end}`,
    );
  }
  if (msgMatches && !matches(error.message, msgMatches)) {
    throw new AssertionError(
      `Expected error message to include ${msgMatches}, but got ${
        JSON.stringify(error.message)
      }${end}`,
    );
  }
}

export function assertThrows(fn: () => unknown, msg?: string): unknown;
export function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  errorClass: ErrorClass<E>,
  msgIncludes?: string,
  msg?: string,
): E;
export function assertThrows(
  fn: () => unknown,
  ...expectation: Expectation
): unknown {
  const check = checkFor(expectation);
  try {
    fn();
  } catch (error) {
    return check(error);
  }
  throw new AssertionError(`Expected function to throw${messageEnd(expectation)}`);
}

export function assertRejects(fn: () => PromiseLike<unknown>, msg?: string): Promise<unknown>;
export function assertRejects<E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  errorClass: ErrorClass<E>,
  msgIncludes?: string,
  msg?: string,
): Promise<E>;
export async function assertRejects(
  fn: () => PromiseLike<unknown>,
  ...expectation: Expectation
): Promise<unknown> {
  const check = checkFor(expectation);
  const promise = startOf(fn, expectation);
  try {
    await promise;
  } catch (error) {
    return check(error);
  }
  throw new AssertionError(`Expected function to reject${messageEnd(expectation)}`);
}

type Expectation = [
  errorClassOrMsg?: ErrorClass<Error> | string | undefined,
  msgIncludes?: string | undefined,
  msg?: string | undefined,
];

function checkFor([errorClass, msgIncludes, msg]: Expectation): (error: unknown) => unknown {
  return (error) => {
    if (typeof errorClass === "function") assertIsError(error, errorClass, msgIncludes, msg);
    return error;
  };
}

/** A function that throws instead of returning a promise has not rejected. */
function startOf(fn: () => PromiseLike<unknown>, expectation: Expectation): PromiseLike<unknown> {
  try {
    const promise = fn();
    if (typeof promise?.then === "function") return promise;
  } catch (error) {
    throw new AssertionError(
      `Function throws when expected to reject${messageEnd(expectation)}`,
      { cause: error },
    );
  }
  throw new AssertionError(`Function returned no promise${messageEnd(expectation)}`);
}

function messageEnd(expectation: Expectation): string {
  const msg = typeof expectation[0] === "function" ? expectation[2] : expectation[0];
  return msg ? `: ${msg}` : ".";
}

function matches(message: string, expected: string | RegExp): boolean {
  return typeof expected === "string" ? message.includes(expected) : expected.test(message);
}

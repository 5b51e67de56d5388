/**
 * What a program in debug mode reports to its loop's exception handler, for both styles.
 *
 * A report is one event: `<kind> <about>`, its places by the names of their functions, its cause. The
 * same program with debug mode off may report no mistake.
 */
import { assertEquals } from "@std/assert";
import {
  DebugWarning,
  type ExceptionContext,
  Runner,
  type Startable,
  VirtualClock,
} from "../../mod.ts";
import type { Event, Print, Programs } from "./both_styles.ts";
import { holdHostTime } from "./host_time.ts";

/** Everything that is reported while a program runs and its loop is closed. */
export async function contextsOf(main: Startable<unknown>): Promise<ExceptionContext[]> {
  using _ = holdHostTime();
  const contexts: ExceptionContext[] = [];
  await using runner = new Runner({ debug: true, clock: new VirtualClock() });
  runner.getLoop().setExceptionHandler((_loop, context) => contexts.push(context));
  await runner.run(main);
  await runner.close();
  return contexts;
}

/** Registers a program whose events are what it prints, and its reports. */
export function reported(name: string, programs: Programs, expected: readonly Event[]): void {
  for (const style of ["generator", "async"] as const) {
    Deno.test(`${name} (${style})`, async () => {
      assertEquals(await recordReports(programs[style], true), expected);
    });
    Deno.test(`${name}, and debug mode off reports nothing (${style})`, async () => {
      const events = await recordReports(programs[style], false);
      assertEquals(events.filter(([, line]) => MISTAKE.test(line)), []);
    });
  }
}

const MISTAKE =
  /^(Slow|CoroutineNeverAwaited|CancellationSwallowed|TaskDestroyed|WrongTask|GeneratorReused|OrphansLeft)/;

async function recordReports(program: Programs["async"], debug: boolean): Promise<Event[]> {
  using _ = holdHostTime();
  const clock = new VirtualClock();
  const events: Event[] = [];
  const print: Print = (...words) => events.push([clock.now(), words.join(" ")]);
  const runner = new Runner({ debug, clock });
  runner.getLoop().setExceptionHandler((_loop, context) => print(describeReport(context)));
  await runner.run(program(print));
  await runner.close();
  return events;
}

/** `SlowStep main, after sleep(10) in main, made in ...`, without what depends on the machine. */
export function describeReport(context: ExceptionContext): string {
  const { exception, task, future, handle, madeAt } = context;
  const warning = exception instanceof DebugWarning ? exception : null;
  const about = task?.name ?? future?._label() ?? (handle === undefined ? "" : `${handle}`);
  const what = warning !== null ? warning.kind : `${exception}`;
  const where = warning !== null
    ? warning.where.filter((line) => !line.startsWith("  "))
    : madeAt === undefined
    ? []
    : [`made at ${madeAt.split("\n")[0]}`];
  const cause = warning?.cause === undefined ? [] : [`because of ${warning.cause}`];
  return [[what, about].join(" ").trim(), ...where.map(withoutPlace), ...cause].join(", ");
}

/** `made at main (file:///x.ts:1:2)` -> `made in main`. */
function withoutPlace(line: string): string {
  const named = line.replace(/,? at (?:async )?(?:Object\.)?([\w.]+) \(.*\)$/, " in $1");
  return named.replace(/,? at (?:async )?\S+$/, " somewhere");
}

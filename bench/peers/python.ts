/**
 * The programs in `python/`, where there is a Python to run them. Each is a process that does the work as
 * often as it is asked to: a line with n goes in, a line with the nanoseconds and the check value comes out.
 */

import { measure, warmUp } from "../budgets/repeat.ts";
import type { Amount } from "./row.ts";
import { EFFORT_OF_PYTHON } from "./effort.ts";

/** An interpreter, and the versions of what it can import. */
export interface Python {
  readonly executable: string;
  readonly versions: Readonly<Record<string, string>>;
}

const CANDIDATES = ["python3", "/usr/bin/python3", "python"];
const PACKAGES = ["uvloop", "trio"];

/** The first Python since 3.11 that has most of the packages. Null without any. */
async function findPython(): Promise<Python | null> {
  let best: Python | null = null;
  for (const command of CANDIDATES) {
    const python = await describePython(command);
    if (python === null) continue;
    const more = packagesOf(python).length - (best === null ? -1 : packagesOf(best).length);
    if (more > 0) best = python;
  }
  return best;
}

function packagesOf({ versions }: Python): string[] {
  return PACKAGES.filter((name) => name in versions);
}

/** Runs a program of `python/`; the nanoseconds of an operation, as often as is asked for. */
export async function measurePython(
  python: Python,
  program: readonly string[],
  amount: Amount,
): Promise<number[]> {
  return await withAnswers(python, program, async (ask) => {
    async function timed(n: number): Promise<number> {
      const [ns, check] = await ask(n);
      if (check === n) return ns!;
      throw new Error(`Cannot measure ${program}: it returned ${check}, expected ${n}`);
    }
    await warmUp(timed, amount.warmUp, EFFORT_OF_PYTHON);
    const measured: number[] = [];
    while (measured.length < amount.figures) {
      measured.push(await measure(timed, amount.n, EFFORT_OF_PYTHON));
    }
    return measured;
  });
}

/** Runs a program whose check value is what is to be known, once. */
export async function askPython(
  python: Python,
  program: readonly string[],
  n: number,
): Promise<number> {
  return await withAnswers(python, program, async (ask) => (await ask(n))[1]!);
}

async function withAnswers<T>(
  { executable }: Python,
  [program, ...args]: readonly string[],
  body: (ask: (n: number) => Promise<number[]>) => Promise<T>,
): Promise<T> {
  const child = new Deno.Command(executable, {
    args: ["-B", `${import.meta.dirname}/python/${program}`, ...args],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const answers = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const questions = child.stdin.getWriter();

  async function ask(n: number): Promise<number[]> {
    await questions.write(new TextEncoder().encode(`${n}\n`));
    return (await readLine(answers)).split(" ").map(Number);
  }

  try {
    return await body(ask);
  } finally {
    // Not killed: it has to end the processes that it may have started.
    await questions.close();
    await child.status;
    await answers.cancel();
  }
}

/** An answer is one line, and nothing else comes until the next question. */
async function readLine(reader: ReadableStreamDefaultReader<string>): Promise<string> {
  let line = "";
  while (!line.endsWith("\n")) {
    const { value, done } = await reader.read();
    if (done) throw new Error("Python ended without an answer");
    line += value;
  }
  return line;
}

const DESCRIBE = `
import importlib, json, sys
if sys.version_info < (3, 11): sys.exit(1)
versions = {"CPython": sys.version.split()[0]}
for name in ${JSON.stringify(PACKAGES)}:
    try: versions[name] = importlib.import_module(name).__version__
    except ImportError: pass
print(json.dumps({"executable": sys.executable, "versions": versions}))
`;

/** The command may be a script that looks for the interpreter; what it finds is started directly. */
async function describePython(command: string): Promise<Python | null> {
  try {
    const python = new Deno.Command(command, { args: ["-c", DESCRIBE], stderr: "null" });
    const { success, stdout } = await python.output();
    return success ? JSON.parse(new TextDecoder().decode(stdout)) : null;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/** What there is on this machine. */
export const PYTHON: Python | null = await findPython();

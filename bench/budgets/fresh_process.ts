/** Runs a script of this directory in a process of its own and returns the JSON that it prints. */
export function inFreshProcess(script: string, ...args: string[]): Promise<unknown> {
  return execute(script, args, "--expose-gc");
}

/** The same, where the script prints a number. */
export async function numberFromFreshProcess(script: string, ...args: string[]): Promise<number> {
  return asNumber(await inFreshProcess(script, ...args), script);
}

/** The same, where it prints several. */
export async function numbersFromFreshProcess(
  script: string,
  ...args: string[]
): Promise<number[]> {
  return asNumbers(await inFreshProcess(script, ...args), script);
}

/** The same with all threads of the process on one core: no other has to be woken. On Linux alone. */
export async function numbersFromOneCore(script: string, ...args: string[]): Promise<number[]> {
  const core = String(navigator.hardwareConcurrency - 1);
  return asNumbers(await execute(script, args, "--expose-gc", ["taskset", "-c", core]), script);
}

/**
 * The same, where V8 collects garbage and compiles on the thread that runs: with other threads it would wait
 * for them now and then, on a busy machine for long.
 */
export async function numberFromOneThread(script: string, ...args: string[]): Promise<number> {
  return asNumber(await execute(script, args, "--expose-gc,--single-threaded"), script);
}

/** A process that takes longer hangs: it is killed, and it is said which one it was. */
const TOO_LONG_MS = 120_000;

async function execute(
  script: string,
  args: string[],
  v8Flags: string,
  launcher: readonly string[] = [],
): Promise<unknown> {
  const path = new URL(script, import.meta.url).href;
  const deno = [Deno.execPath(), "run", "--no-check", "--no-lock", "-A", `--v8-flags=${v8Flags}`];
  const [program, ...rest] = [...launcher, ...deno, path, ...args];
  const { success, signal, stdout, stderr } = await new Deno.Command(program!, {
    args: rest,
    signal: AbortSignal.timeout(TOO_LONG_MS),
  }).output();
  if (!success) {
    const reason = signal ?? new TextDecoder().decode(stderr);
    throw new Error(`Cannot measure ${script} ${args.join(" ")}: ${reason}`);
  }
  return JSON.parse(new TextDecoder().decode(stdout));
}

function asNumbers(values: unknown, script: string): number[] {
  return (values as unknown[]).map((value) => asNumber(value, script));
}

function asNumber(value: unknown, script: string): number {
  if (typeof value !== "number") {
    throw new TypeError(`${script} printed ${value}, expected a number`);
  }
  return value;
}

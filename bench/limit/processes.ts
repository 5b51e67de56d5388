/**
 * The least that gets work done in processes: bare ones that read numbers as lines and answer each with a
 * line. Nothing checks, cancels, or notices a process that died.
 */

const CODE = `
  const fib = (n) => n < 2 ? n : fib(n - 1) + fib(n - 2);
  const answer = (line) => line[0] === "f" ? fib(Number(line.slice(1))) : line;
  const buffer = new Uint8Array(65536);
  let rest = "";
  for (let n; (n = Deno.stdin.readSync(buffer)) !== null;) {
    const lines = (rest + new TextDecoder().decode(buffer.subarray(0, n))).split("\\n");
    rest = lines.pop();
    for (const line of lines) Deno.stdout.writeSync(new TextEncoder().encode(answer(line) + "\\n"));
  }
`;

class BareProcess {
  readonly #child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-config", `data:text/javascript,${encodeURIComponent(CODE)}`],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  readonly #input = this.#child.stdin.getWriter();
  readonly #output = this.#child.stdout.pipeThrough(new TextDecoderStream()).getReader();

  async ask(line: string): Promise<number> {
    const written = this.#input.write(new TextEncoder().encode(`${line}\n`));
    let answer = "";
    while (!answer.endsWith("\n")) answer += (await this.#output.read()).value;
    await written;
    return Number(answer);
  }

  async end(): Promise<void> {
    await this.#input.close();
    await this.#child.status;
    await this.#output.cancel();
  }
}

const warm: BareProcess[] = [];

/** A line to a process that is up, and its answer. */
export async function roundTrip(n: number): Promise<number> {
  const process = warm[0] ??= new BareProcess();
  let done = 0;
  for (let i = 0; i < n; i++) if (await process.ask(String(i)) === i) done++;
  return done;
}

/** Computations of about 5 ms, half of them in each of two processes. */
export async function computations(n: number): Promise<number> {
  const processes = [warm[0] ??= new BareProcess(), warm[1] ??= new BareProcess()];
  const shares = processes.map(async (process, i) => {
    let done = 0;
    for (let k = i; k < n; k += 2) if (await process.ask("f27") === 196_418) done++;
    return done;
  });
  return (await Promise.all(shares)).reduce((sum, done) => sum + done);
}

/** A process is started, answers once, and is ended. */
export async function coldStart(n: number): Promise<number> {
  let done = 0;
  for (let i = 0; i < n; i++) {
    const process = new BareProcess();
    if (await process.ask(String(i)) === i) done++;
    await process.end();
  }
  return done;
}

/** Processes are started, answer once each, and stay up with nothing to do. */
export async function startWorkers(n: number): Promise<number> {
  const asked = Array.from({ length: n }, (_, i) => new BareProcess().ask(String(i)));
  return (await Promise.all(asked)).filter((answer, i) => answer === i).length;
}

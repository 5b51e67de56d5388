/** The worker command in a process of its own, as a host runs it. */

import { boundCommand } from "./processes.ts";

const COMMAND = new URL("../../src/distributed/worker.ts", import.meta.url).pathname;
const START_MS = 20_000;

export type LogRecord = { readonly event?: string } & Readonly<Record<string, unknown>>;

export class WorkerProcess implements AsyncDisposable {
  /** What it has written so far, a record a line. */
  readonly log: LogRecord[] = [];
  /** What it has written to standard error. */
  complaints = "";
  readonly #process: Deno.ChildProcess;
  readonly #reading: Promise<unknown>;
  readonly #started = Promise.withResolvers<void>();

  private constructor(url: string, args: string[], env: Record<string, string>, command: string) {
    this.#process = boundCommand(Deno.execPath(), {
      args: ["run", "-A", "--no-check", command, "--redis", url, ...args],
      env,
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.#reading = Promise.all([this.#readLog(), this.#readComplaints()]);
  }

  /** Starts it, and does not wait for anything. */
  static spawn(url: string, args: string[]): WorkerProcess {
    const worker = new WorkerProcess(url, args, {}, COMMAND);
    worker.#started.promise.catch(() => {}); // it may end instead
    return worker;
  }

  /** Resolves once it takes jobs. `command` may be another program that takes and says the same. */
  static async start(
    url: string,
    args: string[],
    env: Record<string, string> = {},
    command: string = COMMAND,
  ): Promise<WorkerProcess> {
    const worker = new WorkerProcess(url, args, env, command);
    const late = setTimeout(() => worker.#process.kill("SIGKILL"), START_MS);
    try {
      await worker.#started.promise;
    } finally {
      clearTimeout(late);
    }
    return worker;
  }

  /** All that it has written. */
  get said(): string {
    return this.log.map((record) => `${JSON.stringify(record)}\n`).join("") + this.complaints;
  }

  get pid(): number {
    return this.#process.pid;
  }

  /** Ends it as a crash does. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  /** Asks it to end and gives its exit code. */
  async stop(): Promise<number> {
    return await this.#end("SIGTERM");
  }

  /** Its exit code, whenever it ends. */
  async ended(): Promise<number> {
    const { code } = await this.#process.status;
    await this.#reading;
    return code;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
  }

  async #end(signal: Deno.Signal): Promise<number> {
    try {
      this.#process.kill(signal);
    } catch (error) {
      // It may have ended by itself.
      if (!(error instanceof TypeError)) throw error;
    }
    return await this.ended();
  }

  async #readLog(): Promise<void> {
    for await (const line of linesOf(this.#process.stdout)) {
      const record: LogRecord = JSON.parse(line);
      this.log.push(record);
      if (record.event === "started") this.#started.resolve();
    }
    this.#started.reject(new Error(`The worker ended before it took jobs: ${this.said}`));
  }

  async #readComplaints(): Promise<void> {
    const text = this.#process.stderr.pipeThrough(new TextDecoderStream());
    for await (const part of text) this.complaints += part;
  }
}

async function* linesOf(bytes: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  let rest = "";
  for await (const part of bytes.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + part).split("\n");
    rest = lines.pop()!;
    yield* lines;
  }
  if (rest !== "") yield rest;
}

/** A host, where a service manager starts the worker again whenever it has gone down. */
export class Host implements AsyncDisposable {
  /** The worker that takes jobs now; none while the next one starts. */
  worker: WorkerProcess | null = null;
  #up = true;
  readonly #running: Promise<void>;

  constructor(private readonly start: () => Promise<WorkerProcess>) {
    this.#running = this.#run();
    this.#running.catch(() => {}); // told when it is closed
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#up = false;
    await this.worker?.kill();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#up) {
      this.worker = await this.start();
      if (!this.#up) await this.worker.kill();
      await this.worker.ended();
      this.worker = null;
    }
  }
}

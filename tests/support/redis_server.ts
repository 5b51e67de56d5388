/**
 * A Redis of a test's own: on loopback, on a port of its own, its data in a temporary folder. Where none
 * is installed, tests against it are ignored, and one line says so.
 *
 * Imports no package, so that the tools that run the tests can ask whether there is one.
 */
import { freePort, isListening } from "./ports.ts";
import { boundCommand } from "./processes.ts";
import { within } from "./within.ts";

/** Redis, and what is spoken to in the same way. */
const PROGRAMS = ["redis-server", "valkey-server"];
const SAID = "ASYNCIO_SAID_REDIS_IS_MISSING";
const START_MS = 10_000;

/** Who signed the certificate of a Redis with TLS. */
export const AUTHORITY = new URL("tls/authority.pem", import.meta.url).pathname;

const TLS = [
  ...["--tls-cert-file", new URL("tls/certificate.pem", import.meta.url).pathname],
  ...["--tls-key-file", new URL("tls/key.pem", import.meta.url).pathname],
  ...["--tls-ca-cert-file", AUTHORITY, "--tls-auth-clients", "no"],
];

const program = PROGRAMS.find(isInstalled);

/** How to start it. */
export interface RedisOptions {
  /** Keep a file of all writes, and read it at the next start. */
  appendOnly?: boolean;
  /** Further arguments, as `["--requirepass", "secret"]`. */
  args?: string[];
  /** Speak TLS, and nothing else, with the certificate in `tls/`. */
  tls?: boolean;
}

/** Registers a test, which is ignored where there is no Redis. */
export function redisTest(name: string, body: () => Promise<void>): void {
  sayWhetherRedisIsMissing();
  Deno.test({ name, ignore: program === undefined, fn: body });
}

/** One line, once for all the processes of a run. */
export function sayWhetherRedisIsMissing(): void {
  if (program !== undefined || Deno.env.get(SAID) !== undefined) return;
  Deno.env.set(SAID, "yes");
  console.log(`${PROGRAMS.join(" or ")} is not installed: the tests that need it are ignored`);
}

export class RedisServer implements AsyncDisposable {
  #process: Deno.ChildProcess | null = null;

  private constructor(
    readonly port: number,
    readonly folder: string,
    private readonly options: RedisOptions,
  ) {}

  /** Resolves once it answers. */
  static async start(options: RedisOptions = {}): Promise<RedisServer> {
    const server = new RedisServer(freePort(), await Deno.makeTempDir(), options);
    await server.restart();
    return server;
  }

  get url(): string {
    return `${this.options.tls ? "rediss" : "redis"}://127.0.0.1:${this.port}`;
  }

  /** Starts it again on the same port, over the same folder. */
  async restart(): Promise<void> {
    if (program === undefined) throw new Error("Cannot start Redis: it is not installed");
    this.#process = boundCommand(program, {
      args: this.#args(),
      stdin: "null",
      stdout: "null",
    }).spawn();
    let ended = false;
    this.#process.status.then(() => ended = true);
    const listens = async () => {
      if (await isListening(this.port)) return true;
      if (ended) throw new Error(`Cannot start Redis on port ${this.port}: it ended`);
      return false;
    };
    await within(listens, START_MS, () => `Redis did not start in ${START_MS} ms`);
  }

  /** Ends it as a crash does: nothing is written any more, connections break. */
  async kill(): Promise<void> {
    this.#process?.kill("SIGKILL");
    await this.#process?.status;
    this.#process = null;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    await Deno.remove(this.folder, { recursive: true });
  }

  #args(): string[] {
    const { appendOnly = false, args = [], tls = false } = this.options;
    const port = String(this.port);
    const listen = tls ? ["--port", "0", "--tls-port", port, ...TLS] : ["--port", port];
    const storage = ["--dir", this.folder, "--save", "", "--appendonly", appendOnly ? "yes" : "no"];
    return ["--bind", "127.0.0.1", ...listen, ...storage, ...args];
  }
}

function isInstalled(name: string): boolean {
  try {
    return new Deno.Command(name, { args: ["--version"] }).outputSync().success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

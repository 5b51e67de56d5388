// A thread as its host makes it: a Web Worker, or where there are none one of Node's worker_threads. All
// that differs between the two is here, on both sides, and nothing else asks which it is.

import { RuntimeError } from "../core/errors.ts";
import type { WorkerPermissions } from "./pool_options.ts";

/** How a thread is made. */
export interface ThreadSetup {
  readonly entry: URL;
  readonly name: string;
  readonly permissions: WorkerPermissions;
}

/** A thread that runs its entry. */
export interface HostThread {
  /** Whether `end` ends even a synchronous loop. */
  readonly endsLoops: boolean;
  /** Tells the entry what it waits for, once. */
  start(message: unknown, transfer: Transferable[]): void;
  /** False once it is known to have ended. */
  alive(): boolean;
  /** Ends it, as far as that is possible; nothing is heard of it from then on. */
  end(): Promise<void>;
}

/** Makes a thread. `died` is called when it ended, or is in foreign hands. */
export function makeThread(setup: ThreadSetup, died: (why: string) => void): HostThread {
  const node = nodeThreads();
  return node === null ? new WebThread(setup, died) : new NodeThread(node, setup, died);
}

/** In a thread's entry: hands over what `start` told. The line is silent from then on. */
export function whenStarted<T>(started: (message: T) => void): void {
  const node = nodeThreads();
  if (node !== null) {
    node.parentPort!.once("message", started as (message: unknown) => void);
    return;
  }
  const thread = globalThis as unknown as { onmessage: ((event: MessageEvent<T>) => void) | null };
  thread.onmessage = ({ data }) => {
    thread.onmessage = null;
    started(data);
  };
}

/** Posts a message. In Deno the first list to transfer, though empty, takes a new thread 1.5 ms. */
export function postTo(port: MessagePort, message: unknown, transfer: Transferable[]): void {
  if (transfer.length === 0) port.postMessage(message);
  else port.postMessage(message, transfer);
}

/** How many threads can run at the same time. */
export function coreCount(): number {
  const host = globalThis as Host; // not taken apart: for Deno to make `process` takes 12 ms
  return host.navigator?.hardwareConcurrency ??
    host.process?.getBuiltinModule?.("node:os").availableParallelism() ?? 1;
}

const FOREIGN = "its code used the worker's own postMessage";

class WebThread implements HostThread {
  readonly endsLoops = false;
  readonly #worker: Worker;

  constructor({ entry, name, permissions }: ThreadSetup, died: (why: string) => void) {
    const options: WorkerOptions = { type: "module", name };
    if (permissions !== "inherit") Object.assign(options, { deno: { permissions } });
    this.#worker = new Worker(entry, options);
    this.#worker.onerror = (event) => {
      event.preventDefault(); // or it would end this side too
      died(event.message);
    };
    this.#worker.onmessage = () => died(FOREIGN);
  }

  start(message: unknown, transfer: Transferable[]): void {
    this.#worker.postMessage(message, transfer);
  }

  /** Deno says nothing when a worker ends itself, but what is posted to it then is not taken. */
  alive(): boolean {
    const probe = new ArrayBuffer(1);
    this.#worker.postMessage(probe, [probe]);
    return probe.byteLength === 0;
  }

  end(): Promise<void> {
    this.#worker.onerror = (event) => event.preventDefault();
    this.#worker.onmessage = null;
    this.#worker.terminate();
    return Promise.resolve();
  }
}

class NodeThread implements HostThread {
  readonly endsLoops = true;
  readonly #worker: NodeWorker;
  #ended = false;

  constructor(node: WorkerThreads, { entry, name }: ThreadSetup, died: (why: string) => void) {
    // A worker has the flags of its program; those of a program that is no file are for no file.
    const isText = (globalThis as Host).process!.execArgv.some((flag) =>
      flag.startsWith("--input-type")
    );
    this.#worker = new node.Worker(entry, isText ? { name, execArgv: [] } : { name });
    this.#worker.on("error", (error) => died(`Uncaught ${error}`));
    this.#worker.on("message", () => died(FOREIGN));
    this.#worker.on("exit", (code) => {
      this.#ended = true;
      died(`it exited with code ${code}`);
    });
  }

  start(message: unknown, transfer: Transferable[]): void {
    this.#worker.postMessage(message, transfer);
  }

  alive(): boolean {
    return !this.#ended;
  }

  async end(): Promise<void> {
    this.#worker.removeAllListeners();
    this.#worker.on("error", () => {}); // or it would end this side too
    await this.#worker.terminate();
  }
}

/** What Node offers, as far as it is needed. */
interface WorkerThreads {
  readonly Worker: new (entry: URL, options: { name: string; execArgv?: string[] }) => NodeWorker;
  readonly parentPort:
    | { once(event: "message", listener: (message: unknown) => void): void }
    | null;
}

interface NodeWorker {
  on(event: "error" | "message" | "exit", listener: (value: unknown) => void): void;
  removeAllListeners(): void;
  postMessage(message: unknown, transfer: Transferable[]): void;
  terminate(): Promise<number>;
}

interface Host {
  readonly Worker?: unknown;
  readonly navigator?: { readonly hardwareConcurrency?: number };
  readonly process?: {
    readonly execArgv: string[];
    getBuiltinModule?(name: "node:worker_threads"): WorkerThreads;
    getBuiltinModule?(name: "node:os"): { availableParallelism(): number };
  };
}

/** Null where there are Web Workers. */
function nodeThreads(): WorkerThreads | null {
  const host = globalThis as Host;
  if (host.Worker !== undefined) return null;
  const threads = host.process?.getBuiltinModule?.("node:worker_threads");
  if (threads !== undefined) return threads;
  throw new RuntimeError(
    "Cannot make a thread: here are neither Web Workers nor Node's worker_threads of Node 20.16 or later",
  );
}

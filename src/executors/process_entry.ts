// Where a worker process begins. It reads frames from its standard input and writes frames to its standard
// output; both are taken from the code of jobs first, which finds an empty input, and whose output goes
// where errors go. It ends when its input does, because then its pool is gone.

import { FrameReader } from "./process_frames.ts";
import { fromBody, provideV8, toFrame } from "./process_values.ts";
import { JobRunner } from "./job_runner.ts";
import { ProcessReader } from "./process_reader.ts";
import { sendAbroad } from "./cloneable.ts";
import * as v8 from "node:v8";

/** What a process is told on its command line. */
export type ProcessArguments = [name: string, maxHeapBytes: string];

const { stdin, stdout, stderr } = Deno;
const read = stdin.read.bind(stdin);
const write = stdout.writeSync.bind(stdout);
const [, maxHeap] = Deno.args as ProcessArguments;
const maxHeapBytes = Number(maxHeap);

function keepPipes(): void {
  const ended = () => new ReadableStream({ start: (controller) => controller.close() });
  Object.defineProperties(stdin, {
    read: { value: () => Promise.resolve(null) },
    readSync: { value: () => null },
    readable: { get: ended },
  });
  Object.defineProperties(stdout, {
    write: { value: stderr.write.bind(stderr) },
    writeSync: { value: stderr.writeSync.bind(stderr) },
    writable: { get: () => stderr.writable },
  });
}

/** The console writes past `Deno.stdout`. */
function redirectConsole(): void {
  const terminal = globalThis.console as unknown as Record<string, (...args: unknown[]) => void>;
  const { error } = terminal;
  for (const name of ["log", "info", "debug", "dirxml"]) terminal[name] = error!;
  terminal.dir = (item, options) => error!(Deno.inspect(item, options as Deno.InspectOptions));
  terminal.groupCollapsed = terminal.group!;
  // What keeps tables, counts and times has to be another console. It is rarely needed and slow to load.
  let other: typeof terminal | null = null;
  for (const name of ["table", "count", "countReset", "time", "timeLog", "timeEnd"]) {
    terminal[name] = (...args) => {
      other ??= secondConsole();
      other[name]!(...args);
    };
  }
}

function secondConsole(): Record<string, (...args: unknown[]) => void> {
  const { process } = globalThis as unknown as { process: NodeProcess };
  return new (process.getBuiltinModule("node:console").Console)(process.stderr);
}

interface NodeProcess {
  readonly stderr: unknown;
  getBuiltinModule(name: "node:console"): {
    readonly Console: new (stream: unknown) => Record<string, (...args: unknown[]) => void>;
  };
}

const reader = new ProcessReader();

function post(batch: readonly unknown[], moved: readonly unknown[]): void {
  let frame = toFrame(batch, moved);
  reader.undisturbed(() => {
    while (frame.length > 0) frame = frame.subarray(write(frame));
  });
}

async function serve(): Promise<void> {
  const isHeavy = maxHeapBytes === Infinity
    ? null
    : () => Deno.memoryUsage().heapUsed > maxHeapBytes;
  const runner = new JobRunner(post, null, isHeavy, reader);
  const frames = new FrameReader();
  runner.ready();
  reader.start();
  // The thread is not up yet: until the first messages are here, reading is quicker without it.
  const buffer = new Uint8Array(65_536);
  const bodies: Uint8Array[] = [];
  while (bodies.length === 0 || !frames.isBetweenFrames) {
    const count = await read(buffer);
    if (count === null) Deno.exit();
    bodies.push(...frames.push(buffer.slice(0, count)));
  }
  // From a promise, as in a thread: the fewer frames are below a job, the sooner is an error's stack written.
  const take = runner.receive.bind(runner);
  const receive = (bodies: readonly Uint8Array[]) => {
    for (const body of bodies) void Promise.resolve(fromBody(body)).then(take);
  };
  receive(bodies);
  // Last: what the thread has read by now comes before this returns.
  reader.begin((bytes) => receive(frames.push(bytes)));
}

keepPipes();
redirectConsole();
sendAbroad();
provideV8(v8);
Deno.addSignalListener("SIGINT", () => {}); // Ctrl-C reaches the whole terminal: the pool decides
await serve();

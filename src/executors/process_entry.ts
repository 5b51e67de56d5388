// Where a worker process begins. It reads frames from its standard input and writes frames to its standard
// output; both are taken from the code of jobs first, which finds an empty input, and whose output goes
// where errors go. It ends when its input does, because then its pool is gone.

import { FrameReader } from "./process_frames.ts";
import { fromBody, toFrame } from "./process_values.ts";
import { JobRunner } from "./job_runner.ts";
import { sendAbroad } from "./cloneable.ts";

const { stdin, stdout, stderr } = Deno;
const read = stdin.read.bind(stdin);
const write = stdout.writeSync.bind(stdout);
const [, maxHeap] = Deno.args;
const maxHeapBytes = Number(maxHeap);

function keepPipes(): void {
  const ended = () => new ReadableStream({ start: (controller) => controller.close() });
  define(stdin, {
    read: { value: () => Promise.resolve(null) },
    readSync: { value: () => null },
    readable: { get: ended },
  });
  define(stdout, {
    write: { value: stderr.write.bind(stderr) },
    writeSync: { value: stderr.writeSync.bind(stderr) },
    writable: { get: () => stderr.writable },
  });
  const { console: terminal } = globalThis;
  const { error } = terminal;
  const dir = (item: unknown, options?: Deno.InspectOptions) => error(Deno.inspect(item, options));
  Object.assign(terminal, { log: error, info: error, debug: error, dirxml: error, dir });
}

function define(target: object, properties: PropertyDescriptorMap): void {
  Object.defineProperties(target, properties);
}

function post(batch: readonly unknown[], moved: readonly unknown[]): void {
  let frame = toFrame(batch, moved);
  while (frame.length > 0) frame = frame.subarray(write(frame));
}

async function serve(): Promise<void> {
  const isHeavy = maxHeapBytes === Infinity
    ? null
    : () => Deno.memoryUsage().heapUsed > maxHeapBytes;
  const runner = new JobRunner(post, null, isHeavy);
  const frames = new FrameReader();
  const buffer = new Uint8Array(65_536);
  runner.ready();
  for (;;) {
    const count = await read(buffer);
    if (count === null) return;
    for (const body of frames.push(buffer.subarray(0, count))) runner.receive(fromBody(body));
  }
}

keepPipes();
sendAbroad();
Deno.addSignalListener("SIGINT", () => {}); // Ctrl-C reaches the whole terminal: the pool decides
await serve();
Deno.exit();

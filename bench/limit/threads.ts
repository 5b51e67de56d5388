/**
 * The least that gets work done on threads: bare workers that answer, a promise for each job, numbers to
 * tell answers apart. Nothing checks, cancels, or notices a worker that died.
 */

type Batch = [id: number, value: unknown][];

class BareWorkers {
  readonly #settle = new Map<number, (value: unknown) => void>();
  readonly #workers: Worker[];
  #made = 0;

  /** @param answer The source of a function. Buffers come back moved when it is told so. */
  constructor(count: number, answer: string, moves: "copies" | "moves") {
    const transfer = moves === "moves" ? ", batch.map(([, value]) => value)" : "";
    const source = `
      const answer = ${answer};
      onmessage = ({ data }) => {
        const batch = data.map(([id, value]) => [id, answer(value)]);
        postMessage(batch${transfer});
      };`;
    const url = URL.createObjectURL(new Blob([source]));
    this.#workers = Array.from({ length: count }, () => {
      const worker = new Worker(url, { type: "module" });
      worker.onmessage = ({ data }) => this.#answered(data);
      return worker;
    });
  }

  /** Sends jobs as one message. */
  send(worker: number, values: unknown[], transfer: Transferable[] = []): Promise<unknown>[] {
    const batch: Batch = [];
    const promises = values.map((value) => {
      const id = ++this.#made;
      batch.push([id, value]);
      return new Promise<unknown>((resolve) => this.#settle.set(id, resolve));
    });
    this.#workers[worker]!.postMessage(batch, transfer);
    return promises;
  }

  end(): void {
    for (const worker of this.#workers) worker.terminate();
  }

  #answered(batch: Batch): void {
    for (const [id, value] of batch) {
      this.#settle.get(id)!(value);
      this.#settle.delete(id);
    }
  }
}

const ECHO = "(value) => value";
const FIB = "function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }";
const FAIL = '(value) => new Error("no " + value)';

const warm = new Map<string, BareWorkers>();

/** The workers stay up between the measurements. */
function workers(
  count: number,
  answer: string,
  moves: "copies" | "moves" = "copies",
): BareWorkers {
  const key = `${count} ${moves} ${answer}`;
  const found = warm.get(key) ?? new BareWorkers(count, answer, moves);
  warm.set(key, found);
  return found;
}

/** A message to a worker that is up, and its answer. */
export async function roundTrip(n: number): Promise<number> {
  const one = workers(1, ECHO);
  let done = 0;
  for (let i = 0; i < n; i++) {
    const [answer] = one.send(0, [i]);
    if (await answer === i) done++;
  }
  return done;
}

/** The answer is an error. */
export async function errorRoundTrip(n: number): Promise<number> {
  const one = workers(1, FAIL);
  let done = 0;
  for (let i = 0; i < n; i++) {
    const error = await one.send(0, [i])[0];
    if (error instanceof Error && error.message === `no ${i}`) done++;
  }
  return done;
}

/** Jobs of next to no work, 128 a message, on two workers. */
export async function smallJobs(n: number): Promise<number> {
  const two = workers(2, ECHO);
  const all: Promise<unknown>[] = [];
  for (let i = 0; i < n; i += 128) {
    const batch = Array.from({ length: Math.min(128, n - i) }, (_, k) => i + k);
    all.push(...two.send((i / 128) % 2, batch));
  }
  const answers = await Promise.all(all);
  return answers.filter((answer, i) => answer === i).length;
}

/** Computations of about 5 ms on one worker, all sent at once ... */
export function computationsInOne(n: number): Promise<number> {
  return compute(1, n);
}

/** ... and half of them on each of two. */
export function computationsInTwo(n: number): Promise<number> {
  return compute(2, n);
}

async function compute(count: number, n: number): Promise<number> {
  const all = Array.from({ length: n }, (_, i) => workers(count, FIB).send(i % count, [27]));
  const answers = await Promise.all(all.flat());
  return answers.filter((answer) => answer === 196_418).length;
}

/** A buffer goes to a worker and comes back, copied both times ... */
export function copy1MB(n: number): Promise<number> {
  return sendBuffer(n, 1e6, "copies");
}

export function copy64MB(n: number): Promise<number> {
  return sendBuffer(n, 64e6, "copies");
}

/** ... or moved both times. */
export function move1MB(n: number): Promise<number> {
  return sendBuffer(n, 1e6, "moves");
}

export function move64MB(n: number): Promise<number> {
  return sendBuffer(n, 64e6, "moves");
}

async function sendBuffer(n: number, size: number, moves: "copies" | "moves"): Promise<number> {
  const one = workers(1, ECHO, moves);
  let buffer = new ArrayBuffer(size);
  let done = 0;
  for (let i = 0; i < n; i++) {
    const [answer] = one.send(0, [buffer], moves === "moves" ? [buffer] : []);
    const back = await answer as ArrayBuffer;
    if (back !== buffer && back.byteLength === size) done++;
    buffer = back;
  }
  return done;
}

/** A worker is started, answers once, and is ended. */
export async function coldStart(n: number): Promise<number> {
  let done = 0;
  for (let i = 0; i < n; i++) {
    const worker = new BareWorkers(1, ECHO, "copies");
    if (await worker.send(0, [i])[0] === i) done++;
    worker.end();
  }
  return done;
}

/** Workers are started, answer once each, and stay up with nothing to do. */
export async function startWorkers(n: number): Promise<number> {
  const idle = new BareWorkers(n, ECHO, "copies");
  const answers = await Promise.all(Array.from({ length: n }, (_, i) => idle.send(i, [i])).flat());
  return answers.filter((answer, i) => answer === i).length;
}

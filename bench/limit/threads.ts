/**
 * The least that gets work done on threads: bare workers that echo, a promise for each job, numbers to
 * tell answers apart. Nothing checks, cancels, or notices a worker that died.
 */

type Batch = [id: number, value: number][];

class EchoWorkers {
  readonly #settle = new Map<number, (value: number) => void>();
  readonly #workers: Worker[];
  #made = 0;

  constructor(count: number) {
    const source = "onmessage = ({ data }) => postMessage(data.map(([id, n]) => [id, n]));";
    const url = URL.createObjectURL(new Blob([source]));
    this.#workers = Array.from({ length: count }, () => {
      const worker = new Worker(url, { type: "module" });
      worker.onmessage = ({ data }) => this.#answered(data);
      return worker;
    });
  }

  /** Sends jobs as one message. */
  send(worker: number, values: number[]): Promise<number>[] {
    const batch: Batch = [];
    const promises = values.map((value) => {
      const id = ++this.#made;
      batch.push([id, value]);
      return new Promise<number>((resolve) => this.#settle.set(id, resolve));
    });
    this.#workers[worker]!.postMessage(batch);
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

let one: EchoWorkers | null = null;
let two: EchoWorkers | null = null;

/** A message to a worker that is up, and its answer. */
export async function roundTrip(n: number): Promise<number> {
  one ??= new EchoWorkers(1);
  let done = 0;
  for (let i = 0; i < n; i++) {
    const [answer] = one.send(0, [i]);
    if (await answer === i) done++;
  }
  return done;
}

/** Jobs of next to no work, 128 a message, on two workers. */
export async function smallJobs(n: number): Promise<number> {
  two ??= new EchoWorkers(2);
  const all: Promise<number>[] = [];
  for (let i = 0; i < n; i += 128) {
    const batch = Array.from({ length: Math.min(128, n - i) }, (_, k) => i + k);
    all.push(...two.send((i / 128) % 2, batch));
  }
  const answers = await Promise.all(all);
  return answers.filter((answer, i) => answer === i).length;
}

/** A worker is started, answers once, and is ended. */
export async function coldStart(n: number): Promise<number> {
  let done = 0;
  for (let i = 0; i < n; i++) {
    const workers = new EchoWorkers(1);
    if (await workers.send(0, [i])[0] === i) done++;
    workers.end();
  }
  return done;
}

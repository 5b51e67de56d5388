// A list of numbers that only grows: in blocks, so that nothing is ever moved, and no garbage is made.

const BLOCK = 3 * 2 ** 14;

/** Three numbers at a time. */
export class Numbers {
  readonly #full: Float64Array[] = [];
  #block = new Float64Array(BLOCK / 16);
  #used = 0;

  push(a: number, b: number, c: number): void {
    let used = this.#used;
    if (used === this.#block.length) {
      this.#full.push(this.#block);
      this.#block = new Float64Array(BLOCK);
      used = 0;
    }
    const block = this.#block;
    block[used] = a;
    block[used + 1] = b;
    block[used + 2] = c;
    this.#used = used + 3;
  }

  /** In the order of their coming. */
  *triples(): Generator<[a: number, b: number, c: number]> {
    for (const block of [...this.#full, this.#block.subarray(0, this.#used)]) {
      for (let i = 0; i < block.length; i += 3) yield [block[i]!, block[i + 1]!, block[i + 2]!];
    }
  }
}

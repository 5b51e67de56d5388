// Numbers that look random and follow from a seed: splitmix32, 32 bits of state.

/** The golden ratio in 32 bits: its multiples visit every state once. */
const STEP = 0x9e3779b9;

/** A source of random numbers; the same seed gives the same ones, on every machine. */
export class Random {
  #state: number;

  /** `seed`: a safe integer, all of whose 53 bits count. */
  constructor(seed: number) {
    this.#state = mix(mix(seed | 0) + Math.floor(seed / 2 ** 32) | 0);
  }

  /** A whole number from 0 to `limit` - 1; `limit` is at most 2^32. */
  below(limit: number): number {
    this.#state = this.#state + STEP | 0;
    return Math.floor((mix(this.#state) >>> 0) / 2 ** 32 * limit);
  }
}

/** Spreads every bit over all the others. */
function mix(x: number): number {
  x = Math.imul(x ^ x >>> 16, 0x21f0aaad);
  x = Math.imul(x ^ x >>> 15, 0x735a2d97);
  return x ^ x >>> 15;
}

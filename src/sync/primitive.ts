// How locks, queues and the like show themselves: `<Semaphore value=2 waiting=3>`.

/** What all primitives have in common: a line of text that says how they stand. */
export abstract class Primitive {
  /** `<Lock locked waiting=2>` and so on: the state, and who waits. */
  toString(): string {
    return `<${[this._title(), ...this._describe().filter((word) => word !== "")].join(" ")}>`;
  }

  /** @internal */
  [Symbol.for("Deno.customInspect")](): string {
    return this.toString();
  }

  /** @internal */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  /** @internal How its operations are called: `Lock`. */
  _title(): string {
    return this.constructor.name;
  }

  /** @internal The words of `toString`; empty ones are left out. */
  abstract _describe(): string[];
}

/** ` waiting=2`, or nothing when nobody waits. */
export function waitingWord(word: string, count: number): string {
  return count === 0 ? "" : `${word}=${count}`;
}

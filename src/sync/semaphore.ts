import { Acquirable } from "./acquirable.ts";

export class Semaphore extends Acquirable {
  #value: number;
  constructor(value = 1) {
    super();
    this.#value = value;
  }
  locked(): boolean {
    return this.#value === 0 || !this._line.clear;
  }
  override release(): void {
    this.#value++;
    this.#wakeNext();
  }
  override _acquireNow(): boolean {
    if (this.locked()) return false;
    this.#value--;
    return true;
  }
  override _called(): void {
    while (this.#value > 0 && this.#wakeNext());
  }
  override _gaveUp(called: boolean): void {
    if (called) this.#value++;
    while (this.#value > 0 && this.#wakeNext());
  }
  #wakeNext(): boolean {
    if (!this._line.wakeOne()) return false;
    this.#value--;
    return true;
  }
}

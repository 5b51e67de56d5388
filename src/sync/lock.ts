import { RuntimeError } from "../core/errors.ts";
import { Acquirable } from "./acquirable.ts";

export class Lock extends Acquirable {
  #locked = false;
  locked(): boolean {
    return this.#locked;
  }
  override release(): void {
    if (!this.#locked) throw new RuntimeError(`Cannot release`);
    this.#locked = false;
    this._line.wakeFirst();
  }
  override _acquireNow(): boolean {
    if (this.#locked || !this._line.clear) return false;
    return this.#locked = true;
  }
  override _called(): void {
    this.#locked = true;
  }
  override _gaveUp(): void {
    if (!this.#locked) this._line.wakeFirst();
  }
}

// The shape of every operation that tries at once and waits in line when it has to: `acquire`, `get`,
// `put`, `wait`. The uncontended way is one small object and no wait.
//
// | phase   | what happens                       | next            |
// | ------- | ---------------------------------- | --------------- |
// | new     | nothing                            | begun           |
// | begun   | `next` tries                       | in line, done   |
// | in line | its task waits for the place       | begun, done     |
//
// A kind of operation writes its own `next`, because benches ask about it:
// `return this.inLine ? this.goOn() : (done at once, or this.wait(line))`.

import type { Future } from "./future.ts";
import type { Place, WaitQueue } from "./wait_queue.ts";
import { Operation } from "./coroutine.ts";

const BEGUN = 1;
const IN_LINE = 2;

/** An operation that may have to wait for its turn. */
export abstract class Turn<T> extends Operation<T> {
  /** @internal Where it is in line. */
  declare _place: Place | null;

  /** Makes a new one, which has not tried yet. */
  constructor() {
    super();
    this._place = null;
  }

  /** Its turn has come: the result, or another wait. */
  protected abstract called(): IteratorResult<Future<unknown>, T>;

  /** It ends with an error. `called`: its turn had come, and is somebody else's now. */
  protected abstract gaveUp(called: boolean): void;

  /** True when `next` is to be answered by `goOn`. */
  protected get inLine(): boolean {
    return this.phase === IN_LINE;
  }

  /** Takes a place in line and waits there. */
  protected wait(line: WaitQueue): IteratorResult<Future<unknown>, T> {
    const place = line.join();
    place._value = this; // its maker
    this._place = place;
    this.phase = IN_LINE;
    return place.next() as IteratorResult<Future<unknown>, T>;
  }

  /** Its task goes on: the place is done. */
  protected goOn(): IteratorResult<Future<unknown>, T> {
    const place = this._leave();
    if (place._state === "finished") return this.called();
    this.gaveUp(false);
    throw place._takeCancelled();
  }

  /** @internal */
  override throw(error: unknown): never {
    this._abandon();
    throw error;
  }

  /** @internal */
  override return<V>(value: V): { done: true; value: V } {
    this._abandon();
    return { done: true, value };
  }

  /** @internal */
  private _abandon(): void {
    if (this.phase === IN_LINE) this.gaveUp(this._leave()._state === "finished");
  }

  /** @internal */
  private _leave(): Place {
    const place = this._place!;
    this._place = null;
    this.phase = BEGUN;
    place.line.leave(place);
    return place;
  }
}

// deno-lint-ignore-file camelcase -- operations and fields are called what programs call them
/**
 * The little language in which the conformance programs are written, as types. A program is JSON: a
 * few coroutines made of operations, and the primitives, callbacks and generators they share.
 *
 * All times are whole milliseconds of virtual time.
 */

export type Json = null | boolean | number | string | Json[];
/** A JSON value, or where to read one when the operation runs. */
export type Value =
  | null
  | boolean
  | number
  | string
  | Value[]
  | { local: string }
  | { counter: string };

export type CatchKind = "error" | "cancel" | "any" | "timeout" | "group" | UserKind;
export type UserKind = "E1" | "E2" | "E3";
export type RaiseKind = UserKind | "cancel" | "timeout";
export type When = "ALL_COMPLETED" | "FIRST_COMPLETED" | "FIRST_EXCEPTION";

export interface Program {
  /** What drives it: the loop until nothing is left to do (the default), or `asyncio.run(main())`. */
  mode?: "idle" | "run";
  /** When unfinished tasks start to be cancelled. Default 1000. */
  limit?: number;
  /** Context variables and their defaults. */
  vars?: Record<string, Json>;
  counters?: Record<string, number>;
  prims?: Record<string, Primitive>;
  callbacks?: Record<string, Operation[]>;
  coros: Record<string, Operation[]>;
  agens?: Record<string, Operation[]>;
}

export type Primitive =
  | { type: "lock" | "event" }
  | { type: "condition"; lock?: string }
  | { type: "semaphore" | "bounded"; value: number }
  | { type: "barrier"; parties: number }
  | { type: "queue" | "priority" | "lifo"; maxsize?: number };

/** An expression that builds something to wait for. */
export type Expression =
  | { aw: "ref"; ref: string }
  | { aw: "coro"; coro: string; name?: string; arg?: Value }
  | { aw: "sleep"; ms: number; name?: string; value?: Value }
  | { aw: "gather"; items: Expression[]; re?: boolean; name?: string }
  | { aw: "shield"; of: Expression; name?: string }
  | { aw: "wait_for"; of: Expression; ms: number | null; name?: string }
  | { aw: PrimitiveWait; ref: string; name?: string }
  | { aw: "put"; ref: string; value: Value; name?: string }
  | { aw: "same"; index: number };
export type PrimitiveWait = "acquire" | "ev_wait" | "get" | "join" | "barrier_wait";

/** Operations that never wait; the only ones that callbacks may use. */
export type SyncOperation =
  | { op: "spawn"; coro: string; name: string; arg?: Value; context?: string }
  | { op: "start"; name: string; aw: Expression }
  | { op: "cancel"; ref: string; msg?: string }
  | { op: "uncancel" | "cancelling" | "get_name"; ref?: string }
  | { op: "set_name"; name: string; ref?: string }
  | { op: "done" | "cancelled" | "result" | "exception" | "state"; ref: string }
  | { op: "current" | "all_tasks" }
  | { op: "future"; name: string }
  | { op: "set_result"; ref: string; value?: Value }
  | { op: "set_exception"; ref: string; kind: RaiseKind; msg?: string }
  | { op: "add_cb"; ref: string; cb: string; context?: string }
  | { op: "remove_cb"; ref: string; cb: string }
  | { op: "call_soon"; cb: string; name?: string; context?: string }
  | { op: "call_later"; ms: number; cb: string; name?: string; context?: string }
  | { op: "call_at"; at: number; cb: string; name?: string; context?: string }
  | { op: "handle_cancel" | "handle_cancelled" | "handle_when"; ref: string }
  | { op: "timeout_new"; name: string; ms?: number | null; at?: number | null }
  | { op: "tg_new"; name: string }
  | { op: "reschedule"; ref: string; at?: number | null; in?: number }
  | { op: "expired" | "when"; ref: string }
  | { op: "tg_spawn"; group: string; coro: string; name: string; arg?: Value; context?: string }
  | { op: "release" | "locked" | "ev_set" | "ev_clear" | "ev_is_set"; ref: string }
  | { op: "notify_all" | "barrier_state" | "get_nowait" | "task_done"; ref: string }
  | { op: "qsize" | "empty" | "full"; ref: string }
  | { op: "notify"; ref: string; n?: number }
  | { op: "put_nowait"; ref: string; value: Value }
  | { op: "inc"; counter: string; by?: number }
  | { op: "counter"; counter: string }
  | { op: "ctx_get"; var: string }
  | { op: "ctx_set"; var: string; value: Value; token?: string }
  | { op: "ctx_reset"; var: string; token: string }
  | { op: "ctx_copy"; name: string }
  | { op: "ctx_peek"; context: string; var: string }
  | { op: "ctx_run"; context: string; do: Operation[] };

/** Operations that wait, and log one line when it is over. */
export type WaitingOperation =
  | { op: "sleep"; ms: number; value?: Value }
  | { op: "await"; aw: Expression }
  | { op: "call"; coro: string; arg?: Value }
  | { op: "wait"; refs: string[]; when?: When; ms?: number }
  | { op: "acquire" | "ev_wait" | "cond_wait" | "barrier_wait"; ref: string }
  | { op: "barrier_reset" | "barrier_abort" | "get" | "join"; ref: string }
  | { op: "cond_wait_for"; ref: string; counter: string; ge: number }
  | { op: "put"; ref: string; value: Value };

/** Operations with a body, and those that move control. */
export type Block =
  | { op: "log"; msg: string }
  | { op: "raise"; kind: RaiseKind; msg?: string; catch?: CatchKind }
  | { op: "return"; value?: Value }
  | { op: "yield"; value?: Value }
  | { op: "try"; body: Operation[]; catch?: Clause[]; else?: Operation[]; finally?: Operation[] }
  | { op: "repeat"; n: number; body: Operation[]; as?: string }
  | { op: "if"; cond: Test; then: Operation[]; else?: Operation[] }
  | { op: "with"; ref: string; body: Operation[]; catch?: CatchKind }
  | TimeoutBlock
  | { op: "taskgroup"; name: string; reuse?: boolean; body: Operation[]; catch?: CatchKind }
  | GeneratorLoop
  | CompletionLoop;

export interface TimeoutBlock {
  op: "timeout";
  name: string;
  ms?: number | null;
  at?: number | null;
  reuse?: boolean;
  body: Operation[];
  catch?: CatchKind;
}
export interface GeneratorLoop {
  op: "agen_for";
  gen: string;
  arg?: Value;
  body?: Operation[];
  limit?: number;
  into?: string;
  catch?: CatchKind;
}
export interface CompletionLoop {
  op: "as_completed";
  items: Expression[];
  ms?: number;
  limit?: number;
  item_catch?: CatchKind;
  body?: Operation[];
  into?: string;
  catch?: CatchKind;
}
export interface Clause {
  on: CatchKind;
  do?: Operation[];
  reraise?: boolean;
  into?: string;
}
export type Test =
  | { counter: string; ge: number }
  | { done: string }
  | { local: string; eq: number | null };

/** What every operation that logs one line may carry. */
export interface Common {
  /** The kind of error after which the program goes on. */
  catch?: CatchKind;
  /** The local variable that receives the value. */
  into?: string;
}
export type PlainOperation = (SyncOperation | WaitingOperation) & Common;
export type Operation = PlainOperation | Block;

/** The members of a union of operations that have the name `K`. */
export type Named<U extends { op: string }, K extends U["op"]> = U extends unknown
  ? K extends U["op"] ? U : never
  : never;

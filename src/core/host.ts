// The few things that differ between Deno, Node, Bun and browsers, and that a loop needs from its host.

/** The longest delay that setTimeout takes; anything longer would fire after 1 ms. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;

type Immediate = (fn: () => void) => unknown;

/** Deno looks for what came from sockets, files and workers at one turn of `setImmediate` in 28 ... */
const DENO_TURNS = 32;
/** ... which take some 50 µs together; so that many turns are given no more often than this, in ms. */
const DENO_LOOK_MS = 5;

let immediateFn: Immediate | null = null;
let lookedAt = 0;

/**
 * Calls back in a macrotask of its own, after the host had a chance to handle timers and I/O. About
 * 1 µs; looked up on first use because Deno loads its Node layer when `setImmediate` is first read.
 */
export function immediate(fn: () => void): void {
  immediateFn ??= (globalThis as { setImmediate?: Immediate }).setImmediate ?? channelImmediate();
  immediateFn(fn);
}

/** Calls back once the host has had its turn: also Deno, which looks at its sockets at some turns only. */
export function yieldToHost(fn: () => void): void {
  const now = performance.now();
  if (!("Deno" in globalThis) || now - lookedAt < DENO_LOOK_MS) return immediate(fn);
  lookedAt = now;
  let left = DENO_TURNS;
  const turn = () => --left === 0 ? fn() : immediate(turn);
  immediate(turn);
}

function channelImmediate(): Immediate {
  const waiting: (() => void)[] = [];
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => waiting.shift()?.();
  return (fn) => {
    waiting.push(fn);
    port2.postMessage(null);
  };
}

/** `Promise.withResolvers`, which Node has from version 22 on. */
export function withResolvers<T>(): PromiseWithResolvers<T> {
  let resolve!: PromiseWithResolvers<T>["resolve"];
  let reject!: PromiseWithResolvers<T>["reject"];
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}

/** setTimeout for any delay, chained beyond its range. Returns the function that clears it. */
export function hostTimer(ms: number, fn: () => void): () => void {
  let id: ReturnType<typeof setTimeout>;
  const arm = (left: number): void => {
    const part = Math.min(Math.max(0, Math.ceil(left)), LONGEST_TIMEOUT);
    id = setTimeout(() => left > part ? arm(left - part) : fn(), part);
  };
  arm(ms);
  return () => clearTimeout(id);
}

/**
 * As `hostTimer`, for code that may be in the middle of a step: Deno can run waiting microtasks inside of
 * a program's first call of setTimeout, and the pump's must not run there.
 */
export function hostTimerSoon(ms: number, fn: () => void): () => void {
  let clear: (() => void) | null = null;
  let wanted = true;
  queueMicrotask(() => {
    if (wanted) clear = hostTimer(ms, fn);
  });
  return () => {
    wanted = false;
    clear?.();
  };
}

interface DenoSignals {
  addSignalListener?(signal: string, fn: () => void): void;
  removeSignalListener(signal: string, fn: () => void): void;
}

interface NodeSignals {
  on(signal: string, fn: () => void): void;
  off(signal: string, fn: () => void): void;
}

/** Who listens to an operating-system signal at the moment. */
export interface SignalListener {
  readonly signal: string;
}

/** All that `onSignal` has not been told to stop. */
export const signalListeners: Set<SignalListener> = new Set();

/**
 * Listens to an operating-system signal. Returns the function that stops listening, or null where the
 * runtime has no signals (a browser, some workers).
 */
export function onSignal(signal: string, fn: () => void): (() => void) | null {
  const stop = listen(signal, fn);
  if (stop === null) return null;
  const listener: SignalListener = { signal };
  signalListeners.add(listener);
  return () => {
    signalListeners.delete(listener);
    stop();
  };
}

function listen(signal: string, fn: () => void): (() => void) | null {
  const { Deno: deno } = globalThis as { Deno?: DenoSignals };
  if (deno !== undefined) {
    if (deno.addSignalListener === undefined) return null;
    deno.addSignalListener(signal, fn);
    return () => deno.removeSignalListener(signal, fn);
  }
  // Not looked at before: for Deno to make `process` takes 12 ms.
  const { process } = globalThis as { process?: NodeSignals };
  if (process === undefined) return null;
  process.on(signal, fn);
  return () => process.off(signal, fn);
}

/** True when the environment variable is set to something, and may be read. */
export function environmentFlag(name: string): boolean {
  const { Deno: deno } = globalThis as {
    Deno?: {
      env: { get(name: string): string | undefined };
      permissions: { querySync(d: { name: "env"; variable: string }): { state: string } };
    };
  };
  if (deno !== undefined) {
    if (deno.permissions.querySync({ name: "env", variable: name }).state !== "granted") {
      return false;
    }
    return (deno.env.get(name) ?? "") !== "";
  }
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
  return (process?.env?.[name] ?? "") !== "";
}

// One worker as its pool sees it, whatever it is made of: a thread or a process. A channel moves
// messages and ends its worker; it knows nothing of jobs, queues or replacements.

import type { JobBoard } from "./job_board.ts";
import type { ToWorker } from "./protocol.ts";
import type { WorkerPermissions } from "./pool_options.ts";

/** What a channel tells its pool. */
export interface ChannelEvents {
  /** A batch came from the worker. Nothing about it has been checked. */
  message(batch: unknown): void;
  /**
   * The worker has ended although nobody killed it, or is in foreign hands. Told after all that it sent;
   * told once more, it is not listened to.
   *
   * @param why For people: "exit code 3", "Uncaught Error: ...".
   */
  died(why: string): void;
  /** A job that was asked for is back, or has begun. */
  recalled(slot: number, isBack: boolean): void;
}

/** A worker that is there, or on its way. */
export interface Channel {
  /** What only a channel with shared memory has: marks on jobs that both sides see at once. */
  readonly board: JobBoard | null;
  /** What a channel may have in place of a board: a worker that answers whatever it is doing. */
  readonly recall: Recall | null;
  /** Whether `kill` ends even a synchronous loop. */
  readonly endsLoops: boolean;
  /**
   * Sends a batch, in order, as one message. It may be called before the worker is up.
   *
   * @throws {DOMException} DataCloneError, with nothing sent.
   */
  post(batch: readonly ToWorker[], transfer: Transferable[]): void;
  /** False once the worker is known to have ended. The pool asks now and then while it has jobs. */
  alive(): boolean;
  /**
   * Ends the worker, whatever it is doing, and stops all events.
   *
   * @returns Settles when it is gone, or when no more can be done about it.
   */
  kill(): Promise<void>;
}

/** How a job that was sent is taken back from a worker that shares no memory with the pool. */
export interface Recall {
  /** Asks for jobs, by their slots. `recalled` tells of each, unless the worker dies. */
  ask(slots: readonly number[]): void;
  /**
   * Ends the worker, whatever it is doing. Unlike after `kill`, what it has said is told, and then that it
   * died. False when it has ended already.
   */
  end(why: string): boolean;
  /**
   * Whether all that it ever said has been told. It says how a job ended before it begins the next: of
   * those that it holds it has begun none but the first.
   */
  readonly hasToldAll: boolean;
}

/** Starts a worker. Failing to start is an event as well, not an exception. */
export type OpenChannel = (events: ChannelEvents, setup: WorkerSetup) => Channel;

/** What a worker has to know before its first job. */
export interface WorkerSetup {
  /** For debuggers and process lists: prefix and number. */
  readonly name: string;
  readonly permissions: WorkerPermissions;
  /** The worker says "heavy" when its heap is larger after a job. */
  readonly maxHeapBytes: number;
}

// A Web Worker as a channel. Messages go over a port of its own, which job code cannot reach; the
// worker's public line stays silent, and whoever speaks there is not ours.

import type { Channel, ChannelEvents, WorkerSetup } from "./channel.ts";
import { JobBoard } from "./job_board.ts";
import type { ToWorker } from "./protocol.ts";

/** What a thread is told first, on its public line. */
export interface ThreadStart {
  readonly port: MessagePort;
  readonly memory: SharedArrayBuffer;
  readonly maxHeapBytes: number;
}

/** Starts a thread. */
export function openThread(events: ChannelEvents, setup: WorkerSetup): Channel {
  return new ThreadChannel(events, setup);
}

class ThreadChannel implements Channel {
  readonly board = new JobBoard();
  readonly #worker: Worker;
  readonly #port: MessagePort;

  constructor(events: ChannelEvents, setup: WorkerSetup) {
    const { name, permissions, maxHeapBytes } = setup;
    const options: WorkerOptions = { type: "module", name };
    if (permissions !== "inherit") Object.assign(options, { deno: { permissions } });
    this.#worker = new Worker(new URL("./thread_entry.ts", import.meta.url), options);
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.onmessage = ({ data }) => events.message(data);
    this.#worker.onerror = (event) => {
      event.preventDefault(); // or it would end this side too
      events.died(event.message);
    };
    this.#worker.onmessage = () => events.died("its code used the worker's own postMessage");
    const start: ThreadStart = { port: port2, memory: this.board.memory, maxHeapBytes };
    this.#worker.postMessage(start, [port2]);
  }

  post(batch: readonly ToWorker[], transfer: Transferable[]): void {
    this.#port.postMessage(batch, transfer);
  }

  /** Deno says nothing when a worker ends itself, but what is posted to it then is not taken. */
  alive(): boolean {
    const probe = new ArrayBuffer(1);
    this.#worker.postMessage(probe, [probe]);
    return probe.byteLength === 0;
  }

  kill(): Promise<void> {
    this.#port.onmessage = null;
    this.#port.close();
    this.#worker.onerror = (event) => event.preventDefault();
    this.#worker.onmessage = null;
    this.#worker.terminate();
    return Promise.resolve();
  }
}

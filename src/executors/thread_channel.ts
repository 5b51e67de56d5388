// A thread as a channel. Messages go over a port of its own, which job code cannot reach; the worker's
// public line stays silent, and whoever speaks there is not ours.

import type { Channel, ChannelEvents, WorkerSetup } from "./channel.ts";
import type { ThreadStart } from "./thread_entry.ts";
import type { ToWorker } from "./protocol.ts";
import { type HostThread, makeThread, postTo } from "./host_thread.ts";
import { JobBoard } from "./job_board.ts";
import { threadEntry } from "./own_modules.ts";

/** Starts a thread. */
export function openThread(events: ChannelEvents, setup: WorkerSetup): Channel {
  return new ThreadChannel(events, setup);
}

class ThreadChannel implements Channel {
  readonly board = new JobBoard();
  readonly recall = null;
  readonly #thread: HostThread;
  readonly #port: MessagePort;

  constructor(events: ChannelEvents, setup: WorkerSetup) {
    const { name, permissions, maxHeapBytes } = setup;
    this.#thread = makeThread({ entry: threadEntry(), name, permissions }, events.died);
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.onmessage = ({ data }) => events.message(data);
    port1.onmessageerror = () => events.died("it sent a message that cannot be read");
    const start: ThreadStart = { port: port2, memory: this.board.memory, maxHeapBytes };
    this.#thread.start(start, [port2]);
  }

  post(batch: readonly ToWorker[], transfer: Transferable[]): void {
    postTo(this.#port, batch, transfer);
  }

  get endsLoops(): boolean {
    return this.#thread.endsLoops;
  }

  alive(): boolean {
    return this.#thread.alive();
  }

  kill(): Promise<void> {
    this.#port.onmessage = null;
    this.#port.onmessageerror = null;
    this.#port.close();
    return this.#thread.end();
  }
}

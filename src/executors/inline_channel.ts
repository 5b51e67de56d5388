// A worker that is the caller itself: what is posted is copied and handled at once.

import type { Channel, ChannelEvents } from "./channel.ts";
import type { ToWorker } from "./protocol.ts";
import { JobBoard } from "./job_board.ts";
import { JobRunner } from "./job_runner.ts";
import { runOutside } from "../core/current.ts";

/** Makes a runner right here. */
export function openInline(events: ChannelEvents): Channel {
  return new InlineChannel(events);
}

class InlineChannel implements Channel {
  readonly board = new JobBoard();
  readonly recall = null;
  readonly endsLoops = false;
  readonly #runner: JobRunner;
  #open = true;

  constructor(events: ChannelEvents) {
    // As with every other worker, nothing comes back before `post` has returned.
    const post = (batch: unknown, transfer: Transferable[]) => {
      const copy = structuredClone(batch, { transfer });
      queueMicrotask(() => {
        if (this.#open) events.message(copy);
      });
    };
    this.#runner = new JobRunner(post, this.board);
    this.#runner.ready();
  }

  post(batch: readonly ToWorker[], transfer: Transferable[]): void {
    const copy = structuredClone(batch, { transfer });
    runOutside(() => this.#runner.receive(copy)); // a job is no part of the task that submits it
  }

  alive(): boolean {
    return this.#open;
  }

  kill(): Promise<void> {
    this.#open = false;
    return Promise.resolve();
  }
}

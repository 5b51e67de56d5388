/** A worker that does what the test says: what a pool sends is recorded, and anything can be answered. */
import type { Channel, ChannelEvents, Recall } from "../../src/executors/channel.ts";
import { PoolExecutor } from "../../src/executors/pool_executor.ts";
import { type PoolOptions, poolSettings } from "../../src/executors/pool_options.ts";
import type { ToWorker } from "../../src/executors/protocol.ts";

export class FakeChannel implements Channel {
  readonly board = null;
  readonly recall: Recall | null = null;
  readonly endsLoops = true;
  readonly sent: ToWorker[] = [];
  killed = false;

  constructor(readonly events: ChannelEvents) {}

  post(batch: readonly ToWorker[]): void {
    this.sent.push(...batch);
  }

  alive(): boolean {
    return true;
  }

  kill(): Promise<void> {
    this.killed = true;
    return Promise.resolve();
  }

  /** The number of the last job that was sent. */
  get lastJob(): number {
    const run = this.sent.findLast((message) => message[0] === "run");
    return run === undefined ? -1 : run[1] as number;
  }
}

/** A pool of fake workers, in the order in which they were started. */
export class FakePool extends PoolExecutor {
  readonly channels: FakeChannel[];

  constructor(
    options: PoolOptions = {},
    started: (channel: FakeChannel) => void = () => {},
    kind: new (events: ChannelEvents) => FakeChannel = FakeChannel,
  ) {
    const channels: FakeChannel[] = [];
    super("the fake pool", poolSettings(options, 1), (events) => {
      const channel = new kind(events);
      channels.push(channel);
      started(channel);
      return channel;
    });
    this.channels = channels;
  }
}

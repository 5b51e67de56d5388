/** Stands between a client and a server on loopback, so that a test can take the network away. */

import { freePort } from "./ports.ts";

export class TcpProxy implements AsyncDisposable {
  readonly port = freePort();
  #listener: Deno.TcpListener | null = null;
  #accepting: Promise<void> = Promise.resolve();
  readonly #open = new Set<Deno.TcpConn>();
  readonly #flows = new Set<Promise<void>>();

  /** @param target The server's port, asked for at each connection. */
  constructor(readonly target: () => number) {
    this.restore();
  }

  /** How many connections go through it. */
  get connections(): number {
    return this.#open.size / 2;
  }

  /** Breaks all connections and refuses new ones, until `restore`. */
  async cut(): Promise<void> {
    this.#listener?.close();
    this.#listener = null;
    for (const end of this.#open) end.close();
    this.#open.clear();
    await this.#accepting;
    await Promise.all(this.#flows);
  }

  restore(): void {
    this.#listener = Deno.listen({ hostname: "127.0.0.1", port: this.port });
    this.#accepting = this.#accept(this.#listener);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.cut();
  }

  async #accept(listener: Deno.TcpListener): Promise<void> {
    for await (const client of listener) {
      try {
        const server = await Deno.connect({ hostname: "127.0.0.1", port: this.target() });
        if (this.#listener !== listener) {
          server.close();
          client.close();
          continue;
        }
        this.#open.add(client).add(server);
        this.#flow(client, server);
        this.#flow(server, client);
      } catch (error) {
        client.close();
        if (!(error instanceof Deno.errors.ConnectionRefused)) throw error;
      }
    }
  }

  /** Passes bytes on until either end is gone, then closes both. */
  #flow(from: Deno.TcpConn, to: Deno.TcpConn): void {
    const over = (): void => {
      this.#close(from);
      this.#close(to);
      this.#flows.delete(flow);
    };
    // It fails when a connection breaks, which is what this is for.
    const flow = from.readable.pipeTo(to.writable).then(over, over);
    this.#flows.add(flow);
  }

  #close(end: Deno.TcpConn): void {
    if (!this.#open.delete(end)) return;
    try {
      end.close();
    } catch (error) {
      // The streams of a connection close it when they end.
      if (!(error instanceof Deno.errors.BadResource)) throw error;
    }
  }
}

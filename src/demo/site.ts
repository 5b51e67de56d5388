// A web site on loopback. Every page takes the same time, whatever its size, and what becomes of each
// request is counted: a download that was cancelled has to be seen here as a dropped connection.

import type { AsyncContextManager } from "../../mod.ts";
import { type Page, PAGES } from "./pages.ts";

/** Nothing waits for these to arrive: a download of one ends by being cancelled. */
const SLOW = "?slow";
const SLOW_FACTOR = 20;

/** The site; it is open inside `asyncWith(site, body)`. */
export class Site implements AsyncContextManager<Site> {
  readonly latencyMs: number;
  /** Answered in full. */
  served = 0;
  /** Given up by the client. */
  dropped = 0;
  /** Still being answered. */
  open = 0;
  readonly #pages = new Map(PAGES.map((page) => [page.path, page]));
  #server: Deno.HttpServer<Deno.NetAddr> | null = null;

  constructor(latencyMs: number) {
    this.latencyMs = latencyMs;
  }

  get address(): string {
    const { hostname, port } = this.#server!.addr;
    return `http://${hostname}:${port}`;
  }

  url(page: Page, options: { slow?: boolean } = {}): string {
    return `${this.address}${page.path}${options.slow ? SLOW : ""}`;
  }

  enter(): Promise<Site> {
    const loopback = { hostname: "127.0.0.1", port: 0, onListen() {} };
    this.#server = Deno.serve(loopback, (request) => this.#answer(new URL(request.url)));
    return Promise.resolve(this);
  }

  async exit(): Promise<void> {
    await this.#server?.shutdown();
  }

  #answer(url: URL): Response {
    const page = this.#pages.get(url.pathname);
    if (page === undefined) {
      const body = this.#later(this.latencyMs / 2, new TextEncoder().encode("No such page\n"));
      return new Response(body, { status: 404, statusText: "Not Found" });
    }
    const ms = url.search === SLOW ? this.latencyMs * SLOW_FACTOR : this.latencyMs;
    return new Response(this.#later(ms, new Uint8Array(page.bytes)));
  }

  #later(ms: number, content: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
    this.open++;
    let timer: ReturnType<typeof setTimeout>;
    return new ReadableStream({
      start: (controller) => {
        timer = setTimeout(() => {
          controller.enqueue(content);
          controller.close();
          this.open--;
          this.served++;
        }, ms);
      },
      // Called when the connection is gone.
      cancel: () => {
        clearTimeout(timer);
        this.open--;
        this.dropped++;
      },
    });
  }
}

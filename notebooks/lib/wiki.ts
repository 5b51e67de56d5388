// The fifteen pages of "Python Concurrency Programming: Futures", from a server on this machine: each of
// the size that the post lists, each after the same time, so that nobody's network is measured.

const LATENCY_MS = 160;
const SIZES: Readonly<Record<string, number>> = {
  "Portal:Arts": 129_886,
  "Portal:History": 184_343,
  "Portal:Society": 224_118,
  "Portal:Biography": 107_637,
  "Portal:Mathematics": 151_021,
  "Portal:Technology": 157_811,
  "Portal:Geography": 167_923,
  "Portal:Science": 91_533,
  "Computer_science": 321_352,
  "Python_(programming_language)": 391_905,
  "Java_(programming_language)": 321_417,
  "PHP": 468_461,
  "Node.js": 180_298,
  "The_C_Programming_Language": 56_765,
  "Go_(programming_language)": 324_039,
};

/** A page: the address in the post, and the one of our server. */
export interface Site {
  readonly url: string;
  readonly local: string;
}

/** The sites, and how to close the server. */
export function serveWiki(): { sites: Site[]; close(): Promise<void> } {
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, async (request) => {
    const name = decodeURIComponent(new URL(request.url).pathname.slice("/wiki/".length));
    // A page may ask for another latency, as real ones have them.
    const latency = Number(new URL(request.url).searchParams.get("ms") ?? LATENCY_MS);
    await new Promise((resolve) => setTimeout(resolve, latency));
    const size = SIZES[name];
    return size === undefined
      ? new Response("no such page", { status: 404 })
      : new Response(new Uint8Array(size));
  });
  const sites = Object.keys(SIZES).map((name) => ({
    url: `https://en.wikipedia.org/wiki/${name}`,
    local: `http://127.0.0.1:${server.addr.port}/wiki/${name}`,
  }));
  return { sites, close: () => server.shutdown() };
}

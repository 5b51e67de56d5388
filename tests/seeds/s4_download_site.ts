/**
 * A server for the document on concurrency and parallelism: fifteen pages of the sizes that its listing
 * shows, each after a fixed time. On loopback, so that no network is needed.
 */
export const SITES: Record<string, number> = {
  "Arts": 129886,
  "History": 184343,
  "Society": 224118,
  "Biography": 107637,
  "Mathematics": 151021,
  "Technology": 157811,
  "Geography": 167923,
  "Science": 91533,
  "Computer_science": 321352,
  "Python_(programming_language)": 391905,
  "Java_(programming_language)": 321417,
  "PHP": 468461,
  "Node.js": 180298,
  "The_C_Programming_Language": 56765,
  "Go_(programming_language)": 324039,
};

export interface Site extends AsyncDisposable {
  readonly urls: readonly string[];
  /** The most requests that it has served at the same time. */
  readonly mostAtOnce: number;
}

/** @param delay How long each page takes, by its place in the list: so many ms, or until that. */
export function serveSites(delay: (index: number) => number | Promise<void>): Site {
  const names = Object.keys(SITES);
  let atOnce = 0;
  let mostAtOnce = 0;
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
    mostAtOnce = Math.max(mostAtOnce, ++atOnce);
    const name = decodeURIComponent(new URL(request.url).pathname.slice(1));
    const wait = delay(names.indexOf(name));
    await (typeof wait === "number" ? new Promise((resolve) => setTimeout(resolve, wait)) : wait);
    atOnce--;
    return new Response(new Uint8Array(SITES[name]!));
  });
  return {
    urls: names.map((name) => `http://127.0.0.1:${server.addr.port}/${encodeURIComponent(name)}`),
    get mostAtOnce() {
      return mostAtOnce;
    },
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

/** A job: downloads one page, and gives its name and size. */
export async function downloadOne(url: string): Promise<[name: string, bytes: number]> {
  const response = await fetch(url);
  const { length } = await response.bytes();
  return [decodeURIComponent(new URL(url).pathname.slice(1)), length];
}

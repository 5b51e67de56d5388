/** Ports on loopback for servers that go away and come back. */

const FIRST = 20_000;
const COUNT = 10_000;

/**
 * A port that nobody listens on, below those that the system gives to connections: a client that keeps
 * trying a port of those, with its server gone, may one day be given it for its own end, and has then
 * connected to itself.
 */
export function freePort(): number {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * COUNT);
    try {
      Deno.listen({ hostname: "127.0.0.1", port }).close();
      return port;
    } catch (error) {
      if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    }
  }
}

/** Whether somebody takes connections there. */
export async function isListening(port: number): Promise<boolean> {
  try {
    (await Deno.connect({ hostname: "127.0.0.1", port })).close();
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.ConnectionRefused) return false;
    throw error;
  }
}

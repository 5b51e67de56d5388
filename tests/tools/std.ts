// Where the tests get @std from: JSR, as deno.json says, or the adapters in tests/offline where
// JSR does not answer. The choice is made once per process and said in one line.

const OVERRIDE = "ASYNCIO_STD";
const ADAPTERS = new URL("../offline/import_map.json", import.meta.url);

let chosen: Promise<string[]> | undefined;

/** The flags that every deno command over the tests needs. */
export function stdFlags(): Promise<string[]> {
  return chosen ??= choose(Deno.env.get(OVERRIDE));
}

async function choose(asked: string | undefined): Promise<string[]> {
  if (asked === "jsr") return [];
  if (asked !== undefined && asked !== "offline") {
    throw new TypeError(`Cannot use ${OVERRIDE}=${asked}: expected "jsr" or "offline"`);
  }
  const reason = asked ? `${OVERRIDE}=${asked}` : await whyJsrIsMissing();
  if (reason === undefined) return [];
  console.log(`@std: the adapters in tests/offline, not JSR's packages (${reason})`);
  return [`--import-map=${ADAPTERS.href}`];
}

/** Undefined when the registry answers as JSR does; a proxy's error page is not an answer. */
export async function whyJsrIsMissing(
  registry: string = Deno.env.get("JSR_URL") ?? "https://jsr.io/",
  timeoutMs = 3000,
): Promise<string | undefined> {
  const url = new URL("/@std/assert/meta.json", registry);
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
    const meta = await response.json();
    return meta?.versions === undefined ? `${url} lists no versions` : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return `${url} is no JSON`;
    if (error instanceof TypeError) return `${url.host} cannot be reached`;
    if (error instanceof DOMException && error.name === "TimeoutError") {
      return `${url.host} did not answer within ${timeoutMs / 1000} s`;
    }
    throw error;
  }
}

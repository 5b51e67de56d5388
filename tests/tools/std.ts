// Where the tests get @std from: JSR, as deno.json says, or the adapters in tests/offline where
// JSR does not answer. The choice is made once per process and said in one line.

const OVERRIDE = "ASYNCIO_STD";
const PROBE_TIMEOUT_MS = 3000;
const OFFLINE_MAP = new URL("../offline/import_map.json", import.meta.url);

let chosen: Promise<string[]> | undefined;

/** The flags that every deno command over the tests needs. */
export function stdFlags(): Promise<string[]> {
  return chosen ??= choose();
}

async function choose(): Promise<string[]> {
  const asked = Deno.env.get(OVERRIDE);
  if (asked !== undefined && asked !== "jsr" && asked !== "offline") {
    throw new TypeError(`Cannot use ${OVERRIDE}=${asked}: expected "jsr" or "offline"`);
  }
  const missing = asked === undefined ? await whyJsrIsMissing() : undefined;
  if (asked === "jsr" || (asked === undefined && missing === undefined)) return [];
  const reason = missing ?? `${OVERRIDE}=offline`;
  console.log(`@std: the adapters in tests/offline, not JSR's packages (${reason})`);
  return [`--import-map=${OFFLINE_MAP.pathname}`];
}

/** Undefined when JSR answers as JSR does; a proxy's error page is not an answer. */
async function whyJsrIsMissing(): Promise<string | undefined> {
  const registry = Deno.env.get("JSR_URL") ?? "https://jsr.io/";
  const url = new URL("/@std/assert/meta.json", registry);
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) });
    const meta = await response.json();
    return typeof meta?.versions === "object" ? undefined : `${url} gave no package`;
  } catch (error) {
    if (error instanceof TypeError) return `${url.host} cannot be reached`;
    if (error instanceof SyntaxError) return `${url} gave no JSON`;
    if (error instanceof DOMException && error.name === "TimeoutError") {
      return `${url.host} did not answer within ${PROBE_TIMEOUT_MS / 1000} s`;
    }
    throw error;
  }
}

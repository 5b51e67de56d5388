/** Where the site is found: an environment variable, which whoever is measured inherits, also Python. */

const VARIABLE = "BENCH_DOWNLOADS";

/** An address, and how many bytes it has. */
export type Download = readonly [url: string, bytes: number];

/** Starts the site, once. It ends with this process. */
export async function openSite(): Promise<void> {
  if (Deno.env.has(VARIABLE)) return;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", "--no-lock", "-A", `${import.meta.dirname}/serve.ts`],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  child.unref();
  const output = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let printed = "";
  while (!printed.endsWith("\n")) printed += (await output.read()).value;
  Deno.env.set(VARIABLE, printed);
}

/** How many pages have the size that they should have. Until then whoever downloads keeps them all. */
export function countRight(pages: readonly ArrayBuffer[]): number {
  return downloads(pages.length).filter(([, bytes], i) => pages[i]!.byteLength === bytes).length;
}

/** n downloads: the fifteen pages, again and again. */
export function downloads(n: number): Download[] {
  const pages: Download[] = JSON.parse(Deno.env.get(VARIABLE)!);
  return Array.from({ length: n }, (_, i) => pages[i % pages.length]!);
}

/** What the commands of the benches share: their options, and a line that says where they are. */

/** The value of `--name=value`. */
export function option(name: string): string | undefined {
  const prefix = `--${name}=`;
  return Deno.args.find((arg) => arg.startsWith(prefix))?.slice(prefix.length);
}

/** Overwrites the line before; says nothing where nobody watches. */
export function progress(what: string): void {
  if (Deno.stderr.isTerminal()) {
    Deno.stderr.writeSync(new TextEncoder().encode(`\r\x1b[K${what}`));
  }
}

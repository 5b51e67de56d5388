/** Runs a script of this directory in a process of its own and returns the JSON that it prints. */
export async function inFreshProcess(script: string, ...args: string[]): Promise<unknown> {
  const path = new URL(script, import.meta.url).href;
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", "--no-lock", "-A", "--v8-flags=--expose-gc", path, ...args],
  }).output();
  if (!success) {
    const reason = new TextDecoder().decode(stderr);
    throw new Error(`Cannot measure ${script} ${args.join(" ")}: ${reason}`);
  }
  return JSON.parse(new TextDecoder().decode(stdout));
}

/** The same, where the script prints a number. */
export async function numberFromFreshProcess(script: string, ...args: string[]): Promise<number> {
  const value = await inFreshProcess(script, ...args);
  if (typeof value !== "number") {
    throw new TypeError(`${script} printed ${value}, expected a number`);
  }
  return value;
}

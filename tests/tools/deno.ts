// Runs this very deno, which is not always the one on PATH (npx has none there).

/** Runs it with this terminal's input and output; gives its exit code. */
export async function deno(...args: string[]): Promise<number> {
  const { code } = await new Deno.Command(Deno.execPath(), { args }).spawn().status;
  return code;
}

// Runs this very deno, which is not always the one on PATH (npx has none there).

/** With this terminal's input and output; gives the exit code. */
export async function deno(args: string[]): Promise<number> {
  const { code } = await new Deno.Command(Deno.execPath(), { args }).spawn().status;
  return code;
}

/** In silence: what it printed comes back, standard output before standard error. */
export async function denoOutput(args: string[]): Promise<{ success: boolean; output: string }> {
  const command = new Deno.Command(Deno.execPath(), { args, stdin: "null" });
  const { success, stdout, stderr } = await command.output();
  const decoder = new TextDecoder();
  return { success, output: decoder.decode(stdout) + decoder.decode(stderr) };
}

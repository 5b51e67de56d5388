/** What `deno bundle --minify` makes of modules: their size, and programs in one file. */

/** Bundles a module with all that it imports, and has the file used before it is removed. */
export async function withBundle<T>(entry: URL, use: (file: URL) => Promise<T>): Promise<T> {
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/bundle.js`;
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["bundle", "--quiet", "--minify", "--no-lock", `--output=${path}`, entry.href],
      stdin: "null",
    }).output();
    if (!success) {
      throw new Error(`Cannot bundle ${entry.href}: ${new TextDecoder().decode(stderr)}`);
    }
    return await use(new URL(`file://${path}`));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The size in KB (1,024 bytes) of a module that was bundled. */
export function bundledSize(entry: URL): Promise<number> {
  return withBundle(entry, async (file) => (await Deno.stat(file)).size / 1024);
}

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

/** The size in KB (1,024 bytes) of a module that was bundled, and of that when it is compressed. */
export function bundledSize(entry: URL): Promise<{ minified: number; gzipped: number }> {
  return withBundle(entry, async (file) => {
    const bytes = await Deno.readFile(file);
    const gzip = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
    const compressed = await new Response(gzip).arrayBuffer();
    return { minified: bytes.length / 1024, gzipped: compressed.byteLength / 1024 };
  });
}

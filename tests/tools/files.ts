// Finds files by how their names end, in the order of their paths.

/** `path` itself if it is such a file, else those below it, but for hidden and installed ones. */
export async function filesIn(path: string, suffix: string): Promise<string[]> {
  if (!(await Deno.stat(path)).isDirectory) return path.endsWith(suffix) ? [path] : [];
  const found: string[] = [];
  for await (const { name } of Deno.readDir(path)) {
    if (name.startsWith(".") || name === "node_modules") continue;
    found.push(...await filesIn(`${path}/${name}`, suffix));
  }
  return found.toSorted();
}

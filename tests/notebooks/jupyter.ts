// Where Jupyter is on this machine, and our kernel for it.

import { join } from "node:path";

/** What a run of notebooks needs; in Debian's own Python, or in any other that has it. */
export const HOW_TO_INSTALL =
  "apt-get install jupyter-nbconvert python3-nbclient jupyter-client, or pip install nbconvert nbclient";

const PYTHONS = ["python3", "/usr/bin/python3", "python"];

/** A Python that has these modules, if there is one. */
export async function pythonWith(...modules: string[]): Promise<string | undefined> {
  for (const python of PYTHONS) {
    if (await succeeds(python, ["-c", `import ${modules.join(", ")}`])) return python;
  }
  return undefined;
}

/** Whether the command exists and returns 0. */
export async function succeeds(command: string, args: string[]): Promise<boolean> {
  try {
    const quiet = { args, stdin: "null", stdout: "null", stderr: "null" } as const;
    return (await new Deno.Command(command, quiet).output()).success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** A kernel named "deno" that is this very deno, for whoever has `folder` on JUPYTER_PATH. */
export async function installKernel(folder: string): Promise<void> {
  const kernel = join(folder, "kernels", "deno");
  await Deno.mkdir(kernel, { recursive: true });
  await Deno.writeTextFile(
    join(kernel, "kernel.json"),
    JSON.stringify({
      argv: [Deno.execPath(), "jupyter", "--kernel", "--conn", "{connection_file}"],
      display_name: "Deno",
      language: "typescript",
    }),
  );
}

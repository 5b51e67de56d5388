// Opens the notebooks in Jupyter, with this deno as their kernel, or says what is missing.

import { deno } from "../tools/deno.ts";
import { ROOT } from "./pages.ts";
import { succeeds } from "./jupyter.ts";

const FRONT_ENDS = ["lab", "notebook"];

async function main(): Promise<number> {
  for (const frontEnd of FRONT_ENDS) {
    if (!await succeeds("jupyter", [frontEnd, "--version"])) continue;
    const installed = await deno(["jupyter", "--install", "--force"]);
    if (installed !== 0) return installed;
    const args = [frontEnd, `${ROOT}notebooks/00_welcome.ipynb`, ...Deno.args];
    const { code } = await new Deno.Command("jupyter", { args }).spawn().status;
    return code;
  }
  console.error(
    "Cannot open the notebooks without Jupyter: pip install jupyterlab, or apt-get install " +
      "jupyter-notebook, or open them in VS Code with its Jupyter extension",
  );
  return 1;
}

Deno.exit(await main());

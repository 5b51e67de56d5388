/** How long whole processes take, from their start to their end. */

import { median } from "./statistics.ts";
import { withBundle } from "./bundles.ts";

const EMPTY = new URL("../start/empty.ts", import.meta.url);
const LIBRARY = new URL("../../mod.ts", import.meta.url);
/** The least program that uses the library. */
export const ONE_TASK: URL = new URL("../start/one_task.ts", import.meta.url);

const ROUNDS = 15;

/** Milliseconds of processes that took turns. */
export interface StartTimes {
  readonly empty: number[];
  readonly program: number[];
}

/** Starts a program and an empty one in turns, so that a slow minute of the machine is slow for both. */
export async function startInTurns(program: URL, rounds: number): Promise<StartTimes> {
  // Unmeasured: what Deno keeps of a program, compiled, is written by its first two runs.
  for (const warmUp of [EMPTY, program, program]) await start(warmUp);
  const times: StartTimes = { empty: [], program: [] };
  for (let round = 0; round < rounds; round++) {
    times.empty.push(await start(EMPTY));
    times.program.push(await start(program));
  }
  return times;
}

/** How many times an empty program a program takes. */
export async function startRatio(program: URL): Promise<number> {
  const { empty, program: ours } = await startInTurns(program, ROUNDS);
  return median(ours.map((ms, round) => ms / empty[round]!));
}

/** The same, for a program that was bundled into one file. */
export function bundledStartRatio(program: URL): Promise<number> {
  return withBundle(program, startRatio);
}

/** The same, for as many modules as the library has, with nothing in them: what Deno takes for files. */
export async function emptyModulesRatio(): Promise<number> {
  const folder = await Deno.makeTempDir();
  try {
    const names = Array.from({ length: await countModules() }, (_, i) => `module_${i}.ts`);
    for (const name of names) await Deno.writeTextFile(`${folder}/${name}`, "export {};\n");
    const main = `${folder}/main.ts`;
    await Deno.writeTextFile(main, names.map((name) => `import "./${name}";\n`).join(""));
    return await startRatio(new URL(`file://${main}`));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function countModules(): Promise<number> {
  const output = await succeed(["info", "--json", "--no-lock", LIBRARY.href]);
  const { modules } = JSON.parse(output) as { modules: unknown[] };
  return modules.length;
}

async function start(program: URL): Promise<number> {
  const begin = performance.now();
  await succeed(["run", "--no-check", "--no-config", program.href]);
  return performance.now() - begin;
}

async function succeed(args: string[]): Promise<string> {
  const command = new Deno.Command(Deno.execPath(), { args, stdin: "null" });
  const { success, stdout, stderr } = await command.output();
  if (!success) {
    throw new Error(`\`deno ${args.join(" ")}\` failed: ${new TextDecoder().decode(stderr)}`);
  }
  return new TextDecoder().decode(stdout);
}

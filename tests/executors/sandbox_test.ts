// What a thread without permissions can do. Each test is a process, started with the flags in question.

import { assert, assertEquals, assertThrows } from "@std/assert";
import { ThreadPoolExecutor } from "../../mod.ts";

async function runProgram(flags: string[]): Promise<{ code: number; out: string; err: string }> {
  const program = new URL("./sandbox_program.ts", import.meta.url).pathname;
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--no-check", "--no-lock", ...flags, program],
    signal: AbortSignal.timeout(60_000),
  }).output();
  const text = new TextDecoder();
  return { code, out: text.decode(stdout).trim(), err: text.decode(stderr) };
}

Deno.test("ThreadPoolExecutor lets a job without permissions do nothing but compute", async () => {
  const flags = ["-A", "--unstable-worker-options", "--no-npm", "--no-remote"];
  const { code, out, err } = await runProgram(flags);
  assertEquals({ code, out }, { code: 0, out: "compute" }, err);
});

Deno.test("ThreadPoolExecutor says so when Deno lacks the flag for permissions", async () => {
  const { code, err } = await runProgram(["-A"]);
  assertEquals(code, 1); // and not 70, with which Deno itself would end it
  assert(err.includes("RuntimeError"));
});

Deno.test("ThreadPoolExecutor asks for the flag even when it may not look for it", async () => {
  const { code, err } = await runProgram(["--allow-read", "--unstable-worker-options"]);
  assertEquals(code, 1);
  assert(err.includes("RuntimeError"));
});

Deno.test("ThreadPoolExecutor refuses permissions that Deno does not know", () => {
  assertThrows(() => new ThreadPoolExecutor({ permissions: { fly: true } }), TypeError);
  assertThrows(() => new ThreadPoolExecutor({ permissions: "all" as "none" }), TypeError);
});

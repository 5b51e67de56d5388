/**
 * Debug mode asked for from outside, and what a report looks like when no handler is set.
 */
import { assertEquals, assertMatch } from "@std/assert";
import { stub } from "@std/testing/mock";
import { EventLoop } from "../../mod.ts";

const PROGRAM = `
  import { coroutine, getRunningLoop, run, sleep } from ${
  JSON.stringify(new URL("../../mod.ts", import.meta.url).href)
};
  const nested = coroutine(function* nested() {});
  await run(function* main() {
    console.log(getRunningLoop().debug);
    getRunningLoop().slowCallbackMs = Infinity; // how long a step takes is up to the machine
    nested();
    yield* sleep(1);
  });
`;

async function runProgram(env: Record<string, string>, ...flags: string[]) {
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", "--no-lock", "--quiet", ...flags, "-"],
    env: { NO_COLOR: "1", ...env },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = command.stdin.getWriter();
  await writer.write(new TextEncoder().encode(PROGRAM));
  await writer.close();
  const { code, stdout, stderr } = await command.output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, out: text(stdout).trim(), err: text(stderr) };
}

Deno.test("run() is in debug mode when ASYNCIO_DEBUG is set, and prints its reports to stderr", async () => {
  const { code, out, err } = await runProgram({ ASYNCIO_DEBUG: "1" }, "--allow-env=ASYNCIO_DEBUG");
  assertEquals([code, out], [0, "true"]);
  assertMatch(err, /^CoroutineNeverAwaited: .*"nested".*\n {2}made at main \(file:.*:\d+:\d+\)\n$/);
});

Deno.test("run() is not in debug mode when ASYNCIO_DEBUG is empty or may not be read", async () => {
  const empty = await runProgram({ ASYNCIO_DEBUG: "" }, "--allow-env=ASYNCIO_DEBUG");
  assertEquals(empty, { code: 0, out: "false", err: "" });
  const secret = await runProgram({ ASYNCIO_DEBUG: "1" }, "--no-prompt");
  assertEquals(secret, { code: 0, out: "false", err: "" });
});

Deno.test("EventLoop prints a report with its cause below it, whatever its text holds", () => {
  using printed = stub(console, "error", () => {});
  const error = new Error("cause");
  const loop = new EventLoop();
  loop.callExceptionHandler({ message: "100 %s of it", exception: error });
  loop.close();
  assertEquals(printed.calls.map(({ args }) => args), [["%s\n%O", "100 %s of it", error]]);
});

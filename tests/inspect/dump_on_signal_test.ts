/**
 * A tree of tasks on a signal: in a process of its own, because a signal is for all of a process.
 */
import { assertEquals, assertThrows } from "@std/assert";
import { createTask, currentTask, dumpOnSignal, EventLoop, run, sleep } from "../../mod.ts";

const LIBRARY = JSON.stringify(new URL("../../mod.ts", import.meta.url).href);

/** Says when it is ready to be asked, and ends when its input does. */
const PROGRAM = `
  import { createTask, currentTask, dumpOnSignal, ensureFuture, run, sleep } from ${LIBRARY};
  await run(function* main() {
    currentTask().name = "main";
    using _dump = dumpOnSignal();
    const page = createTask(sleep(60_000), { name: "page" });
    createTask(() => page, { name: "reader" });
    yield* sleep(0);
    console.log("ready");
    yield* ensureFuture(Deno.stdin.read(new Uint8Array(1)));
  });
`;

Deno.test("dumpOnSignal() prints the tree of a process that is sent SIGUSR1, as often as it is", async () => {
  const process = new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-check", "--no-lock", "--quiet", PROGRAM],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const [out, err] = [process.stdout, process.stderr].map((stream) =>
    stream.pipeThrough(new TextDecoderStream()).getReader()
  );
  assertEquals(await out!.read(), { done: false, value: "ready\n" });
  const tree = "main waits for a promise\nreader waits for page\n└─ page waits for sleep(60000)\n";
  for (let i = 0; i < 2; i++) {
    process.kill("SIGUSR1");
    let text = "";
    while (text.length < tree.length) {
      const { done, value } = await err!.read();
      if (done) break;
      text += value;
    }
    assertEquals(text, tree);
  }
  await process.stdin.close();
  assertEquals((await process.status).code, 0);
  assertEquals([(await out!.read()).done, (await err!.read()).done], [true, true]);
});

Deno.test("dumpOnSignal() writes where it is told to, until it is disposed of", async () => {
  const texts: string[] = [];
  const written = Promise.withResolvers<void>();
  await run(async function main() {
    currentTask()!.name = "main";
    createTask(sleep(60_000), { name: "page" });
    const dump = dumpOnSignal("SIGUSR2", {
      write(text) {
        texts.push(text);
        written.resolve();
      },
    });
    Deno.kill(Deno.pid, "SIGUSR2");
    await written.promise;
    dump[Symbol.dispose]();
    dump[Symbol.dispose]();
  });
  assertEquals(texts, ["main waits for a promise\npage waits for sleep(60000)\n"]);
});

Deno.test("dumpOnSignal() throws TypeError for a signal that the system does not have", () => {
  const loop = new EventLoop();
  assertThrows(() => dumpOnSignal("SIGNAL_OF_SMOKE", { loop }), TypeError);
  loop.close();
});

/** How long the step of an async function is, which goes on in microtasks: others run when it is over. */

import { assertEquals } from "@std/assert";
import { createTask, run, sleep } from "../../mod.ts";

Deno.test("run() holds others back while an async function goes on after a foreign promise", async () => {
  const events: string[] = [];
  await run(async () => {
    const other = createTask(() => void events.push("other"));
    events.push("first");
    await null;
    await Promise.resolve();
    events.push("second");
    await other;
  });
  assertEquals(events, ["first", "second", "other"]);
});

Deno.test("run() lets others go on while an async function awaits microtasks without an end", async () => {
  const events: string[] = [];
  await run(async () => {
    await sleep(0);
    const flag = { isSet: false };
    const other = createTask(() => {
      events.push("other");
      flag.isSet = true;
    });
    while (!flag.isSet) await null;
    events.push("seen");
    await other;
  });
  assertEquals(events, ["other", "seen"]);
});

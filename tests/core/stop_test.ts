/**
 * Stopping a loop, also one that does not run.
 */
import { assertEquals, assertRejects } from "@std/assert";
import { EventLoop, RuntimeError, sleep, VirtualClock } from "../../mod.ts";

Deno.test("EventLoop.runForever() runs one iteration when the loop was stopped before", async () => {
  const loop = new EventLoop({ clock: new VirtualClock() });
  const events: string[] = [];
  loop.callSoon(() => {
    events.push("ready");
    loop.callSoon(() => events.push("next iteration"));
  });
  loop.callAt(0, () => events.push("due"));
  loop.callLater(1, () => events.push("later"));
  loop.stop();
  await loop.runForever();
  events.push("stopped");
  await loop.runUntilComplete(sleep(1));
  loop.close();
  assertEquals(events, ["ready", "due", "stopped", "next iteration", "later"]);
});

Deno.test("EventLoop.stop() ends one run, however often it is called", async () => {
  const loop = new EventLoop({ clock: new VirtualClock() });
  loop.callSoon(() => {
    loop.stop();
    loop.stop();
  });
  await loop.runForever();
  assertEquals(await loop.runUntilComplete(sleep(5, "slept")), "slept");
  loop.stop();
  await assertRejects(() => loop.runUntilComplete(sleep(5)), RuntimeError);
  assertEquals(await loop.runUntilComplete(sleep(5, "slept again")), "slept again");
  loop.close();
});

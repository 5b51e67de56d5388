import { assertEquals } from "@std/assert";
import { BackOff } from "../../src/executors/back_off.ts";
import { stub } from "@std/testing/mock";

/** Fails as often as said, and gives the waits that followed, in ms. */
async function waitsAfter(failures: number, backOff: BackOff): Promise<number[]> {
  const waits: number[] = [];
  let over = () => {};
  using _timers = stub(globalThis, "setTimeout", (fn: (_: void) => void, ms?: number) => {
    waits.push(ms ?? 0);
    over = fn;
    return 0 as never;
  });
  for (let i = 0; i < failures; i++) {
    backOff.failed(false);
    await Promise.resolve(); // the timer is there
    if (!backOff.mayStart()) over();
    assertEquals(backOff.mayStart(), true);
  }
  return waits;
}

Deno.test("BackOff.failed() lets the first start go, then waits twice as long each time", async () => {
  let ended = 0;
  const backOff = new BackOff(() => ended++);
  const waits = await waitsAfter(11, backOff);
  assertEquals(waits, [10, 20, 40, 80, 160, 320, 640, 1280, 2000, 2000]);
  assertEquals(ended, waits.length);
});

Deno.test("BackOff.succeeded() makes the next start go at once", async () => {
  const backOff = new BackOff(() => {});
  assertEquals(await waitsAfter(3, backOff), [10, 20]);
  backOff.succeeded();
  assertEquals(await waitsAfter(3, backOff), [10, 20]);
});

Deno.test("BackOff.failed() gives up after four failed starts in a row", () => {
  const backOff = new BackOff(() => {});
  const gaveUp = [1, 2, 3].map(() => backOff.failed(true));
  backOff.started();
  gaveUp.push(...[1, 2, 3, 4].map(() => backOff.failed(true)));
  backOff.close();
  assertEquals(gaveUp, [false, false, false, false, false, false, true]);
});

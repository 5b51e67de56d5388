// What goes to a terminal, byte by byte.

import { assertEquals } from "@std/assert";
import { Progress } from "../../src/demo/progress.ts";
import { Screen } from "../../src/demo/screen.ts";
import { run, sleep, VirtualClock } from "../../mod.ts";

Deno.test("Progress repaints one line while it waits and when a page arrives", async () => {
  assertEquals(await writesOfTwoDownloads({ columns: 66 }), [
    "\r  all at once        ───────────────   0/2 pages  0.00 MB  0.00 s\x1b[K",
    "\r  all at once        ───────────────   0/2 pages  0.00 MB  0.05 s\x1b[K",
    "\r  all at once        ━━━━━━━━───────   1/2 pages  1.50 MB  0.06 s\x1b[K",
    "\r  all at once        ━━━━━━━━━━━━━━━   2/2 pages  2.00 MB  0.08 s\x1b[K",
    "\r✓ all at once        ━━━━━━━━━━━━━━━   2/2 pages  2.00 MB  0.08 s\x1b[K",
    "\n",
  ]);
});

Deno.test("Progress says at its end that it was left before all had arrived", async () => {
  const writes = await writesOfTwoDownloads({ columns: 66, pages: 3 });
  assertEquals(writes.slice(-2), [
    "\r■ all at once        ━━━━━━━━━━─────   2/3 pages  2.00 MB  0.08 s\x1b[K",
    "\n",
  ]);
});

Deno.test("Progress writes plain lines where nothing can be repainted", async () => {
  assertEquals(await writesOfTwoDownloads({ columns: null }), [
    "  all at once        ━━━━━━━━━━━━━━━──────────────   1/2 pages  1.50 MB  0.06 s\n",
    "✓ all at once        ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━   2/2 pages  2.00 MB  0.08 s\n",
  ]);
});

Deno.test("Progress goes on from what was there before, and gives no size of rows", async () => {
  const { screen, writes } = recording(66);
  await run(function* () {
    using progress = new Progress(screen, "the missing rows", 4, { unit: "rows", arrived: 2 });
    yield* sleep(20);
    progress.arrived();
  }, { clock: new VirtualClock() });
  assertEquals(writes, [
    "\r  the missing rows   ━━━━━━━━───────    2/4 rows           0.00 s\x1b[K",
    "\r  the missing rows   ━━━━━━━━━━━────    3/4 rows           0.02 s\x1b[K",
    "\r■ the missing rows   ━━━━━━━━━━━────    3/4 rows           0.02 s\x1b[K",
    "\n",
  ]);
});

Deno.test("Screen.ink() colours a terminal, but no file, nor where colours are unwanted", () => {
  const inked = (columns: number | null, colours: boolean) =>
    new Screen({ columns: () => columns, colours, write: (bytes) => bytes.length }).ink(
      "red",
      "no",
    );
  assertEquals([inked(80, true), inked(null, true), inked(80, false)], [
    "\x1b[31mno\x1b[39m",
    "no",
    "no",
  ]);
});

Deno.test("Screen writes what a terminal takes piece by piece, and gives up when it is gone", () => {
  const taken: number[] = [];
  const screen = new Screen({
    columns: () => null,
    colours: false,
    write(bytes) {
      if (taken.length === 3) throw new Deno.errors.BrokenPipe();
      taken.push(bytes.length);
      return 2;
    },
  });
  screen.line("four"); // and a line end
  assertEquals([taken, screen.gone.aborted], [[5, 3, 1], false]);
  screen.line("five");
  screen.line("six");
  assertEquals([taken, screen.gone.aborted], [[5, 3, 1], true]);
});

async function writesOfTwoDownloads(
  { columns, pages = 2 }: { columns: number | null; pages?: number },
): Promise<string[]> {
  const { screen, writes } = recording(columns);
  await run(function* () {
    using progress = new Progress(screen, "all at once", pages);
    yield* sleep(64);
    progress.arrived(1_500_000);
    yield* sleep(20);
    progress.arrived(500_000);
  }, { clock: new VirtualClock() });
  return writes;
}

function recording(columns: number | null): { screen: Screen; writes: string[] } {
  const writes: string[] = [];
  const decoder = new TextDecoder();
  const screen = new Screen({
    columns: () => columns,
    colours: false,
    write: (bytes) => (writes.push(decoder.decode(bytes)), bytes.length),
  });
  return { screen, writes };
}

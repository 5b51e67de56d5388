/**
 * The picture of a trace in a terminal.
 */
import { assert, assertEquals } from "@std/assert";
import { createTask, currentTask, run, sleep, Tracer, VirtualClock, wait } from "../../mod.ts";
import { cells, fit, fitEnds, shorten } from "../../src/inspect/text_width.ts";
import { LONG_NAME, tracedProgram } from "./traced.ts";

Deno.test("Tracer.timelineText() draws waits, requests to cancel and ends", async () => {
  const tracer = await run(function* () {
    currentTask()!.name = "main";
    using tracer = new Tracer();
    const tasks = [
      createTask(sleep(20), { name: "page" }),
      createTask(sleep(90), { name: "slow" }),
    ];
    yield* sleep(30);
    tasks[1]!.cancel();
    yield* wait(tasks);
    yield* sleep(10);
    return tracer;
  }, { clock: new VirtualClock() });
  assertEquals(tracer.timelineText({ width: 52 }).split("\n"), [
    "      0 ms                  20 ms              40 ms",
    "      ┬─────────────────────┬──────────────────────┬",
    "main  ├─ sleep(30) ────────────────────┼─ sleep ───┤",
    "page  ├─ sleep(20) ─────────●",
    "slow  ├─ sleep(90) ────────────────────⊗",
    "      █ ┼ runs   ── waits   × asked to cancel",
    "      ● ended   ⊗ cancelled",
    "",
  ]);
});

for (const width of [40, 72, 100]) {
  Deno.test(`Tracer.timelineText() fits in ${width} columns, whatever the names`, async () => {
    const lines = (await tracedProgram()).timelineText({ width }).trimEnd().split("\n");
    for (const line of lines) assert(cells(line) <= width, `${cells(line)} columns: ${line}`);
    assert(lines.some((line) => line.startsWith("fetch") && line.includes("…")));
  });
}

Deno.test("Tracer.timelineText() in colour is the same text", async () => {
  const tracer = await tracedProgram();
  const coloured = tracer.timelineText({ color: true });
  // deno-lint-ignore no-control-regex -- escape sequences begin with a control character.
  const sequences = /\x1b\[[\d;]*m/g;
  assert(sequences.test(coloured));
  assertEquals(coloured.replaceAll(sequences, ""), tracer.timelineText());
});

Deno.test("fit() keeps the start of a name, fitEnds() its start and its end", () => {
  assertEquals([fit("sleep(500)", 10), fit("sleep(500)", 6), fit("sleep", 1)], [
    "sleep(500)",
    "sleep…",
    "",
  ]);
  assertEquals(fitEnds(LONG_NAME, 22), "fetch https://…ex.html");
  assertEquals(fitEnds("page 1", 6), "page 1");
  assertEquals([fitEnds("가나다라마바사", 9), fitEnds("page", 1)], ["가나다…사", ""]);
});

Deno.test("fitEnds() never takes more room than there is", () => {
  for (const name of [LONG_NAME, "대문을 가져오기 1", "👩‍👩‍👧 family", "a  b  c  d"]) {
    for (let room = 0; room < 70; room++) {
      assert(cells(fitEnds(name, room)) <= room, `"${fitEnds(name, room)}" in ${room}`);
    }
  }
});

Deno.test("shorten() drops arguments before it cuts", () => {
  assertEquals([10, 9, 4].map((room) => shorten("sleep(500)", room)), ["sleep(500)", "sleep", ""]);
  assertEquals(shorten("page 1, page 2, page 3", 14), "page 1, page…");
});

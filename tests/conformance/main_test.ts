/**
 * The command `deno task conformance`: what it prints, writes and returns.
 */
import { assertEquals, assertMatch } from "@std/assert";
import { type ConformanceRecord, CORPORA, readRecords } from "./records.ts";

const RECORDS = (await readRecords(CORPORA[0]!)).filter((record) => !record.racy).slice(0, 150);

/** Runs the command on these records; `[out]` in the arguments is a file that it may write. */
async function conformance(records: readonly ConformanceRecord[], args: readonly string[] = []) {
  const folder = await Deno.makeTempDir();
  try {
    const file = `${folder}/records.ndjson`;
    const out = `${folder}/out.ndjson`;
    await Deno.writeTextFile(file, records.map((record) => `${JSON.stringify(record)}\n`).join(""));
    const command = new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "--no-check", "--no-lock", "--no-prompt", "--allow-read", "--allow-write"],
        new URL("main.ts", import.meta.url).href,
        ...args.map((arg) => arg === "[out]" ? out : arg),
        file,
      ],
    });
    const { code, stdout } = await command.output();
    const written = args.includes("[out]") ? await readRecords(out) : [];
    return { code, text: new TextDecoder().decode(stdout), written };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The same records, so many of them with a first line that no run gives. */
function spoiled(count: number): ConformanceRecord[] {
  return RECORDS.map((record, i) =>
    i >= count ? record : {
      ...record,
      trace: ["0 main begin elsewhere", ...record.trace.slice(1)],
      coarse: {},
    }
  );
}

Deno.test("conformance prints rates in both styles and returns 0 when the traces agree", async () => {
  const { code, text } = await conformance(RECORDS);
  assertEquals(code, 0);
  const total = RECORDS.length;
  for (const style of ["generators", "async functions"]) {
    assertMatch(text, new RegExp(`^${style}:\n  strict +${total} of ${total} \\(100.00 %\\)`, "m"));
    assertMatch(text, new RegExp(`^${style}:(\n  .*){2}\n  coarse +${total} of ${total} `, "m"));
  }
});

Deno.test("conformance returns 1 and shows the difference when one generator program disagrees", async () => {
  const { code, text } = await conformance(spoiled(1), ["--style", "generator"]);
  assertEquals(code, 1);
  assertMatch(text, new RegExp(`coarse +${RECORDS.length - 1} of ${RECORDS.length} `));
  assertMatch(text, new RegExp(`^${RECORDS[0]!.id} \\(none\\)`, "m"));
  assertMatch(text, /^ {2}\* 0 main begin elsewhere +0 main begin main$/m);
});

Deno.test("conformance lets one in a hundred async programs disagree, and no more", async () => {
  const codes = [1, 2].map(async (count) =>
    (await conformance(spoiled(count), ["--style", "async"])).code
  );
  assertEquals(await Promise.all(codes), [0, 1]);
});

Deno.test("conformance returns 1 when there is nothing to compare", async () => {
  assertEquals((await conformance([])).code, 1);
});

Deno.test("conformance --out writes the trace of every program", async () => {
  const records = RECORDS.slice(0, 3);
  for (const style of ["generator", "async"]) {
    const { written } = await conformance(records, ["--style", style, "--out", "[out]"]);
    assertEquals(written as unknown[], records.map(({ id, trace }) => ({ id, trace })));
  }
});

// The one gate: what has to hold before a change lands, step by step, stopping at the first that
// fails. A step that passes is one line; one that fails shows all that it said.
//
// The last line, "N passed, 0 failed", counts the tests.

import { checkArgs } from "./check.ts";
import { denoOutput } from "./deno.ts";
import { testArgs } from "./run_tests.ts";
import config from "../../deno.json" with { type: "json" };

const report = await Deno.makeTempFile({ suffix: ".xml" });

const STEPS: Record<string, string[]> = {
  format: ["fmt", "--check"],
  lint: ["task", "--quiet", "lint"],
  types: await checkArgs([]),
  docs: ["doc", "--lint", ...Object.values(config.exports)],
  publish: ["publish", "--dry-run", "--allow-dirty"],
  guard: ["task", "--quiet", "bench:guard", "--quick"],
  tests: await testArgs([`--junit-path=${report}`]),
};

try {
  for (const [name, args] of Object.entries(STEPS)) {
    const start = performance.now();
    const { success, output } = await denoOutput(args);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(`${success ? "ok  " : "FAIL"} ${name.padEnd(8)} ${seconds.padStart(6)} s`);
    if (!success) {
      console.log(`\n${output}\n\`deno ${args.join(" ")}\` failed`);
      Deno.exitCode = 1;
      break;
    }
  }
  if (Deno.exitCode === 0) console.log(count(await Deno.readTextFile(report)));
} finally {
  await Deno.remove(report);
}

/** The totals of a JUnit report of tests that did not fail. */
function count(junit: string): string {
  const all = junit.match(/<testcase /g)?.length ?? 0;
  const skipped = junit.match(/<skipped\/>/g)?.length ?? 0;
  return `${all - skipped} passed, 0 failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

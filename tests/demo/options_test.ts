import { assertEquals, assertThrows } from "@std/assert";
import { parseOptions } from "../../src/demo/options.ts";

Deno.test("parseOptions() shows both styles at 160 ms unless asked otherwise", () => {
  assertEquals(parseOptions([]), { styles: ["generator", "async"], latencyMs: 160, help: false });
  assertEquals(
    parseOptions(["--style=async", "--latency", "20", "--help"]),
    { styles: ["async"], latencyMs: 20, help: true },
  );
});

Deno.test("parseOptions() refuses unknown words, styles and times", () => {
  const wrong = [
    ["quickly"],
    ["--style"],
    ["--style", "callbacks"],
    ["--latency"],
    ["--latency", ""],
    ["--latency", "NaN"],
    ["--latency", "-1"],
    ["--latency=0"],
    ["--latency", "10001"],
  ];
  for (const args of wrong) assertThrows(() => parseOptions(args), RangeError);
});

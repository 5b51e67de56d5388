// The demo as its user meets it: the command of `deno task demo`, with the permissions that it asks for,
// in a process of its own. It runs in real time, which is what it shows; a short latency keeps that brief.

import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { childrenOf, processEnds } from "./support/processes.ts";
import config from "../deno.json" with { type: "json" };

const STYLES = ["generator", "async"] as const;

Deno.test("The demo shows the same in both styles, and leaves nothing open", async () => {
  const { code, stdout, stderr } = await demo("--latency", "40").output();
  const lines = new TextDecoder().decode(stdout).split("\n");
  assertEquals([code, new TextDecoder().decode(stderr)], [0, ""]);
  const [, ...shown] = split(lines, /^(generator|async) style: /);
  const same = {
    downloads: [
      "✓ one after another 15/15 pages 3.28 MB",
      "✓ five lanes 15/15 pages 3.28 MB",
      "✓ all at once 15/15 pages 3.28 MB",
    ],
    told: [
      '✗ No such page fails with "404 Not Found"',
      "■ Mathematics is cancelled",
      "■ Arts is cancelled",
      "■ Biography is cancelled",
      "✓ Mathematics has cleaned up",
      "✓ Arts has cleaned up",
      "✓ Biography has cleaned up",
      '✗ the group has ended, with "404 Not Found"',
      "■ Python is given up: no answer within 20 ms",
      "■ Society is asked to end",
      "✓ Society is here all the same, 224,118 bytes",
      "■ Society ends after that",
    ],
    drawn: [
      "demo ┤",
      "one of a group fails ●",
      "Mathematics ⊗",
      "Arts ⊗",
      "Biography ⊗",
      "No such page ◆",
      "a timeout ●",
      "a shielded step ●",
      "Society ⊗",
      "Society (shielded) ●",
    ],
  };
  assertEquals(shown.map(read), [{ style: "generator", ...same }, { style: "async", ...same }]);
  assertEquals(
    lines.at(-2),
    "The server is closed. Requests: 94 answered, 8 dropped by cancelling, 0 open.",
  );
});

for (const style of STYLES) {
  Deno.test(`Ctrl-C ends the demo in order, with 130 (${style})`, async () => {
    const child = demo("--latency", "200", "--style", style).spawn();
    const output = new Output(child.stdout);
    const port = Number(/127\.0\.0\.1:(\d+)/.exec(await output.until("Ctrl-C stops"))![1]);
    await output.until("five lanes"); // five pages are here, and the next are asked for
    await askForNoPage(port); // that takes half as long as a page: the site has been asked for those
    child.kill("SIGINT");
    const rest = await output.rest();
    const stderr = await new Response(child.stderr).text();
    // It was not ended by the signal, nor did anything that it had left keep it from ending.
    const { code, signal } = await child.status;
    assertEquals([code, signal, stderr], [130, null, ""]);
    assertMatch(
      rest,
      /^■ five lanes .*\n\nInterrupted: what ran was cancelled and has cleaned up\.$/m,
    );
    const closed = /answered, (\d+) dropped by cancelling, (\d+) open\.$/m.exec(rest)!;
    assertEquals(closed.slice(1).map(Number), [5, 0]);
    const connecting = () => Deno.connect({ hostname: "127.0.0.1", port });
    await assertRejects(connecting, Deno.errors.ConnectionRefused);
  });
}

Deno.test("The demo keeps the rows of a cancelled painting, on threads as on processes", async () => {
  const { code, stdout, stderr } = await demo("--latency", "10", "--style", "async").output();
  assertEquals([code, new TextDecoder().decode(stderr)], [0, ""]);
  const lines = new TextDecoder().decode(stdout).split("\n");
  const [, act] = split(lines, /^real work: /);
  const bars = [...act!.join("\n").matchAll(/^([ ■✓]) (.+?) +[━─]+ +(\d+)\/22 rows/gm)]
    .map(([, mark, title, rows]) => ({ mark, title, rows: Number(rows) }));
  const ended = bars.filter(({ mark }) => mark !== " ");
  assertEquals(ended.map(({ mark, title }) => `${mark} ${title}`), [
    "■ on threads",
    "✓ the missing rows",
    "■ on processes",
    "✓ the missing rows",
  ]);
  for (const i of [0, 2]) {
    const [kept, whole] = [ended[i]!.rows, ended[i + 1]!.rows];
    assert(kept >= 11 && kept < 22, `${kept} rows were kept`);
    assertEquals(whole, 22);
    // What was kept is not painted again: the bar goes on from there.
    const between = bars.slice(bars.indexOf(ended[i]!) + 1, bars.indexOf(ended[i + 1]!));
    assert(between.every(({ rows }) => rows > kept));
  }
  const start = act!.indexOf("", 2) + 1;
  const picture = act!.slice(start, start + 22).map((row) => row.padEnd(78));
  assertEquals(picture, picture.toReversed()); // the set is symmetrical
  const at = (re: number) => picture[11]![2 + 50 + Math.floor(re / 0.05)];
  assertEquals([at(-2.3), at(-1), at(0), at(0.2), at(1)], [" ", "█", "█", "█", " "]);
  assertEquals(
    act![start + 23],
    "  threads and processes have painted the same; one line tells them apart.",
  );
});

for (const workers of ["threads", "processes"]) {
  Deno.test(`Ctrl-C ends the demo in order while it paints on ${workers}`, async () => {
    const child = demo("--latency", "10", "--style", "async").spawn();
    const output = new Output(child.stdout);
    await output.until(`  on ${workers} `); // a third of the rows is there
    const processes = childrenOf(child.pid);
    assertEquals(processes.length > 0, workers === "processes");
    child.kill("SIGINT");
    const rest = await output.rest();
    const stderr = await new Response(child.stderr).text();
    const { code, signal } = await child.status;
    assertEquals([code, signal, stderr], [130, null, ""]);
    // Half of the rows may be there when the signal is.
    const bar = new RegExp(`^■ (on ${workers}|the missing rows) .*\\n\\nInterrupted: `, "m");
    assertMatch(rest, bar);
    for (const pid of processes) await processEnds(pid);
  });
}

Deno.test("The demo ends quietly when nobody reads it any more", async () => {
  const child = demo("--latency", "10").spawn();
  const output = new Output(child.stdout);
  await output.until("Ctrl-C stops");
  await output.close();
  const stderr = await new Response(child.stderr).text();
  assertEquals([(await child.status).code, stderr], [0, ""]);
});

Deno.test("The demo refuses what it cannot show, and says what it could", async () => {
  const { code, stdout, stderr } = await demo("--style", "callbacks").output();
  assertEquals([code, stdout.length], [2, 0]);
  assertMatch(new TextDecoder().decode(stderr), /expected "generator", "async" or "both"/);
});

/** The task's own command, in this very deno, and without a shell. */
function demo(...args: string[]): Deno.Command {
  const words = config.tasks.demo.command.split(" ");
  const start = words.indexOf("deno");
  const variables = Object.fromEntries(words.slice(0, start).map((word) => word.split("=", 2)));
  return new Deno.Command(Deno.execPath(), {
    args: [...words.slice(start + 1), ...args],
    env: { HTTP_PROXY: "http://127.0.0.1:9", ...variables }, // many machines have one; not for loopback
    cwd: new URL("..", import.meta.url),
    stdout: "piped",
    stderr: "piped",
    signal: AbortSignal.timeout(30_000), // a hang has to end as a failure
  });
}

/** Cuts before each line that matches. */
function split(lines: readonly string[], head: RegExp): string[][] {
  const parts: string[][] = [[]];
  for (const line of lines) {
    if (head.test(line)) parts.push([]);
    parts.at(-1)!.push(line);
  }
  return parts;
}

/** What one style has shown, without times and bars. */
function read(lines: readonly string[]) {
  const text = lines.join("\n");
  const [, drawn = ""] = text.split("What the tasks did: one of a group fails");
  return {
    style: lines[0]!.split(" ")[0],
    downloads: matches(text, /^(✓ [\w ]+?) +━+ +(15\/15 pages) +(\S+ MB)/gm),
    told: matches(text, /^ +\d+ ms {2}([✓✗■]) (.+?) +(is|has|fails|ends)( .+)$/gm)
      .map((line) => line.replaceAll(/ +/g, " ")),
    drawn: matches(drawn, /^ {2}(\S.*?) {2,}\S?.*([●◆⊗┤])$/gm),
  };
}

function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, ...groups]) => groups.join(" "));
}

/** Reads as far as is asked for. */
class Output {
  readonly #reader: ReadableStreamDefaultReader<string>;
  #text = "";

  constructor(stream: ReadableStream<Uint8Array<ArrayBuffer>>) {
    this.#reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  }

  /** Gives what comes up to and with `word`. */
  async until(word: string): Promise<string> {
    let end: number;
    while ((end = this.#text.indexOf(word)) < 0) {
      const { done, value } = await this.#reader.read();
      if (done) throw new Error(`Cannot find "${word}": the output has ended with ${this.#text}`);
      this.#text += value;
    }
    const found = this.#text.slice(0, end + word.length);
    this.#text = this.#text.slice(found.length);
    return found;
  }

  async rest(): Promise<string> {
    while (true) {
      const { done, value } = await this.#reader.read();
      if (done) return this.#text;
      this.#text += value;
    }
  }

  close(): Promise<void> {
    return this.#reader.cancel();
  }
}

/** Asks the site for a page that it does not have, and waits for the end of the answer. */
async function askForNoPage(port: number): Promise<void> {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const request = "GET /none HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
  await connection.write(new TextEncoder().encode(request));
  const buffer = new Uint8Array(1024);
  while (await connection.read(buffer) !== null);
}

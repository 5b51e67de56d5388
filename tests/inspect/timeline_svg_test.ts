/**
 * The picture of a trace: well-formed, and legible, which is that no name is cut off or drawn over.
 */
import { assert, assertEquals } from "@std/assert";
import { createTask, run, sleep, Tracer, VirtualClock, wait } from "../../mod.ts";
import { elements, parseXml, type XmlElement } from "../support/xml.ts";
import { LONG_NAME, MARKUP_NAME, tracedProgram } from "./traced.ts";

const tracer = await tracedProgram();

/** The width of a character of a fixed-width font, as a share of its size; wide characters take two. */
const ADVANCE = 0.61;

/** How far the border around a sign reaches beyond its lines. */
const HALO = 2.5;

interface Box {
  readonly left: number;
  readonly right: number;
  readonly y: number;
  readonly text: string;
}

function boxOf({ attributes, text }: XmlElement): Box {
  const cells = [...text].reduce((sum, char) => sum + (/[가-힣]/.test(char) ? 2 : 1), 0);
  const width = cells * Number(attributes["font-size"]) * ADVANCE;
  const anchors: Record<string, number> = { middle: width / 2, end: width };
  const left = Number(attributes.x) - (anchors[attributes["text-anchor"] ?? ""] ?? 0);
  return { left, right: left + width, y: Number(attributes.y), text };
}

function hasClass(name: string): (element: XmlElement) => boolean {
  return ({ attributes }) => attributes.class?.split(" ").includes(name) ?? false;
}

function picture(width: number): XmlElement {
  return parseXml(tracer.timelineSvg({ width }));
}

for (const theme of ["auto", "light", "dark"] as const) {
  Deno.test(`Tracer.timelineSvg() is well-formed, with a rule for every class (theme ${theme})`, () => {
    const svg = parseXml(tracer.timelineSvg({ theme }));
    const style = elements(svg, "style")[0]!.text;
    const classes = elements(svg).flatMap(({ attributes }) => attributes.class?.split(" ") ?? []);
    const unstyled = new Set(classes.filter((name) => !style.includes(`.${name} `)));
    assertEquals([...unstyled], []);
    assertEquals(style.includes("prefers-color-scheme: dark"), theme === "auto");
    assertEquals(svg.attributes.viewBox, `0 0 960 ${svg.attributes.height}`);
  });
}

Deno.test("Tracer.timelineSvg() has other colours in the dark", () => {
  const colours = (theme: "light" | "dark") => {
    const style = elements(parseXml(tracer.timelineSvg({ theme })), "style")[0]!.text;
    return new Map(
      style.matchAll(/(\.\w+) \{ \w+: (#\w+); \}/g).map(([, name, hex]) => [name, hex]),
    );
  };
  const [light, dark] = [colours("light"), colours("dark")];
  assert(light.size >= 10);
  assertEquals([...dark.keys()], [...light.keys()]);
  for (const [name, colour] of light) assert(dark.get(name) !== colour, name);
});

Deno.test("Tracer.timelineSvg() shows names, or their start and end with the whole in a tooltip", () => {
  const svg = picture(960);
  const names = elements(svg, "text").filter(hasClass("ink")).map(({ text }) => text);
  assertEquals(names.length, tracer.lanes.length);
  assert(names.includes(MARKUP_NAME));
  assert(names.includes("대문을 가져오기"));
  assert(names.some((name) => /^fetch https.*….*index\.html$/.test(name)));
  assert(elements(svg, "title").some(({ text }) => text === LONG_NAME));
});

for (const width of [320, 520, 960, 1600]) {
  Deno.test(`Tracer.timelineSvg() cuts nothing off and draws no label over another (${width} wide)`, () => {
    const svg = picture(width);
    const texts = elements(svg, "text").map(boxOf);
    const height = Number(svg.attributes.height);
    for (const { left, right, y, text } of texts) {
      assert(left >= 0 && right <= width && y > 8 && y < height, `"${text}" leaves the picture`);
    }
    for (const [i, one] of texts.entries()) {
      for (const other of texts.slice(i + 1)) {
        const apart = one.right <= other.left || other.right <= one.left;
        assert(apart || Math.abs(one.y - other.y) > 8, `"${one.text}" and "${other.text}" overlap`);
      }
    }
  });

  Deno.test(`Tracer.timelineSvg() writes what is waited for inside its bar, clear of signs (${width} wide)`, () => {
    const svg = picture(width);
    const bars = elements(svg, "rect").filter(hasClass("wait")).map(({ attributes }) => ({
      left: Number(attributes.x),
      right: Number(attributes.x) + Number(attributes.width),
      top: Number(attributes.y),
      bottom: Number(attributes.y) + Number(attributes.height),
    }));
    const crosses = elements(svg, "path").filter(hasClass("cross")).map(({ attributes }) =>
      attributes.d!.match(/[\d.]+/g)!.map(Number)
    );
    const labels = elements(svg, "text").filter(hasClass("what")).map(boxOf);
    assert(labels.length > 0);
    for (const { left, right, y, text } of labels) {
      const inside = (bar: typeof bars[number]) =>
        bar.left < left && right <= bar.right && bar.top < y && y < bar.bottom;
      assert(bars.some(inside), `"${text}" leaves its bar`);
      const hit = crosses.some(([x1, y1, x2, y2]) =>
        x1! - HALO < right && x2! + HALO > left && y1! < y && y2! > y - 8
      );
      assert(!hit, `"${text}" is drawn over by a cross`);
    }
  });
}

Deno.test("Tracer.timelineSvg() explains the signs that it uses, and no others", async () => {
  const legend = (svg: string) => {
    const texts = elements(parseXml(svg), "text").filter(hasClass("faint"));
    return texts.map(({ text }) => text).filter((text) => !/^\d/.test(text));
  };
  assertEquals(legend(tracer.timelineSvg()), [
    "runs",
    "waits",
    "asked to cancel",
    "ended",
    "failed",
    "cancelled",
  ]);
  const quiet = await run(function* () {
    using tracer = new Tracer();
    yield* sleep(5);
    return tracer;
  }, { clock: new VirtualClock() });
  assertEquals(legend(quiet.timelineSvg()), ["runs", "waits"]);
});

Deno.test("Tracer.timelineSvg() leaves lanes beyond maxLanes out, and says so", async () => {
  const crowd = await run(function* () {
    using tracer = new Tracer();
    yield* wait(Array.from({ length: 150 }, () => createTask(sleep(5))));
    return tracer;
  }, { clock: new VirtualClock() });
  const texts = elements(parseXml(crowd.timelineSvg({ maxLanes: 3 })), "text");
  assertEquals(texts.filter(hasClass("ink")).length, 3);
  assert(texts.some(({ text }) => text === "and 148 more tasks"));
  assertEquals(elements(parseXml(crowd.timelineSvg()), "text").filter(hasClass("ink")).length, 100);
});

Deno.test("Tracer.timelineSvg() of a trace of no length, and of no tasks, is well-formed", async () => {
  const tracer = await run(() => new Tracer(), { clock: new VirtualClock() });
  for (const svg of [tracer.timelineSvg(), tracer.timelineSvg({ maxLanes: 0, width: 1 })]) {
    assert(!svg.includes("NaN") && !svg.includes("Infinity"));
    assertEquals(parseXml(svg).name, "svg");
  }
});

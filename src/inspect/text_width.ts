// How wide a name is, without a font at hand.

/** A cell of a fixed-width font, as a share of its size; none of those in use is wider. */
export const ADVANCE = 0.61;

/** Characters that take two cells: East Asian scripts and emoji, roughly. */
const WIDE = /[ᄀ-ᅟ⺀-꓏가-힣豈-﫿︰-﹏＀-｠￠-￦\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

let graphemes: Intl.Segmenter | null = null;

/** Made on first use: it takes 12 ms, which who draws nothing should not wait for. */
function segmenter(): Intl.Segmenter {
  return graphemes ??= new Intl.Segmenter();
}

/** The width in cells of a fixed-width font. */
export function cells(text: string): number {
  let width = 0;
  for (const { segment } of segmenter().segment(text)) width += WIDE.test(segment) ? 2 : 1;
  return width;
}

/** The text, or as much of its start as fits, with a sign that something is missing; "" for no room. */
export function fit(text: string, room: number): string {
  if (cells(text) <= room) return text;
  const start = take(split(text), room - 1).join("").trimEnd();
  return start === "" ? "" : `${start}…`;
}

/** The text, or its start and its end: names that begin alike stay apart by their ends. */
export function fitEnds(text: string, room: number): string {
  if (cells(text) <= room) return text;
  const segments = split(text);
  const last = take(segments.toReversed(), Math.floor((room - 1) / 3));
  const end = last.toReversed().join("").trimStart();
  const start = take(segments, room - 1 - cells(end)).join("").trimEnd();
  return start === "" ? "" : `${start}…${end}`;
}

/** A name of what is waited for, whole, or without its arguments, or, if it is long, its start. */
export function shorten(what: string, room: number): string {
  const short = [what, what.replace(/\(.*\)$/, "")].find((name) => cells(name) <= room);
  return short ?? (room >= 12 ? fit(what, room) : "");
}

/** What a reader takes for the characters of a text. */
export function split(text: string): string[] {
  return [...segmenter().segment(text)].map(({ segment }) => segment);
}

/** As many of the first ones as there is room for. */
function take(segments: readonly string[], room: number): string[] {
  let left = room;
  const end = segments.findIndex((segment) => (left -= cells(segment)) < 0);
  return segments.slice(0, end < 0 ? segments.length : end);
}

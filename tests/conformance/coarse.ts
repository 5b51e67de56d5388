/**
 * What remains of a trace when the order between tasks inside one instant is dropped: the lines of
 * each task (or callback, or the harness), in their own order, with their times.
 */

/** Who did it -> what they did, `<time> <text>` each. Keys are sorted. */
export type Coarse = Record<string, string[]>;

/** The line without the messages of cancellations, which CPython passes on with odd losses. */
export function withoutMessages(line: string): string {
  return line.replaceAll(/Cancelled\([^()]*\)/g, "Cancelled");
}

export function coarse(trace: readonly string[]): Coarse {
  const byWho = new Map<string, string[]>();
  for (const line of trace) {
    const [time, who, text] = split(line);
    const plain = sortCancelled(sortGroups(withoutMessages(text)));
    const entries = byWho.get(who) ?? [];
    byWho.set(who, entries);
    entries.push(who === "final" ? plain : `${time} ${plain}`);
  }
  for (const [who, entries] of byWho) {
    if (who === "final") entries.sort();
    else if (who === "loop" || who.startsWith("cb:")) entries.sort(byTimeAndText);
  }
  return Object.fromEntries([...byWho].sort(([a], [b]) => a < b ? -1 : 1));
}

/** Whether `actual` has every entry of `must`, as often as it does. */
export function contains(actual: Coarse, must: Coarse): boolean {
  return Object.entries(must).every(([who, entries]) => {
    const left = [...actual[who] ?? []];
    return entries.every((entry) => {
      const at = left.indexOf(entry);
      if (at >= 0) left.splice(at, 1);
      return at >= 0;
    });
  });
}

export function sameCoarse(a: Coarse, b: Coarse): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function split(line: string): [time: string, who: string, text: string] {
  const first = line.indexOf(" ");
  const second = line.indexOf(" ", first + 1);
  return [line.slice(0, first), line.slice(first + 1, second), line.slice(second + 1)];
}

/** Members of a group are sorted innermost group first, so that equal groups print alike. */
function sortGroups(text: string): string {
  const at = text.indexOf("Group[");
  if (at < 0) return text;
  const members: string[] = [];
  let start = at + "Group[".length;
  let depth = 0;
  let end = start;
  for (;; end++) {
    const char = text[end];
    if (depth === 0 && (char === "," || char === "]")) {
      members.push(sortGroups(text.slice(start, end)));
      start = end + 1;
      if (char === "]") break;
    } else if (char === "[" || char === "(") depth++;
    else if (char === "]" || char === ")") depth--;
    else if (char === undefined) {
      throw new Error(`Cannot read group in "${text}": no closing bracket`);
    }
  }
  return `${text.slice(0, at)}Group[${members.sort().join(",")}]${sortGroups(text.slice(end + 1))}`;
}

function sortCancelled(text: string): string {
  return text.replace(
    /^(cancel-all \w+ )\[(.*)\]$/,
    (_, head: string, names: string) => `${head}[${names.split(",").sort().join(",")}]`,
  );
}

function byTimeAndText(a: string, b: string): number {
  const difference = parseInt(a) - parseInt(b);
  if (difference !== 0) return difference;
  const [textA, textB] = [a.slice(a.indexOf(" ")), b.slice(b.indexOf(" "))];
  return textA < textB ? -1 : textA > textB ? 1 : 0;
}

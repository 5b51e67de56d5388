// Outputs as they are committed, and what is wrong with some.

import type { Output } from "./notebook.ts";

/** A picture or two and some lines; whoever prints more tells too much. */
const MOST_BYTES = 60_000;

/** A stream in one piece, streams before displays: the kernel's order and cuts are chance. */
export function tidy(outputs: readonly Output[]): Output[] {
  const streams = ["stdout", "stderr"].flatMap((name): Output[] => {
    const pieces = outputs.filter((output) => output.name === name).map(({ text }) => join(text));
    return pieces.length > 0 ? [{ name, output_type: "stream", text: split(pieces.join("")) }] : [];
  });
  const others = outputs.filter(({ output_type }) => output_type !== "stream").map(tidyDisplay);
  return [...streams, ...others];
}

function tidyDisplay(output: Output): Output {
  const data = Object.entries(output.data ?? {}).sort(([a], [b]) => a < b ? -1 : 1)
    .map(([type, value]) => [type, typeof value === "string" ? split(value) : value]);
  const result = { data: Object.fromEntries(data), metadata: {} };
  return output.output_type === "execute_result"
    ? { ...result, execution_count: null, output_type: "execute_result" }
    : { ...result, output_type: output.output_type };
}

/** What no committed output may be, or undefined. `root` is where the tree lies. */
export function flaw(outputs: readonly Output[], root: string): string | undefined {
  const text = JSON.stringify(outputs);
  if (outputs.some(({ output_type }) => output_type === "error")) return "ends with an error";
  if (text.includes(root)) return `tells where the tree lies, ${root}`;
  const path = text.match(/file:\/\/|\/(home|root|tmp|Users|usr)\/|[A-Z]:\\\\/)?.[0];
  if (path !== undefined) return `has a path of a machine in it, ${path}`;
  if (text.length > MOST_BYTES) return `has ${text.length} bytes, more than ${MOST_BYTES}`;
  return undefined;
}

/** For people: what a reader sees of them. */
export function plain(outputs: readonly Output[]): string {
  return outputs.map(({ text, data, evalue }) =>
    join(text ?? (data?.["text/plain"] as string | string[] | undefined) ?? evalue ?? "")
  ).join("\n");
}

function join(text: string | readonly string[] | undefined): string {
  return typeof text === "string" ? text : (text ?? []).join("");
}

function split(text: string): string[] {
  return text.split(/(?<=\n)/);
}

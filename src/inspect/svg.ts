// Writing SVG by hand: elements, numbers and text that needs escaping.

type Attributes = Readonly<Record<string, string | number>>;

/** `content` is put in as it is. */
export function element(name: string, attributes: Attributes, content?: string | string[]): string {
  const written = Object.entries(attributes).map(([key, value]) =>
    ` ${key}="${typeof value === "number" ? number(value) : escape(value)}"`
  ).join("");
  if (content === undefined) return `<${name}${written}/>`;
  return `<${name}${written}>${typeof content === "string" ? content : content.join("")}</${name}>`;
}

/** A hundredth of a pixel is enough. */
export function number(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** One line of text. */
export function text(
  x: number,
  y: number,
  content: string,
  classes: string,
  size: number,
  anchor: "start" | "middle" | "end" = "start",
): string {
  const attributes = { class: classes, x, y, "font-size": size };
  const placed = anchor === "start" ? attributes : { ...attributes, "text-anchor": anchor };
  return element("text", placed, escape(content));
}

/** For text and for attributes; what XML cannot hold becomes a replacement character. */
export function escape(content: string): string {
  return content
    // deno-lint-ignore no-control-regex -- these are what XML forbids.
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd")
    .toWellFormed()
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

// What a cell shows: the same content for a web page, for a viewer of pictures, and as text.

/** By MIME type, as Jupyter wants it. */
export type Bundle = Record<string, string>;

const DISPLAY: unique symbol = Symbol.for("Jupyter.display") as never;

/** The value of a cell's last expression, shown by the kernel. */
export class Shown {
  readonly #bundle: Bundle;

  constructor(bundle: Bundle) {
    this.#bundle = bundle;
  }

  [DISPLAY](): Bundle {
    return this.#bundle;
  }

  /** For those who run a page without a notebook. */
  [Symbol.for("Deno.customInspect")](): string {
    return this.#bundle["text/plain"] ?? "";
  }
}

/** A picture with a text for where there are none. */
export function picture(svg: string, plain: string): Shown {
  return new Shown({ "text/html": svg, "image/svg+xml": svg, "text/plain": plain });
}

/** Text for HTML. */
export function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

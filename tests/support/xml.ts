/**
 * Reads XML strictly, as a browser reads an SVG file: what is not well-formed is an error.
 */

/** An element, in the order of the document. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** The text directly in it. */
  text: string;
  readonly children: XmlElement[];
}

const TOKEN = /<(\/?)([\w:-]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)|(.)/gsu;
const ATTRIBUTE = /([\w:-]+)="([^"]*)"/g;
const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"' };

export function parseXml(xml: string): XmlElement {
  const top: XmlElement = { name: "", attributes: {}, text: "", children: [] };
  const open = [top];
  for (const [token, closing, name, attributes = "", empty, text, wrong] of xml.matchAll(TOKEN)) {
    const current = open.at(-1)!;
    if (wrong !== undefined) throw new SyntaxError(`Cannot read XML: stray "${wrong}"`);
    if (text !== undefined) current.text += decode(text);
    else if (closing === "/") {
      if (open.pop()!.name !== name) throw new SyntaxError(`Cannot read XML: unexpected ${token}`);
    } else {
      const element = {
        name: name!,
        attributes: readAttributes(attributes),
        text: "",
        children: [],
      };
      current.children.push(element);
      if (empty !== "/") open.push(element);
    }
  }
  const [root, ...others] = top.children;
  if (open.length > 1 || root === undefined || others.length > 0 || top.text.trim() !== "") {
    throw new SyntaxError("Cannot read XML: expected one element, closed");
  }
  return root;
}

/** All elements inside, of one name or all. */
export function elements(root: XmlElement, name?: string): XmlElement[] {
  const all = root.children.flatMap((child) => [child, ...elements(child)]);
  return name === undefined ? all : all.filter((element) => element.name === name);
}

function readAttributes(text: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, name, value] of text.matchAll(ATTRIBUTE)) {
    if (name! in attributes) throw new SyntaxError(`Cannot read XML: attribute ${name} twice`);
    attributes[name!] = decode(value!);
  }
  return attributes;
}

function decode(text: string): string {
  // deno-lint-ignore no-control-regex -- these are what XML forbids.
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text) || !text.isWellFormed()) {
    throw new SyntaxError("Cannot read XML: a character that it forbids");
  }
  return text.replace(/&(\w*);?/g, (entity, name) => {
    const character = ENTITIES[name];
    if (character === undefined) throw new SyntaxError(`Cannot read XML: entity ${entity}`);
    return character;
  });
}

/**
 * Reads markup as the lab's figures write it: whole elements, quoted attributes, escaped text.
 *
 * It mends nothing. What a browser would guess at is refused, so that what is read here means in a page
 * what it means here.
 */

/** An element; its text is escaped as it came. */
export interface MarkupElement {
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly MarkupNode[];
}

/** An element, or escaped text. */
export type MarkupNode = MarkupElement | string;

/** Elements that HTML has no end tag for. */
const empty: ReadonlySet<string> = new Set(["br", "img"]);

const piece =
  /<(?<end>\/)?(?<tag>[a-zA-Z][a-zA-Z0-9]*)(?<attributes>(?: [a-zA-Z][\w:-]*="[^"<>&]*(?:&[#a-z0-9]+;[^"<>&]*)*")*)(?<closed>\/)?>|(?<text>(?:[^<&]|&[#a-z0-9]+;)+)/gy;
const attribute = / ([a-zA-Z][\w:-]*)="([^"]*)"/g;

interface Open {
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: MarkupNode[];
}

/** Returns the element that the text is, or undefined where it is anything else than one whole element. */
export function readMarkup(text: string): MarkupElement | undefined {
  const root: Open = { tag: "", attributes: new Map(), children: [] };
  const open: Open[] = [root];
  let at = 0;
  for (const { 0: whole, groups } of text.matchAll(piece)) {
    at += whole.length;
    const parent = open.at(-1);
    const tag = groups?.["tag"];
    if (parent === undefined) return undefined;
    if (tag === undefined) {
      parent.children.push(whole);
    } else if (groups?.["end"] !== undefined) {
      if (open.length === 1 || parent.tag !== tag) return undefined;
      open.pop();
      open.at(-1)?.children.push(parent);
    } else {
      const attributes = new Map(
        Array.from((groups?.["attributes"] ?? "").matchAll(attribute), ([, name, value]) => [
          name ?? "",
          value ?? "",
        ]),
      );
      const made = { tag, attributes, children: [] };
      if (groups?.["closed"] === undefined && !empty.has(tag)) open.push(made);
      else parent.children.push(made);
    }
  }
  const [only, ...others] = root.children;
  const isWhole = at === text.length && open.length === 1 && others.length === 0;
  return isWhole && typeof only === "object" ? only : undefined;
}

/** Returns the markup of an element and what is in it. */
export function writeMarkup(node: MarkupNode): string {
  if (typeof node === "string") return node;
  const { tag, attributes, children } = node;
  const written = [...attributes].map(([name, value]) => ` ${name}="${value}"`).join("");
  const start = `<${tag}${written}>`;
  return empty.has(tag) ? start : `${start}${children.map(writeMarkup).join("")}</${tag}>`;
}

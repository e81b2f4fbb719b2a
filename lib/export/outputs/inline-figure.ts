/**
 * Figures as part of a page: their text can be selected, searched and copied, and follows the page's theme.
 *
 * Only what the lab's own figures consist of gets into a page; anything else stays an image, in which
 * nothing runs and which reaches nothing.
 */
import { escapeMarkup, unescapeMarkup } from "../../views/draw/markup.js";
import { eitherScheme, midTone, palette, tones } from "../../views/draw/palette.js";
import { readMarkup, writeMarkup, type MarkupElement, type MarkupNode } from "./markup-tree.js";

/** The class of a figure's drawing in a page. */
export const drawingClass = "lab-svg";

/** What may stand in an attribute: nothing that could name an address. */
const plainValue = /^[\w\s.,()#%+-]*$/;

const shapes: readonly string[] = ["rect", "line", "circle", "polygon", "path", "g", "text", "svg"];
const numbers = "x y x1 y1 x2 y2 cx cy r rx width height points d transform viewBox opacity".split(
  " ",
);
const paints = "class fill stroke-width stroke-dasharray text-anchor xml:space role".split(" ");
const drawn: ReadonlySet<string> = new Set([...numbers, ...paints]);

/** Returns the drawing as an element of a page, or undefined where it is none of the lab's. */
export function inlineSvg(svg: string): string | undefined {
  const root = readMarkup(svg);
  if (root?.tag !== "svg" || root.attributes.get("class") !== "lab-figure") return undefined;
  const title = root.children.find((child) => typeof child === "object" && child.tag === "title");
  const label = typeof title === "object" ? textIn(title) : "";
  // The page's own sheet has the rules, and a title would follow the mouse over all of the figure.
  const inside = root.children.filter(
    (child) => typeof child !== "object" || !["title", "style"].includes(child.tag),
  );
  const shown = inside.map(drawingNode);
  const own = checked(root, drawn);
  if (own === undefined || shown.includes(undefined)) return undefined;
  own.delete("xmlns");
  own.set("class", drawingClass).set("role", "img");
  if (label !== "") own.set("aria-label", label);
  return writeMarkup({
    tag: "svg",
    attributes: own,
    children: shown.filter((node) => node !== undefined),
  });
}

function drawingNode(node: MarkupNode): MarkupNode | undefined {
  if (typeof node === "string") return node;
  if (!shapes.includes(node.tag)) return undefined;
  return rebuilt(node, drawn, drawingNode);
}

const textTags: readonly string[] = [
  ...["div", "pre", "details", "summary", "b", "br", "span", "code", "p", "ul", "ol", "li"],
  ...["table", "thead", "tbody", "tr", "th", "td", "h3", "h4", "strong", "em"],
];
const textAttributes: ReadonlySet<string> = new Set(["class", "colspan"]);

/** Returns a figure that is text, as an element of a page, or undefined where it is none of the lab's. */
export function inlineText(html: string): string | undefined {
  const root = readMarkup(html);
  if (root === undefined || !/^lab-[a-z]+$/.test(root.attributes.get("class") ?? "")) {
    return undefined;
  }
  const shown = textNode(root);
  return shown === undefined ? undefined : writeMarkup(shown);
}

function textNode(node: MarkupNode): MarkupNode | undefined {
  if (typeof node === "string") return node;
  if (!textTags.includes(node.tag)) return undefined;
  const own = rebuilt(node, textAttributes, textNode);
  const style = own?.attributes.get("style");
  if (own === undefined || style === undefined) return own;
  return { ...own, attributes: new Map(own.attributes).set("style", inPageColours(style)) };
}

function rebuilt(
  node: MarkupElement,
  known: ReadonlySet<string>,
  child: (node: MarkupNode) => MarkupNode | undefined,
): MarkupElement | undefined {
  const attributes = checked(node, known);
  const children = node.children.map(child);
  if (attributes === undefined || children.includes(undefined)) return undefined;
  return { tag: node.tag, attributes, children: children.filter((one) => one !== undefined) };
}

/** Returns the attributes, or undefined where one of them is not known to be harmless. */
function checked(
  { attributes }: MarkupElement,
  known: ReadonlySet<string>,
): Map<string, string> | undefined {
  const isHarmless = ([name, value]: readonly [string, string]): boolean => {
    if (name === "xmlns") return value === "http://www.w3.org/2000/svg";
    if (name === "style") return isPlainStyle(value);
    return known.has(name) && plainValue.test(value) && !/url\s*\(/i.test(value);
  };
  return [...attributes].every(isHarmless) ? new Map(attributes) : undefined;
}

/** Properties that change how text looks and flows, and never where else in the page it stands. */
const properties: ReadonlySet<string> = new Set(
  (
    "margin padding font-family font-size font-weight font-style line-height white-space color opacity cursor " +
    "overflow-wrap display flex flex-wrap gap border border-left border-top border-bottom border-radius " +
    "max-width min-width text-align vertical-align background background-color border-collapse"
  ).split(" "),
);

/** A value with no address in it, and no length below zero, which would move text over other text. */
const styleValue = /^(?:[\w\s.,#%+-]+|rgba?\([\d.,\s]+\))$/;
const belowZero = /(?:^|\s)-[\d.]/;

function isPlainStyle(style: string): boolean {
  const declarations = style.split(";").filter((one) => one.trim() !== "");
  return declarations.every((declaration) => {
    const [name = "", value = "", ...more] = declaration.split(":").map((part) => part.trim());
    const isPlain = styleValue.test(value) && !belowZero.test(value);
    return properties.has(name) && isPlain && more.length === 0;
  });
}

/** Colours for a page of unknown theme become those of the page's own. */
const themed: ReadonlyMap<string, string> = new Map([
  [eitherScheme.ink, "var(--muted)"],
  ...tones.map((tone) => {
    const { light, dark } = palette;
    return [midTone(tone), `light-dark(${light[tone]},${dark[tone]})`] as const;
  }),
]);

function inPageColours(style: string): string {
  return style.replace(/#[\da-f]{6}/gi, (colour) => themed.get(colour) ?? colour);
}

function textIn(element: MarkupElement): string {
  const text = element.children.map((child) => (typeof child === "string" ? child : textIn(child)));
  return escapeMarkup(unescapeMarkup(text.join("")));
}

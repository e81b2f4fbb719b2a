/**
 * Prose to HTML: CommonMark with tables, maths and diagrams.
 *
 * Raw HTML is shown as text, and markdown-it refuses script URLs: prose can never run anything.
 */
import { tex } from "@mdit/plugin-tex";
import { slug as githubSlug } from "github-slugger";
import katex from "katex";
import MarkdownIt, { type StateCore, type Token } from "markdown-it";
import { escapeMarkup } from "../../views/draw/markup.js";
import { kernelSource } from "../kernel-source.js";
import type { Highlight } from "./highlight.js";

/** A heading, for tables of contents and the search index. */
export interface Heading {
  readonly level: number;
  readonly text: string;
  readonly id: string;
}

/** Rendered prose; `maths` and `mermaid` say which libraries its page needs. */
export interface Prose {
  readonly html: string;
  /** What a reader reads, without markup. */
  readonly text: string;
  readonly headings: readonly Heading[];
  readonly maths: boolean;
  readonly mermaid: boolean;
}

/** What a link or an image of a cell points to in the exported file. */
export interface LinkMap {
  /** Undefined where there is nothing to link to: the text then stands alone. */
  readonly link: (href: string) => string | undefined;
  readonly image: (src: string) => string;
}

/** Returns the prose of one cell; ids already taken in the page are in `ids` and are added to. */
export type RenderMarkdown = (source: string, links: LinkMap, ids: Set<string>) => Prose;

interface Environment {
  maths: boolean;
}

/** Returns the renderer for all prose of an export. */
export function createMarkdown(highlight: Highlight): RenderMarkdown {
  const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false });
  markdown.use(tex, {
    delimiters: "dollars",
    render: (content: string, displayMode: boolean, env: Environment) => {
      env.maths = true;
      return katex.renderToString(content, { displayMode, throwOnError: false, trust: false });
    },
  });
  markdown.core.ruler.push("kernel-sources", linkSources);
  markdown.renderer.rules.fence = (tokens, index) => {
    const token = tokens[index];
    const language = token?.info.trim().split(/\s+/)[0] ?? "";
    const code = token?.content ?? "";
    return language === "mermaid" ? mermaidBlock(code) : scrollable(highlight(code, language));
  };
  markdown.renderer.rules.code_block = (tokens, index) =>
    scrollable(highlight(tokens[index]?.content ?? "", ""));
  markdown.renderer.rules.text = (tokens, index) => withDates(tokens[index]?.content ?? "");
  markdown.renderer.rules["table_open"] = () =>
    `<div class="lab-scroll" tabindex="0" role="region" aria-label="Table"><table>`;
  markdown.renderer.rules["table_close"] = () => "</table></div>";

  return (source, links, ids) => {
    const env: Environment = { maths: false };
    const tokens = markdown.parse(source, env);
    const headings = nameHeadings(tokens, ids);
    mapLinks(tokens, links);
    return {
      html: markdown.renderer.render(tokens, markdown.options, env),
      text: plainText(tokens),
      headings,
      maths: env.maths,
      mermaid: tokens.some((t) => t.type === "fence" && /^mermaid\b/.test(t.info.trim())),
    };
  };
}

/** No line ends inside a date: a column would be taken for as narrow as its year. */
function withDates(text: string): string {
  return escapeMarkup(text).replace(/\b\d{4}-\d{2}-\d{2}\b/g, "<time>$&</time>");
}

/** Returns a diagram's place in a page: its source, which the page's script draws. */
function mermaidBlock(source: string, alt = "Diagram"): string {
  return (
    `<figure class="lab-figure"><div class="lab-mermaid" role="img" aria-label="${escapeMarkup(alt)}">` +
    `<pre>${escapeMarkup(source)}</pre></div></figure>\n`
  );
}

/** Wide code scrolls by itself, with the keyboard too. */
export function scrollable(html: string): string {
  return html.replace(/^<pre(?![^>]* tabindex)/, '<pre tabindex="0"');
}

function nameHeadings(tokens: readonly Token[], ids: Set<string>): Heading[] {
  return tokens.flatMap((token, index) => {
    if (token.type !== "heading_open") return [];
    const text = plainText(tokens[index + 1]?.children ?? []);
    const id = slug(text, ids);
    token.attrSet("id", id);
    return [{ level: Number(token.tag.slice(1)), text, id }];
  });
}

/** Heading ids as code hosts make them, kept apart from the page's own, which begin with `lab-`. */
export function slug(text: string, ids: Set<string>): string {
  const base = githubSlug(text.trim()).replace(/^(lab|cell)-/, "s-$1-") || "section";
  let id = base;
  for (let n = 1; ids.has(id); n++) id = `${base}-${n}`;
  ids.add(id);
  return id;
}

function mapLinks(tokens: readonly Token[], links: LinkMap): void {
  for (const token of tokens) {
    mapLinks(token.children ?? [], links);
    const href = token.type === "link_open" ? token.attrGet("href") : null;
    if (href !== null) {
      const target = links.link(href);
      if (target === undefined) token.attrs = [];
      else token.attrSet("href", target);
      if (/^https?:/.test(href)) {
        token.attrSet("rel", "noopener noreferrer");
        token.attrJoin("class", "lab-external");
      }
    }
    const src = token.type === "image" ? token.attrGet("src") : null;
    if (src !== null) token.attrSet("src", links.image(src));
  }
}

/** Names of files of the kernel lead to them, where the author has not said another place. */
function linkSources(state: StateCore): void {
  for (const token of state.tokens) {
    if (token.children !== null) token.children = withSources(token.children, state.Token);
  }
}

function withSources(tokens: readonly Token[], Made: StateCore["Token"]): Token[] {
  let depth = 0;
  return tokens.flatMap((token) => {
    if (token.type === "link_open") depth++;
    if (token.type === "link_close") depth--;
    const address =
      token.type === "code_inline" && depth === 0 ? kernelSource(token.content) : undefined;
    if (address === undefined) return [token];
    const open = new Made("link_open", "a", 1);
    open.attrs = [
      ["href", address],
      ["class", "lab-source"],
    ];
    return [open, token, new Made("link_close", "a", -1)];
  });
}

function plainText(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      switch (token.type) {
        case "text":
        case "code_inline":
        case "math_inline":
        case "math_block":
        case "fence":
        case "code_block":
          return token.content;
        case "softbreak":
        case "hardbreak":
          return "\n";
        case "image":
          return token.content;
        default:
          return token.children === null ? "" : plainText(token.children);
      }
    })
    .join(tokens[0]?.block === true ? "\n" : "")
    .replace(/\n{2,}/g, "\n")
    .trim();
}

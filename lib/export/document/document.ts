/**
 * The document tree: what a page, a deck or a handout shows, after the edition and before the format.
 */
import { cellTags, cutEdition, type Edition } from "../source/edition.js";
import type { Highlight } from "./highlight.js";
import { scrollable, slug, type Heading, type LinkMap, type RenderMarkdown } from "./markdown.js";
import type { CodeCell, MarkdownCell, Notebook, SlideType } from "../source/notebook.js";
import { scaffoldingOf, type Scaffolding } from "../source/scaffolding.js";
import { showOutputs, type Shown } from "../outputs/outputs.js";

/** Why a block is marked, if it is. */
export type Role = "plain" | "exercise" | "solution" | "hidden-test" | "notes";

interface BlockCommon {
  /** The HTML id of the block. */
  readonly id: string;
  readonly role: Role;
  readonly slide: SlideType;
}

/** A cell of prose. */
export interface ProseBlock extends BlockCommon {
  readonly kind: "prose";
  readonly html: string;
  readonly text: string;
  readonly headings: readonly Heading[];
}

/** A cell of code with its stored outputs. */
export interface CodeBlock extends BlockCommon {
  readonly kind: "code";
  readonly source: string;
  readonly highlighted: string;
  /** The number of the cell among those of code, from 1: errors call it by this. */
  readonly number: number;
  readonly scaffolding: Scaffolding;
  /** Only the output is of interest. */
  readonly hidesInput: boolean;
  /** May take longer than the live page's usual limit. */
  readonly long: boolean;
  readonly outputs: readonly Shown[];
}

/** One block of a document. */
export type Block = ProseBlock | CodeBlock;

/** The browser libraries that a document needs to show what is stored in it. */
export type Library = "plotly" | "mermaid" | "katex";

/** A notebook as one edition of one format shows it. */
export interface Document {
  readonly name: string;
  readonly title: string;
  readonly edition: Edition;
  readonly blocks: readonly Block[];
  readonly headings: readonly Heading[];
  readonly libraries: ReadonlySet<Library>;
}

/** The renderers that all documents of one export share. */
export interface Renderers {
  readonly markdown: RenderMarkdown;
  readonly highlight: Highlight;
}

/** Where links lead. */
export interface Links {
  /** Returns the exported file of another notebook, or undefined where a format cannot link to it. */
  readonly page: (notebook: string) => string | undefined;
  /** Returns an image beside the notebook as a data URI, or undefined where there is none. */
  readonly image: (src: string) => string | undefined;
}

/** Returns the notebook's document in the edition asked for. */
export function buildDocument(
  notebook: Notebook,
  edition: Edition,
  renderers: Renderers,
  links: Links,
): Document {
  const cut = cutEdition(notebook, edition);
  const ids = new Set(cut.cells.map((cell) => `cell-${cell.id}`));
  const libraries = new Set<Library>();
  const scaffolding = scaffoldingOf(cut.cells);
  let number = 0;
  const blocks = cut.cells.map((cell, at): Block => {
    const common = {
      id: `cell-${cell.id}`,
      role: cell.slide === "notes" ? "notes" : roleOf(cell.tags),
      slide: cell.slide,
    };
    switch (cell.kind) {
      case "markdown": {
        const prose = renderers.markdown(cell.source, linkMap(links, cell), ids);
        if (prose.maths) libraries.add("katex");
        if (prose.mermaid) libraries.add("mermaid");
        return { kind: "prose", ...common, ...prose };
      }
      case "code":
        return {
          ...common,
          ...codeBlock(cell, renderers.highlight, libraries),
          number: ++number,
          scaffolding: scaffolding[at],
        };
    }
  });
  const { name } = notebook;
  const headings = blocks.flatMap((block) => (block.kind === "prose" ? block.headings : []));
  if (headings[0]?.level !== 1) headings.unshift({ level: 1, text: cut.title, id: slug("", ids) });
  return { name, title: cut.title, edition, blocks, headings, libraries };
}

function codeBlock(
  cell: CodeCell,
  highlight: Highlight,
  libraries: Set<Library>,
): Omit<CodeBlock, keyof BlockCommon | "number" | "scaffolding"> {
  const outputs = showOutputs(cell.outputs);
  for (const output of outputs) {
    if (output.kind === "figure" && output.plotly !== undefined) libraries.add("plotly");
    if (output.kind === "figure" && output.mermaid !== undefined) libraries.add("mermaid");
  }
  return {
    kind: "code",
    source: cell.source,
    highlighted: scrollable(highlight(cell.source, "typescript")),
    long: cell.tags.includes(cellTags.long),
    hidesInput: cell.tags.includes(cellTags.hideInput),
    outputs,
  };
}

function roleOf(tags: readonly string[]): Role {
  if (tags.includes(cellTags.solution)) return "solution";
  if (tags.includes(cellTags.hiddenTest)) return "hidden-test";
  return tags.includes(cellTags.exercise) ? "exercise" : "plain";
}

const otherNotebook = /^(?:\.\/)?([\w.-]+)\.ipynb(#.*)?$/;

function linkMap(links: Links, cell: MarkdownCell): LinkMap {
  return {
    link: (href) => {
      const [whole, name = "", part = ""] = otherNotebook.exec(href) ?? [];
      if (whole === undefined) return href;
      const page = links.page(name);
      return page === undefined ? undefined : page + part;
    },
    image: (src) => {
      const attached = /^attachment:(.+)$/.exec(src)?.[1];
      if (attached !== undefined) return cell.attachments[decodeURIComponent(attached)] ?? "";
      return src.startsWith("data:") ? src : (links.image(src) ?? "");
    },
  };
}

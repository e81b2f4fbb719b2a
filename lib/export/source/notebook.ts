/**
 * What every format knows of a notebook, as plain data.
 *
 * What is not named here does not survive: unknown metadata never reaches an exported file.
 */
import type { Output } from "../outputs/stored-output.js";
import { withoutControlSequences } from "../outputs/control-sequences.js";
import { withinLimits } from "../outputs/output-limits.js";
import { fieldOf, multiline, textField } from "../json.js";
import { isRecord } from "../../primitives/record.js";
import type {
  Cell as FileCell,
  Notebook as NotebookFile,
} from "../../notebook/document/notebook.js";
import { parseNotebook as parseFile } from "../../notebook/document/parse.js";
import { base64 } from "../../views/draw/markup.js";

/** What a cell's slideshow metadata can say; `none` goes on on the same slide. */
export type SlideType = "none" | "slide" | "subslide" | "fragment" | "skip" | "notes";

interface CellCommon {
  /** Unique in its notebook, fit for an HTML id. */
  readonly id: string;
  readonly source: string;
  readonly tags: readonly string[];
  readonly slide: SlideType;
  /** A kind of slide that there is not. */
  readonly unknownSlide?: string;
  /** Its author has folded it away (`jupyter.source_hidden`). */
  readonly folded: boolean;
  /** What nbgrader says of it: points, and who may change it. */
  readonly nbgrader?: NbgraderCell;
}

/** The fields of nbgrader's metadata. */
export type NbgraderCell = Readonly<Record<string, string | number | boolean>>;

/** A cell of prose; `attachments` maps a file name to a data URI. */
export interface MarkdownCell extends CellCommon {
  readonly kind: "markdown";
  readonly attachments: Readonly<Record<string, string>>;
}

/** A cell of code with what it last printed. */
export interface CodeCell extends CellCommon {
  readonly kind: "code";
  readonly outputs: readonly Output[];
}

/** One cell. */
export type Cell = MarkdownCell | CodeCell;

/** One notebook; `name` is its file name without the extension. */
export interface Notebook {
  readonly name: string;
  readonly title: string;
  readonly cells: readonly Cell[];
}

const slideTypes: readonly SlideType[] = ["slide", "subslide", "fragment", "skip", "notes"];

/**
 * Returns the notebook that the text of a file holds.
 *
 * @param name how messages and files call it.
 * @throws NotebookError when the text is not an nbformat 4 notebook.
 */
export function parseNotebook(text: string, name: string): Notebook {
  return knownIn(parseFile(text, name), name);
}

/** Returns what exports know of a notebook. */
export function knownIn(file: NotebookFile, name: string): Notebook {
  const cells = file.cells.flatMap(knownCell);
  return { name, title: titleOf(cells) ?? name, cells };
}

function knownCell(cell: FileCell): Cell[] {
  const { id, source, metadata } = cell;
  const tags = metadata["tags"];
  const common = {
    id,
    source,
    tags: Array.isArray(tags) ? tags.filter((tag) => typeof tag === "string") : [],
    ...slideOf(fieldOf(metadata["slideshow"], "slide_type")),
    ...nbgraderOf(metadata["nbgrader"]),
    folded: fieldOf(metadata["jupyter"], "source_hidden") === true,
  };
  switch (cell.kind) {
    case "markdown":
      return [{ kind: cell.kind, ...common, attachments: readAttachments(cell.attachments) }];
    case "code":
      return [{ kind: cell.kind, ...common, outputs: withinLimits(cell.outputs.flatMap(output)) }];
    case "raw":
      return [];
  }
}

/** "-" is how JupyterLab says that a cell has no kind. */
function slideOf(stored: unknown): Pick<CellCommon, "slide" | "unknownSlide"> {
  const slide = slideTypes.find((type) => type === stored);
  if (slide !== undefined) return { slide };
  const isNone = typeof stored !== "string" || stored === "" || stored === "-";
  return isNone ? { slide: "none" } : { slide: "none", unknownSlide: stored };
}

const nbgraderFields = [
  ...["cell_type", "grade", "grade_id", "locked", "points", "schema_version", "solution", "task"],
] as const;

function nbgraderOf(stored: unknown): { readonly nbgrader?: NbgraderCell } {
  const entries = nbgraderFields.flatMap((name) => {
    const value = fieldOf(stored, name);
    const isPlain =
      typeof value === "string" || typeof value === "number" || typeof value === "boolean";
    return isPlain ? [[name, value] as const] : [];
  });
  return entries.length === 0 ? {} : { nbgrader: Object.fromEntries(entries) };
}

function readAttachments(stored: unknown): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [file, bundle] of isRecord(stored) ? Object.entries(stored) : []) {
    for (const [mime, data] of isRecord(bundle) ? Object.entries(bundle) : []) {
      const text = multiline(data);
      if (text === undefined || !/^image\/[\w.+-]+$/.test(mime)) continue;
      const isMarkup = mime === "image/svg+xml" && text.trimStart().startsWith("<");
      const body = isMarkup ? base64(text) : text.replace(/\s/g, "");
      found[file] = `data:${mime};base64,${body}`;
    }
  }
  return found;
}

function output(stored: unknown): Output[] {
  switch (fieldOf(stored, "output_type")) {
    case "stream": {
      const name = fieldOf(stored, "name") === "stderr" ? "stderr" : "stdout";
      return [
        {
          kind: "stream",
          name,
          text: withoutControlSequences(multiline(fieldOf(stored, "text")) ?? ""),
        },
      ];
    }
    case "display_data":
    case "execute_result": {
      const data = fieldOf(stored, "data");
      if (!isRecord(data)) return [];
      const bundle: Record<string, unknown> = {};
      for (const [mime, value] of Object.entries(data)) bundle[mime] = multiline(value) ?? value;
      return [{ kind: "display", bundle }];
    }
    case "error": {
      const lines = multiline(fieldOf(stored, "traceback"), "\n") ?? "";
      return [
        {
          kind: "error",
          name: withoutControlSequences(textField(stored, "ename") ?? "Error"),
          value: withoutControlSequences(textField(stored, "evalue") ?? ""),
          traceback: withoutControlSequences(lines),
        },
      ];
    }
    default:
      return [];
  }
}

function titleOf(cells: readonly Cell[]): string | undefined {
  for (const cell of cells) {
    const title =
      cell.kind === "markdown" ? /^#[ \t]+(.+?)[ \t#]*$/m.exec(cell.source)?.[1] : undefined;
    if (title !== undefined) return title.replace(/[`*_]/g, "");
  }
  return undefined;
}

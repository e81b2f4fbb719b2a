/** A reader's version as a file: a notebook that JupyterLab runs, or a page to read and to hand in. */
import { fieldOf, linesOf, multiline, textField } from "../../../json.js";
import { isRecord } from "../../../../primitives/record.js";
import { storedOutput, type Output } from "../../../outputs/stored-output.js";
import type { OutputMessage } from "../../../runtime/protocol.js";
import { escapeMarkup, scriptJson } from "../../../../views/draw/markup.js";
import { digest } from "../../links/digest.js";
import type { Sources } from "./shared-link.js";

/** A cell as it is now. */
export interface SavedCell {
  readonly id: string;
  readonly source: string;
  /** The text that the page has for it. */
  readonly original: string;
  /** What its last run sent, if that was of this text. */
  readonly outputs: readonly OutputMessage[];
}

/** Returns the text of a notebook file: `stored` with the cells as they are now. */
export function savedNotebook(stored: unknown, page: string, cells: readonly SavedCell[]): string {
  const byId = new Map(cells.map((cell) => [cell.id, cell]));
  const given = fieldOf(stored, "cells");
  const metadata = fieldOf(stored, "metadata");
  const file = {
    ...(isRecord(stored) ? stored : {}),
    cells: (Array.isArray(given) ? given : []).map((cell: unknown) => {
      const now = byId.get(htmlId(cell) ?? "");
      if (now === undefined || !isRecord(cell)) return cell;
      const own = cell["metadata"];
      return {
        ...cell,
        metadata: {
          ...(isRecord(own) ? own : {}),
          lockdep_lab: { original: digest(now.original) },
        },
        source: linesOf(now.source),
        outputs: now.outputs.map((sent) => storedOutput(outputOf(sent))),
      };
    }),
    metadata: { ...(isRecord(metadata) ? metadata : {}), lockdep_lab: { page } },
  };
  return `${JSON.stringify(file, null, 1)}\n`;
}

/** The id that the page has for a cell of the notebook. */
function htmlId(cell: unknown): string | undefined {
  const id = textField(cell, "id");
  return id === undefined ? undefined : `cell-${id}`;
}

/** Returns what a run has sent, as the output of a notebook's cell. */
function outputOf(sent: OutputMessage): Output {
  switch (sent.kind) {
    case "text":
      return { kind: "stream", name: sent.stream, text: sent.text };
    case "bundle":
      return { kind: "display", bundle: sent.bundle };
    case "error": {
      const { name, value, trace } = sent;
      return { kind: "error", name, value, traceback: `${name}: ${value}\n${trace}` };
    }
  }
}

/** Returns a page to read, with the notebook inside it; `article` is trusted markup. */
export function savedPage(
  title: string,
  styles: string,
  article: string,
  notebook: string,
): string {
  const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
  return (
    `<!doctype html>\n<html lang="en"><head><meta charset="utf-8">` +
    `<meta http-equiv="Content-Security-Policy" content="${policy}">` +
    `<meta name="viewport" content="width=device-width, initial-scale=1">` +
    `<title>${escapeMarkup(title)}</title><style>${styles.replace(/<\/(style)/gi, "<\\/$1")}</style></head>\n` +
    `<body>${article}\n<script type="application/json" id="lab-saved">` +
    `${scriptJson(JSON.parse(notebook))}</script></body></html>\n`
  );
}

/**
 * Returns the sources of the cells in a file that a page has saved, or a notebook from JupyterLab. Cells that
 * nobody has changed since they were saved are left out: a corrected page has a newer text for them.
 *
 * What is wrong with the file is returned as text.
 */
export function readSaved(page: string, text: string): Sources | string {
  const inPage = /<script type="application\/json" id="lab-saved">([^<]*)<\/script>/.exec(text);
  let data: unknown;
  try {
    data = JSON.parse(inPage?.[1] ?? text.replace(/^\uFEFF/, ""));
  } catch {
    return "That file is no notebook, and no page saved here: choose one that you downloaded.";
  }
  const cells = fieldOf(data, "cells");
  if (!Array.isArray(cells)) return "That file holds no cells: is it a notebook?";
  const from = textField(fieldOf(fieldOf(data, "metadata"), "lockdep_lab"), "page");
  if (from !== undefined && from !== page) {
    return `That file belongs to another page: ${from}.`;
  }
  return new Map(
    cells.flatMap((cell: unknown) => {
      const id = htmlId(cell);
      const source = multiline(fieldOf(cell, "source"));
      if (id === undefined || source === undefined || fieldOf(cell, "cell_type") !== "code") {
        return [];
      }
      const original = textField(fieldOf(fieldOf(cell, "metadata"), "lockdep_lab"), "original");
      return original === digest(source) ? [] : [[id, source] as const];
    }),
  );
}

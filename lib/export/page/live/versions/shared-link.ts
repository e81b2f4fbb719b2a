/** A reader's version packed into a link. */
import { fieldOf, textField } from "../../../json.js";
import { isRecord } from "../../../../primitives/record.js";
import { packData, unpackData } from "../../links/packed-data.js";

/** Changed cells: id to source. */
export type Sources = ReadonlyMap<string, string>;

const mark = "#edits=";

/** Returns the part of a link, from its `#`, that holds the edits, or undefined where it would be too long. */
export function packLink(page: string, edits: Sources): string | undefined {
  const packed = packData({ page, cells: Object.fromEntries(edits) });
  return packed === undefined ? undefined : mark + packed;
}

/** Returns the edits that a link holds, undefined where it holds none, or what is wrong with it. */
export function unpackLink(page: string, hash: string): Sources | string | undefined {
  if (!hash.startsWith(mark)) return undefined;
  try {
    const data = unpackData(hash.slice(mark.length));
    const cells = fieldOf(data, "cells");
    if (!isRecord(cells)) return "The link holds no cells.";
    const from = textField(data, "page");
    if (from !== page) return elsewhere(page, from ?? "");
    return sourcesIn(cells);
  } catch {
    return "The link is damaged: was it copied whole?";
  }
}

/** Why a link of another page is not opened: other editions have other cells. */
function elsewhere(page: string, from: string): string {
  const [notebook, edition] = [from.replace(/\.[^.]*$/, ""), /[^.]*$/.exec(from)?.[0] ?? ""];
  return notebook === page.replace(/\.[^.]*$/, "")
    ? `The link was made in the ${edition} edition of this notebook: open it there.`
    : "The link belongs to another notebook.";
}

function sourcesIn(cells: Readonly<Record<string, unknown>>): Sources {
  return new Map(
    Object.entries(cells).flatMap(([id, source]) =>
      typeof source === "string" ? [[id, source] as const] : [],
    ),
  );
}

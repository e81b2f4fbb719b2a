/** A reader's version packed into a link. */
import { deflateSync, inflateSync, strFromU8, strToU8 } from "fflate";
import { fieldOf } from "../../json.js";
import { isRecord } from "../../../primitives/record.js";

/** Changed cells: id to source. */
export type Sources = ReadonlyMap<string, string>;

/** The most text that a link may hold once it is unpacked. */
const mostBytes = 512 * 1024;
/** Longer links are cut by mail and chat programs. */
const mostCharacters = 16_000;
const mark = "#edits=";

/** Returns the part of a link, from its `#`, that holds the edits, or undefined where it would be too long. */
export function packLink(page: string, edits: Sources): string | undefined {
  const text = strToU8(JSON.stringify({ page, cells: Object.fromEntries(edits) }));
  if (text.length > mostBytes) return undefined;
  const packed = deflateSync(text, { level: 9 });
  const coded = btoa(Array.from(packed, (byte) => String.fromCharCode(byte)).join(""));
  if (coded.length > mostCharacters) return undefined;
  return mark + coded.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/** Returns the edits that a link holds, undefined where it holds none, or what is wrong with it. */
export function unpackLink(page: string, hash: string): Sources | string | undefined {
  if (!hash.startsWith(mark)) return undefined;
  try {
    const text = hash.slice(mark.length).replace(/-/g, "+").replace(/_/g, "/");
    const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    // A full buffer was cut short, which no longer parses: a small link cannot fill the memory.
    const out = inflateSync(bytes, { out: new Uint8Array(mostBytes) });
    const data: unknown = JSON.parse(strFromU8(out));
    const cells = fieldOf(data, "cells");
    if (!isRecord(cells)) return "The link holds no cells.";
    if (fieldOf(data, "page") !== page) return "The link belongs to another notebook.";
    return sourcesIn(cells);
  } catch {
    return "The link is damaged: was it copied whole?";
  }
}

function sourcesIn(cells: Readonly<Record<string, unknown>>): Sources {
  return new Map(
    Object.entries(cells).flatMap(([id, source]) =>
      typeof source === "string" ? [[id, source] as const] : [],
    ),
  );
}

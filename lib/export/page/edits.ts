/** A reader's changes: kept in this browser, and packed into a link for others. */
import { deflateSync, inflateSync, strFromU8, strToU8 } from "fflate";
import { fieldOf } from "../json.js";
import { isRecord } from "../../primitives/record.js";

/** Changed cells: id to source. */
export type Edits = ReadonlyMap<string, string>;

/** The most text that a link may hold once it is unpacked. */
const mostBytes = 512 * 1024;
const mark = "#edits=";

/** Returns the part of a link, from its `#`, that holds the edits. */
export function packEdits(page: string, edits: Edits): string {
  const packed = deflateSync(strToU8(JSON.stringify({ page, cells: Object.fromEntries(edits) })), {
    level: 9,
  });
  const text = btoa(Array.from(packed, (byte) => String.fromCharCode(byte)).join(""));
  return mark + text.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/** Returns the edits that a link holds, undefined where it holds none, or what is wrong with it. */
export function unpackEdits(page: string, hash: string): Edits | string | undefined {
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
    return textsOf(cells);
  } catch {
    return "The link is damaged: was it copied whole?";
  }
}

/** Returns the edits that this browser keeps for the page. */
export function loadEdits(page: string): Edits {
  try {
    const data: unknown = JSON.parse(localStorage.getItem(keyOf(page)) ?? "{}");
    return isRecord(data) ? textsOf(data) : new Map();
  } catch {
    return new Map();
  }
}

/** Keeps the edits in this browser; returns whether it could. */
export function saveEdits(page: string, edits: Edits): boolean {
  try {
    if (edits.size === 0) localStorage.removeItem(keyOf(page));
    else localStorage.setItem(keyOf(page), JSON.stringify(Object.fromEntries(edits)));
    return true;
  } catch {
    return false;
  }
}

function keyOf(page: string): string {
  return `lockdep-lab:${page}`;
}

function textsOf(cells: Readonly<Record<string, unknown>>): Edits {
  const texts = new Map<string, string>();
  for (const [id, source] of Object.entries(cells)) {
    if (typeof source === "string") texts.set(id, source);
  }
  return texts;
}

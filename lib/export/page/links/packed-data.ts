/** Data in the part of a link behind its `#`. */
import { deflateSync, inflateSync, strFromU8, strToU8 } from "fflate";
import { digest } from "./digest.js";

/** The most text that a link may hold once it is unpacked. */
const mostBytes = 512 * 1024;
/** Longer links are cut by mail and chat programs. */
const mostCharacters = 16_000;

/** Returns the data as letters for a link, or undefined where they would be too many. */
export function packData(data: unknown): string | undefined {
  const text = strToU8(JSON.stringify(data));
  if (text.length > mostBytes) return undefined;
  const packed = deflateSync(text, { level: 9 });
  const coded = btoa(Array.from(packed, (byte) => String.fromCharCode(byte)).join(""));
  if (coded.length > mostCharacters) return undefined;
  const letters = coded.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  return `${letters}.${digest(letters)}`;
}

/**
 * Returns what `packData` packed; links from before they had a digest are read, too.
 *
 * @throws Error where the letters were cut, changed, or are of something else
 */
export function unpackData(packed: string): unknown {
  const [letters = "", written] = packed.split(".");
  // One letter that is another still unpacks, as a text that nobody has written.
  if (written !== undefined && written !== digest(letters)) throw new Error("not as it was packed");
  const text = letters.replace(/-/g, "+").replace(/_/g, "/");
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  // A full buffer was cut short, which no longer parses: a small link cannot fill the memory.
  const out = inflateSync(bytes, { out: new Uint8Array(mostBytes) });
  return JSON.parse(strFromU8(out));
}

/** Names of faults: the shape of one, and a checksum of the text that two reports of it share. */
import { circleForm } from "./circle-form.js";

/** What a report is about, in a form that two reports of one fault share. */
export interface Signature {
  /** Such as `circle-5f0a91c3`: the shape, and a checksum of the text. */
  readonly name: string;
  /** Such as `&a->lock -> &b->lock -> &a->lock`. */
  readonly text: string;
  /** False where the report has lost a part, so that its name is not that of the whole. */
  readonly whole: boolean;
  /** The edges between neighbours that the report shows, as `from -> to`. */
  readonly edges: readonly string[];
  /** How many classes it has, or at least has. */
  readonly size: number;
}

/** Returns the signature of a whole circle: its classes, each the one that is taken under the one before. */
export function wholeCircle(names: readonly string[]): Signature {
  const round = circleForm(names);
  const first = round[0] ?? "?";
  return {
    ...named("circle", [...round, first].join(" -> ")),
    whole: true,
    edges: round.map((name, at) => `${name} -> ${round[at + 1] ?? first}`),
    size: round.length,
  };
}

/** Returns the name of a text of one shape. */
export const named = (shape: string, text: string): Pick<Signature, "name" | "text"> => ({
  name: `${shape}-${checksum(`${shape} ${text}`)}`,
  text,
});

/** FNV-1a of 32 bits (draft-eastlake-fnv), in hexadecimal. */
function checksum(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}

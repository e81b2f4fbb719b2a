/** What the conversions of the parser's tree share: positions, faults, and what was rewritten. */
import type { Node } from "web-tree-sitter";
import { type Faults, Refused, type Span, refused } from "../errors/index.js";
import type { Rewritten } from "./known-macros.js";
import type { Source } from "./source.js";

/** Reads nodes of one parse, whose offsets may be shifted against the text. */
export class Reader {
  constructor(
    readonly source: Source,
    readonly rewritten: Rewritten,
    readonly faults: Faults,
    /** What to add to an offset of the parse for one of the text. */
    readonly shift = 0,
  ) {}

  /** The same for a parse of a part of the text. */
  shifted(shift: number): Reader {
    return new Reader(this.source, this.rewritten, this.faults, shift);
  }

  span({ startIndex, endIndex }: Node): Span {
    return this.source.span(startIndex + this.shift, endIndex + this.shift);
  }

  text({ startIndex, endIndex }: Node): string {
    return this.source.excerpt(startIndex + this.shift, endIndex + this.shift);
  }

  /** Notes a fault and ends the conversion of what is around it. */
  refuse(node: Node, message: string): never {
    this.faults.add(this.span(node), message);
    throw refused;
  }

  /** The child of that name; a fault if the parser found none. */
  field(node: Node, name: string): Node {
    return (
      node.childForFieldName(name) ?? this.refuse(node, "this is cut off: something is missing")
    );
  }
}

/** Returns the named children of a node that are no comments. */
export const childrenOf = (node: Node): readonly Node[] =>
  node.namedChildren.filter(({ type }) => type !== "comment");

/** Returns what a conversion gives, or null where it was refused. */
export function unlessRefused<T>(convert: () => T): T | null {
  try {
    return convert();
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}

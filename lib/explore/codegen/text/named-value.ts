/** A value that code asks for again and again: computed once, and called by a name. */
import { code } from "./code.js";

/** A value of the state in the words `w0`, `w1` and so on, and the name that stands for it. */
export class NamedValue {
  private readonly words: ReadonlySet<string>;

  /** @param expression JavaScript for the value, in brackets unless it is too simple for a name */
  constructor(
    private readonly name: string,
    private readonly expression: string,
  ) {
    this.words = new Set(expression.startsWith("(") ? expression.match(/\bw\d+\b/g) : []);
  }

  /** Returns some code with the name in the place of the value, unless it changes words that the value is made of. */
  in(piece: string): string {
    if (this.words.size === 0 || assigned(piece, "w").some((word) => this.words.has(word))) {
      return piece;
    }
    return piece.replaceAll(this.expression, this.name);
  }

  /** Returns pieces of code behind the declaration of the name, where they use it. */
  declared(pieces: string): string {
    if (!new RegExp(`\\b${this.name}\\b`).test(pieces)) return pieces;
    return code`const ${this.name} = ${this.expression};
      ${pieces}`;
  }
}

/** Returns the words that some code assigns to, of those with a prefix: `["n1"]` of `"n1 = w1;"`. */
export const assigned = (piece: string, prefix: "w" | "n"): readonly string[] => {
  const names = piece.match(prefix === "w" ? /\bw\d+(?= = )/g : /\bn\d+(?= = )/g);
  return [...new Set(names)];
};

/** Generated code as text. */

/** What can stand in a template: some code, a number, or the lines of a list. */
export type Piece = string | number | readonly string[];

/**
 * Returns the code of a template, lists in it line by line. Generated code is laid out only where it is
 * printed: `laidOut()`.
 *
 * @example
 * code`return ${["a", "b"]};` // "return a\nb;"
 */
export function code(parts: TemplateStringsArray, ...pieces: readonly Piece[]): string {
  let text = parts[0] ?? "";
  for (const [at, piece] of pieces.entries()) {
    text += typeof piece === "object" ? piece.join("\n") : String(piece);
    text += parts[at + 1] ?? "";
  }
  return text;
}

/** Returns statements that are run where a test holds. */
export const when = (test: string, body: string): string =>
  test === "true" ? body : code`if (${test}) {\n${body}\n}`;

/** Returns a statement that is run where a test does not hold. */
export const unless = (test: string, statement: string): string =>
  test === "true" ? "" : `if (!${test}) ${statement}`;

/** Returns a test that another does not hold. */
export const negated = (test: string): string =>
  test === "true" ? "false" : test === "false" ? "true" : `!${test}`;

/** Returns a test that a number is not 0. */
export const isNotZero = (number: string): string =>
  /^\d+$/.test(number) ? String(Number(number) !== 0) : `${number} !== 0`;

/**
 * Returns code with its lines indented by the brackets around them, and without empty lines.
 *
 * @example
 * laidOut("if (a) {\nb();\n}") // "if (a) {\n  b();\n}"
 */
export function laidOut(text: string): string {
  const lines: string[] = [];
  /** How deep the brackets are in which a `case` is open. */
  const cases: number[] = [];
  let depth = 0;
  for (const line of text.split("\n").map((l) => l.trim())) {
    if (line === "") continue;
    const closing = /^[)\]}]*/.exec(line)?.[0].length ?? 0;
    lines.push("  ".repeat(Math.max(0, depth - closing + cases.length)) + line);
    for (const char of line) {
      if ("([{".includes(char)) depth++;
      else if (")]}".includes(char)) depth--;
    }
    if (/^case .*:$/.test(line)) cases.push(depth);
    else if (line === "break;" && cases[cases.length - 1] === depth) cases.pop();
  }
  return lines.join("\n");
}

/** Generated code, read again. */
import { createRequire } from "node:module";
import type * as Acorn from "acorn";

/** Reads a text. */
export type Parser = (text: string) => Acorn.Program;

/** Something that generated code may say and a module cannot be made of: it stays JavaScript. */
export class UnsupportedCode extends Error {}

const isAcorn = (of: unknown): of is typeof Acorn =>
  typeof of === "object" && of !== null && "parse" in of;

/** Returns acorn, which is loaded only now: most commands make no module. */
export function loadParser(): Parser {
  const acorn: unknown = createRequire(import.meta.url)("acorn");
  if (!isAcorn(acorn)) throw new TypeError("acorn has no parse(); is the package whole?");
  return (text) => acorn.parse(text, { ecmaVersion: 2022 });
}

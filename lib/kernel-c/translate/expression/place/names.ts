/** What names stand for. */
import { nearest } from "../../../../primitives/named.js";
import { refused } from "../../../errors/index.js";
import { type Binding, type Body, frameOf } from "../../context/context.js";

/** Returns what a name stands for: in the blocks around, then in the file; null if it is no variable. */
export function lookUp(
  body: Body,
  name: string,
): Exclude<Binding, { readonly kind: "refused" }> | null {
  const { scopes } = frameOf(body);
  for (const { names } of [...scopes].reverse()) {
    const found = names.get(name);
    if (found?.kind === "refused") throw refused;
    if (found !== undefined) return found;
  }
  const { globals, unit } = body.shared;
  const place = globals.get(name);
  if (place !== undefined) return { kind: "place", place };
  // What is wrong with its declaration is said there.
  if (unit.variables.some((of) => of.name === name)) throw refused;
  return null;
}

/** Returns what is said of a name that nothing has. */
export function unknownName(body: Body, name: string): string {
  const { unit, globals, vocabulary } = body.shared;
  const scopes = frameOf(body).scopes.flatMap(({ names }) => [...names.keys()]);
  const all = [
    ...new Set([
      ...scopes,
      ...globals.keys(),
      ...unit.macros.keys(),
      ...unit.enumerators.keys(),
      ...vocabulary.constants.keys(),
    ]),
  ];
  const [near] = name.length < 3 ? [] : nearest(name, all);
  return `no such name: ${name}${near === undefined ? "" : `; did you mean ${near}?`}`;
}

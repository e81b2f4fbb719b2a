/** The code of a case with some of its patches applied. */
import { applyPatch } from "diff";
import { named } from "../primitives/named.js";
import type { AtlasCase, CasePatch, CaseSelection } from "./atlas-case.js";

/** Lines of context that may differ, as with patch(1)'s option of that name. */
const fuzzFactor = 3;

type Kind = "fixes" | "mutants" | "premises";

/** Says what is selected, as in "rcu + lock-again": "as it is" where nothing is. */
export function selectionText({ fix, mutant, switched = [] }: CaseSelection): string {
  const names = [fix, mutant, ...switched].filter((name) => name !== undefined);
  return names.length === 0 ? "as it is" : names.join(" + ");
}

/**
 * Returns the code of a case with the selected patches applied, in the order fix, mutant, premises.
 *
 * @throws UnknownNameError naming the nearest names
 * @throws Error if two patches do not go together
 */
export function patchedCode(of: AtlasCase, { fix, mutant, switched = [] }: CaseSelection): string {
  const wanted: readonly (readonly [Kind, string, readonly CasePatch[]])[] = [
    ...(fix === undefined ? [] : [["fixes", fix, of.fixes] as const]),
    ...(mutant === undefined ? [] : [["mutants", mutant, of.mutants] as const]),
    ...switched.map((name) => ["premises", name, of.premises] as const),
  ];
  return wanted.reduce((code, [kind, name, known]) => {
    const found = named(singular[kind], name, known);
    const patched = applyPatch(code, of.texts[kind][found.name] ?? "", { fuzzFactor });
    if (patched !== false) return patched;
    throw new Error(
      `${of.name}: ${found.name}.diff does not apply to what the patches before it left`,
    );
  }, of.texts.code);
}

const singular: Readonly<Record<Kind, string>> = {
  fixes: "fix",
  mutants: "mutant",
  premises: "premise",
};

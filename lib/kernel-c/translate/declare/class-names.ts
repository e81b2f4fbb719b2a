/**
 * The names of lock classes, as the kernel has them: a lock that a macro defines is called as it is written
 * there, one that is initialised by a call as the call's argument, and all locks of one member are one class.
 */
import type { CStatement, Declared, Expression, Unit } from "../../parse/ast.js";
import type { Vocabulary } from "../../vocabulary/index.js";

/** How classes are named in one file. */
export interface ClassNames {
  readonly nameOf: (
    declared: Declared,
    key: string,
    member: { readonly tag: string; readonly field: string } | null,
  ) => string;
}

/** Returns how the classes of a file are named. */
export function classNames(unit: Unit, vocabulary: Vocabulary): ClassNames {
  const byName = new Map<string, string>();
  const byField = new Map<string, string>();
  for (const { body } of unit.functions.values()) {
    for (const { name, args } of callsIn(body)) {
      const [given] = args;
      if (!vocabulary.initializers.has(name) || given?.kind !== "address") continue;
      const { of } = given;
      if (of.kind === "member") byField.set(of.field, given.text);
      else byName.set(rootName(of), given.text);
    }
  }
  return {
    nameOf: (declared, key, member) => {
      if (member !== null) {
        return byField.get(member.field) ?? `&${member.tag.replace(/^.*\./, "")}->${member.field}`;
      }
      if (declared.perCpu) return byName.get(declared.name) ?? `&per_cpu(${declared.name}, cpu)`;
      const given = byName.get(declared.name);
      if (given !== undefined) return given;
      return declared.sizes.length > 0 ? `&${declared.name}[i]` : key.replace(/^.*\./, "");
    },
  };
}

function rootName(of: Expression): string {
  if (of.kind === "name") return of.name;
  if (of.kind === "index") return rootName(of.of);
  const [first] = of.kind === "call" ? of.args : [];
  return first === undefined ? of.text : rootName(first);
}

type CallExpression = Extract<Expression, { readonly kind: "call" }>;

function callsIn(all: readonly CStatement[]): readonly CallExpression[] {
  return all.flatMap((of): readonly CallExpression[] => {
    switch (of.kind) {
      case "expression":
        return of.of.kind === "call" ? [of.of] : [];
      case "block":
      case "switch":
        return callsIn(of.body);
      case "if":
        return callsIn(of.else === null ? [of.then] : [of.then, of.else]);
      case "while":
      case "do":
      case "for":
      case "loop":
        return callsIn([of.body]);
      default:
        return [];
    }
  });
}

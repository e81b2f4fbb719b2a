/** Structures that stand inside of another: `struct kvm_vcpu` in `struct vcpu_vmx`. */
import type { Unit } from "../../parse/ast.js";

/** Where a structure stands. */
export interface Embedding {
  readonly outer: string;
  readonly field: string;
}

/**
 * Returns the structures that are one member of one other and nothing else, and lead to objects at the top of
 * the file: there is one of them in each of the outer ones, so that pointers to the two tell the same.
 */
export function embeddings({ structs, variables }: Unit): ReadonlyMap<string, Embedding> {
  const found = new Map<string, Embedding[]>();
  for (const { tag: outer, members } of structs.values()) {
    for (const { type, pointers, sizes, name: field } of members) {
      if (pointers > 0 || !type.name.startsWith("struct ")) continue;
      const tag = type.name.slice("struct ".length);
      // An array of them is many in one.
      const all = Array.from({ length: 1 + sizes.length }, () => ({ outer, field }));
      found.set(tag, [...(found.get(tag) ?? []), ...all]);
    }
  }
  const objects = new Set(
    variables.flatMap(({ type, pointers }) =>
      pointers === 0 && type.name.startsWith("struct ") ? [type.name.slice("struct ".length)] : [],
    ),
  );
  const single = new Map<string, Embedding>();
  for (const [tag, [first, ...more]] of found) {
    if (first !== undefined && more.length === 0 && structs.has(tag) && !objects.has(tag)) {
      single.set(tag, first);
    }
  }
  return new Map([...single].filter(([tag]) => isRooted(tag, single, variables)));
}

/** Whether the outermost structure has objects that pointers can lead to. */
function isRooted(
  tag: string,
  single: ReadonlyMap<string, Embedding>,
  variables: Unit["variables"],
): boolean {
  let root = tag;
  for (let steps = 0; steps <= single.size; steps++) {
    const next = single.get(root)?.outer;
    if (next === undefined) {
      return variables.some(
        ({ type, pointers, perCpu }) => pointers === 0 && !perCpu && type.name === `struct ${root}`,
      );
    }
    root = next;
  }
  return false;
}

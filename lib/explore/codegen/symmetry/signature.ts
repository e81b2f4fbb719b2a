/**
 * JavaScript for the signatures of interchangeable members: a number for each that is the same under all
 * renamings, so that members are sorted by it.
 */
import { type Model, PROCESS, type Slot } from "../../../machine/index.js";
import type { Symmetry } from "../../analysis/symmetry.js";
import { code } from "../text/code.js";
import type { ValueWriter } from "../expressions/expression.js";

/** What a number of the state says about a member of a set. */
type Trait =
  /** Its own number, the same under all renamings. */
  | { readonly kind: "value"; readonly slot: number }
  /** It names nobody, the member itself, or another of its set. */
  | { readonly kind: "itself"; readonly slot: number }
  /** It names a member of another set. */
  | { readonly kind: "names"; readonly slot: number; readonly set: number }
  /** It belongs to the member together with one of another set. */
  | {
      readonly kind: "shared";
      readonly slot: number;
      readonly set: number;
      readonly member: number;
    };

/** Returns `s3_1`, the name of the signature of member 1 of set 3. */
export const signature = (set: number, member: number): string =>
  `s${String(set)}_${String(member)}`;

/** Returns the name of the closer signature. */
export const closer = (set: number, member: number): string => `c${String(set)}_${String(member)}`;

/**
 * Returns statements that declare the signatures of all members: made of their own numbers; where those
 * leave two of a set alike, the closer ones also of the signatures of what they are linked with.
 */
export function signatureSource(model: Model, symmetry: Symmetry, values: ValueWriter): string {
  const own: string[] = [];
  const linked: string[] = [];
  for (const [set, { size }] of symmetry.sets.entries()) {
    const members = Array.from({ length: size }, (_, member) => member);
    const traits = members.map((member) => traitsOf(model, symmetry, set, member));
    own.push(
      ...members.map((m) => ownSource(signature(set, m), m, traits[m] ?? [], values)),
      `let ${members.map((m) => `${closer(set, m)} = ${signature(set, m)}`).join(", ")};`,
    );
    const alike = members.flatMap((m) =>
      members.slice(0, m).map((o) => `${signature(set, o)} === ${signature(set, m)}`),
    );
    const links = members.flatMap((m) =>
      (traits[m] ?? []).flatMap((t) => linkSource(closer(set, m), t, symmetry, values)),
    );
    if (links.length === 0) continue;
    linked.push(code`if (${alike.join(" || ")}) {
      ${links}
    }`);
  }
  return code`${own}
    ${linked}`;
}

function traitsOf(model: Model, { sets }: Symmetry, set: number, member: number): readonly Trait[] {
  const renamed = new Map(sets.map(({ name, size }, at) => [name, { number: at, size }]));
  return model.slots.flatMap((of, slot): readonly Trait[] => {
    if (of.variable === null) {
      const process = model.processes[of.process ?? -1];
      const over = model.scenario.processes[process?.declared ?? -1]?.over?.name;
      const isItsOwn = over === sets[set]?.name && process?.member === member;
      return isItsOwn ? [{ kind: "value", slot }] : [];
    }
    return traitOfVariable(of, slot, of.variable, renamed, set, member);
  });
}

function traitOfVariable(
  { index }: Slot,
  slot: number,
  { per, domain }: NonNullable<Slot["variable"]>,
  renamed: ReadonlyMap<string, { readonly number: number; readonly size: number }>,
  set: number,
  member: number,
): readonly Trait[] {
  // Processes have the names of the members that they are of: no signature of their own.
  if (per.some((of) => typeof of === "object" && of.name === PROCESS.name)) return [];
  // A member that keeps its name is nobody's but itself: what belongs to it too belongs to the one alone.
  const dimensions = per.map((of, d) => {
    const { number = -1, size = 0 } = typeof of === "object" ? (renamed.get(of.name) ?? {}) : {};
    return (index[d] ?? 0) < size ? number : undefined;
  });
  const isItsOwn = (d: number): boolean => dimensions[d] === set && index[d] === member;
  if (!dimensions.some((_, d) => isItsOwn(d))) return [];
  const other = dimensions.findIndex((of, d) => of !== undefined && !isItsOwn(d));
  const named = domain.kind === "id" ? renamed.get(domain.set.name)?.number : undefined;
  const isPlain = named === undefined && domain.kind !== "process";
  if (other >= 0) {
    const with_ = dimensions[other];
    if (!isPlain || with_ === undefined || with_ === set) return [];
    return [{ kind: "shared", slot, set: with_, member: index[other] ?? 0 }];
  }
  if (isPlain) return [{ kind: "value", slot }];
  if (named === undefined) return [];
  return [named === set ? { kind: "itself", slot } : { kind: "names", slot, set: named }];
}

/** Returns a slot's number from 0 on. */
function raw(slot: number, values: ValueWriter): string {
  const { min } = values.field(slot);
  const value = values.number({ op: "slot", slot });
  return min < 0 ? `(${value} + ${String(-min)})` : value;
}

function ownSource(
  name: string,
  member: number,
  traits: readonly Trait[],
  values: ValueWriter,
): string {
  const bits = new BitString();
  for (const { kind, slot } of traits) {
    if (kind === "value") bits.add(raw(slot, values), values.field(slot).bits);
    if (kind !== "itself") continue;
    const value = values.number({ op: "slot", slot });
    bits.add(`(${value} < 0 ? 0 : ${value} === ${String(member)} ? 1 : 2)`, 2);
  }
  return bits.source(name);
}

function linkSource(
  name: string,
  trait: Trait,
  { sets }: Symmetry,
  values: ValueWriter,
): readonly string[] {
  switch (trait.kind) {
    case "value":
    case "itself":
      return [];
    case "names": {
      const value = values.number({ op: "slot", slot: trait.slot });
      const of = signatureOf(value, trait.set, sets[trait.set]?.size ?? 0);
      return [`${name} = Math.imul(${name} ^ (${of}), 0x9e3779b1);`, `${name} ^= ${name} >>> 15;`];
    }
    case "shared": {
      const of = signature(trait.set, trait.member);
      return [`${name} = (${name} + Math.imul(${of}, ${raw(trait.slot, values)} + 1)) | 0;`];
    }
  }
}

/** The signature of the member that a value names, or a number of its own for none. */
function signatureOf(value: string, set: number, size: number): string {
  return Array.from({ length: size }, (_, member) => member).reduceRight(
    (rest, member) => `${value} === ${String(member)} ? ${signature(set, member)} : ${rest}`,
    "7",
  );
}

/** Small numbers side by side in as few words as they need, mixed into one. */
class BitString {
  private readonly words: string[][] = [];
  private used = 32;

  add(value: string, bits: number): void {
    if (this.used + bits > 32) {
      this.words.push([]);
      this.used = 0;
    }
    this.words[this.words.length - 1]?.push(`(${value} << ${String(this.used)})`);
    this.used += bits;
  }

  source(name: string): string {
    const mixed = this.words.map(
      (parts) => code`${name} = Math.imul(${name} ^ (${parts.join(" | ")}), 0x85ebca6b);
        ${name} ^= ${name} >>> 13;`,
    );
    return code`let ${name} = 1;
      ${mixed}`;
  }
}

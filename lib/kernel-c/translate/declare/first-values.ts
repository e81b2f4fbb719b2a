/** The first values of what a file declares: constants, and addresses of objects. */
import { NONE } from "../../../machine/index.js";
import type { Declared, Expression, Initializer } from "../../parse/ast.js";
import { type CType, isChosen } from "../../types/ctype.js";
import { InitialValues } from "../../types/initial-values.js";
import type { Learned } from "../context/learned.js";
import type { Embedding } from "../context/embedded.js";
import { numberedItems } from "./numbered-items.js";
import type { Types, TypesWith } from "./types.js";

/** What first values are found out with. */
export interface FirstValuesWith extends TypesWith {
  readonly learned: Learned;
  readonly cpus: number;
}

/** Notes the first values of what has them. */
export class FirstValues {
  readonly inits = new InitialValues();
  /** The functions that objects are given where they are declared, by name and index. */
  readonly functions = new Map<string, string>();

  constructor(
    private readonly with_: FirstValuesWith,
    private readonly types: Types,
    private readonly embedded: ReadonlyMap<string, Embedding>,
  ) {}

  /** Notes the first values of a thing that has storage of its own. */
  initial(
    declared: Declared,
    type: CType,
    name: string,
    index: readonly number[],
    init: Initializer,
    depth = 0,
    key = name,
    isPool = false,
  ): void {
    if (depth < declared.sizes.length) {
      if (init.kind !== "list")
        return this.types.refuse(init.at, `${name}: { ... } is wanted for an array`);
      for (const [at, value] of numberedItems(init.items, this.with_.constant)) {
        this.initial(declared, type, name, [...index, at], value, depth + 1, key, isPool);
      }
      return;
    }
    if (declared.perCpu) {
      for (let cpu = 0; cpu < this.with_.cpus; cpu++) {
        this.initialOf(type, name, [cpu, ...index], init, declared, key);
      }
      return;
    }
    this.initialOf(type, name, index, init, declared, key, isPool);
  }

  initialOf(
    type: CType,
    name: string,
    index: readonly number[],
    init: Initializer,
    declared: Declared,
    key = name,
    isPool = false,
  ): void {
    if (type.kind === "struct") {
      const base = isPool && this.embedded.has(type.tag) ? type.tag : name;
      const members = this.types.members.get(type.tag) ?? declared.type.members ?? [];
      if (init.kind !== "list") return;
      for (const [k, item] of init.items.entries()) {
        const member =
          item.field === null ? members[k] : members.find((of) => of.name === item.field);
        if (member === undefined) {
          return this.types.refuse(
            item.value.at,
            `struct ${type.tag} has no member ${item.field ?? ""}`,
          );
        }
        const inner = this.types.declaredType(member);
        const key = `${type.tag}.${member.name}`;
        this.initial(member, inner, `${base}.${member.name}`, index, item.value, 0, key, isPool);
      }
      return;
    }
    if (type.kind === "object") {
      const given = this.functionIn(init);
      if (given !== null) this.functions.set(`${name}@${index.join()}`, given);
      for (const { field, value } of init.kind === "list" ? init.items : []) {
        const member = field === null ? null : this.functionIn(value);
        if (member !== null) this.functions.set(`${name}@${index.join()}.${field ?? ""}`, member);
      }
    }
    const value = isChosen(type) ? this.firstTarget(key, init) : this.firstValue(type, init);
    if (value !== null) this.inits.set(name, index, value);
  }

  /**
   * A function that is named in the first value of an object, or another object: `DECLARE_WORK(name, function)`,
   * `DEFINE_WW_MUTEX(name, &class)`.
   */
  private functionIn(init: Initializer): string | null {
    const values = init.kind === "value" ? [init.value] : [];
    const named = values.flatMap((of) =>
      of.kind === "call" ? of.args : of.kind === "comma" ? of.parts : [of],
    );
    for (const of of named) {
      const plain = of.kind === "address" ? of.of : of;
      if (plain.kind !== "name") continue;
      const { functions, variables } = this.with_.unit;
      if (functions.has(plain.name)) return plain.name;
      if (of.kind === "address" && variables.some(({ name }) => name === plain.name))
        return plain.name;
    }
    return null;
  }

  /** The number of what a pointer leads to at first: a lock, a variable, a function of this file. */
  private firstTarget(key: string, init: Initializer): number {
    if (init.kind === "list") {
      return this.types.refuse(init.at, "the address of one thing is wanted");
    }
    const { value } = init;
    if (this.with_.constant(value) === 0 || (value.kind === "name" && value.name === "NULL")) {
      return NONE;
    }
    const { learned, unit } = this.with_;
    if (value.kind === "string") return learned.target(key, '"');
    const of = value.kind === "address" ? value.of : value;
    if (of.kind === "name" && unit.functions.has(of.name)) return learned.target(key, of.name);
    if (value.kind === "address") {
      return learned.target(key, `&${of.text.replace(/\s/g, "")}`);
    }
    return this.types.refuse(
      init.at,
      `${value.text}: NULL, a function of this file or the address of something is wanted`,
    );
  }

  /** A constant, or the number of an object in its pool. */
  private firstValue(type: CType, init: Initializer): number | null {
    if (init.kind === "list") {
      const [only] = init.items;
      return only === undefined ? null : this.firstValue(type, only.value);
    }
    const { value } = init;
    const known = this.with_.constant(value);
    if (type.kind === "object") {
      // ATOMIC_INIT(1), __SEMAPHORE_INITIALIZER(sem, 1), __MUTEX_INITIALIZER(m): what counts has a number.
      if (value.kind !== "call") return known;
      const arg = value.args[value.name === "__SEMAPHORE_INITIALIZER" ? 1 : 0];
      return arg === undefined ? known : this.with_.constant(arg);
    }
    if (type.kind === "pointer") {
      if (known === 0 || (value.kind === "name" && value.name === "NULL")) return NONE;
      if (value.kind === "address" && type.to.kind === "struct") {
        return this.numberOf(value.of, type.to.tag);
      }
      return this.types.refuse(
        init.at,
        `${value.text}: NULL or the address of an object is wanted`,
      );
    }
    if (known !== null) return type.kind === "bool" ? Number(known !== 0) : known;
    return this.types.refuse(
      init.at,
      `${value.text} is no constant, as the first value of a variable has to be`,
    );
  }

  /** The number of a named object in the pool of its structure. */
  private numberOf(of: Expression, tag: string): number {
    let next = 0;
    for (const declared of this.with_.unit.variables) {
      const type = this.types.declaredType(declared);
      if (type.kind !== "struct" || type.tag !== tag) continue;
      const many = this.types.inPool(declared, this.with_.cpus);
      if (many === null) continue;
      if (of.kind === "name" && of.name === declared.name) return next;
      if (of.kind === "index" && of.of.kind === "name" && of.of.name === declared.name) {
        return next + (this.with_.constant(of.index) ?? 0);
      }
      next += many;
    }
    this.with_.learned.pooled.add(tag);
    return this.types.refuse(of.at, `${of.text} is no struct ${tag}`);
  }
}

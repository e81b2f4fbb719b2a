/** Declarations: what each name of the file is kept in. */
import {
  CPU,
  type Dimension,
  type Domain,
  NONE,
  idOrNone,
  idSet,
  int,
  variable,
} from "../../machine/index.js";
import { nearest } from "../../primitives/named.js";
import { type Faults, Refused, type Span } from "../errors/index.js";
import type { Declared, Expression, Initializer, TypeName, Unit } from "../parse/ast.js";
import { type CType, isCpuRemark, plainType, plainTypeNames, rangeIn } from "../types/ctype.js";
import { InitialValues } from "../types/initial-values.js";
import type { Place, Pool, Storage } from "../types/storage.js";
import type { Vocabulary } from "../vocabulary/index.js";
import { classNames } from "./class-names.js";
import type { Owner } from "./context.js";
import type { Learned } from "./learned.js";

/** What declarations are made with. */
export interface DeclareWith {
  readonly unit: Unit;
  readonly vocabulary: Vocabulary;
  readonly faults: Faults;
  readonly learned: Learned;
  readonly cpus: number;
  readonly constant: (of: Expression) => number | null;
  /** The functions of the tasks, in order. */
  readonly tasks: readonly string[];
}

/** What every task has, whether the text says so or not. */
const TASK = "task_struct";
const nowhere: Span = { file: "", line: 1, column: 1, start: 0, end: 0 };
const taskMembers: readonly Declared[] = [
  {
    at: nowhere,
    name: "__state",
    type: { at: nowhere, name: "int", members: null },
    pointers: 0,
    sizes: [],
    init: null,
    remark: "/* 0..3 */",
    perCpu: false,
    isConst: false,
    isStatic: false,
  },
];

interface Where {
  /** By which it is known: `foo.lock` of any `struct foo`, `lock` of one alone. */
  readonly key: string;
  /** As the variable is named. */
  readonly name: string;
  readonly dimensions: readonly Dimension[];
  readonly remark: string | null;
  /** The structure and the member that it is. */
  readonly member: { readonly tag: string; readonly field: string } | null;
  readonly inits: InitialValues;
  readonly isLocal: boolean;
}

/** Makes storage for the names of a file. */
export class Declarer {
  readonly globals = new Map<string, Place>();
  readonly pools = new Map<string, Pool>();
  readonly sizes: Map<string, number>;
  /** Heads and links of lists, by key. */
  readonly links = new Map<string, Storage & { readonly kind: "link" }>();
  private readonly inits = new InitialValues();
  private readonly members = new Map<string, readonly Declared[]>();
  private readonly classes: ReturnType<typeof classNames>;

  constructor(private readonly with_: DeclareWith) {
    this.sizes = new Map([[CPU.name, with_.cpus]]);
    this.classes = classNames(with_.unit, with_.vocabulary);
    for (const [tag, { members }] of with_.unit.structs) this.members.set(tag, members);
    if (!this.members.has(TASK)) this.members.set(TASK, taskMembers);
    this.declareAll();
  }

  /** Returns the type that is written. */
  typeOf(type: TypeName, pointers: number, seen: readonly string[] = []): CType {
    const base = this.baseType(type, pointers, seen);
    let made = base;
    for (let k = 0; k < pointers; k++) made = { kind: "pointer", to: made };
    return made;
  }

  private baseType(type: TypeName, pointers: number, seen: readonly string[]): CType {
    const { unit, vocabulary, constant } = this.with_;
    const { name } = type;
    if (name === "struct list_head" || name === "list_t") return { kind: "object", name };
    const object = vocabulary.types.get(name);
    if (object !== undefined) return { kind: "object", name };
    const plain = plainType(name);
    if (plain !== null) return plain;
    const typedef = seen.includes(name) ? undefined : unit.typedefs.get(name);
    if (typedef !== undefined) return this.typeOf(typedef, 0, [...seen, name]);
    const macro = unit.macros.get(name);
    if (macro?.parameters === null && !seen.includes(name)) {
      const at = macro.bodyAt;
      return this.typeOf({ at, name: macro.body.trim(), members: null }, 0, [...seen, name]);
    }
    if (name === "enum" || name.startsWith("enum ")) {
      const names = unit.enums.get(name.slice(5)) ?? [];
      const values = names.flatMap((of) => constant(nameExpression(of, type.at)) ?? []);
      const ends =
        values.length === 0
          ? { min: 0, max: 255 }
          : { min: Math.min(0, ...values), max: Math.max(...values) };
      return { kind: "int", name, ...ends };
    }
    if (name.startsWith("struct ")) {
      const tag = name.slice(7);
      if (this.members.has(tag) || pointers > 0) return { kind: "struct", tag };
      const [near] = nearest(tag, [...this.members.keys()]);
      return this.refuse(
        type.at,
        `no such structure: struct ${tag}${near === undefined ? "; write its members in this file" : `; did you mean struct ${near}?`}`,
      );
    }
    const all = [...vocabulary.types.keys(), ...plainTypeNames, ...unit.typedefs.keys()];
    const [near] = nearest(name, all);
    const hint = near === undefined ? "" : `; did you mean ${near}?`;
    return this.refuse(type.at, `no such type: ${name}${hint}`);
  }

  /** Returns the type of a variable. */
  declaredType(declared: Declared): CType {
    return this.typeOf(declared.type, declared.pointers);
  }

  /** Returns the values that a scalar may have. */
  domainOf(type: CType, key: string, remark: string | null): Domain {
    const { learned } = this.with_;
    switch (type.kind) {
      case "bool":
        return { kind: "bool" };
      case "int": {
        if (learned.flags.has(key)) return { kind: "bool" };
        if (learned.cpus.has(key) || isCpuRemark(remark)) return idOrNone(CPU);
        const { min, max } = rangeIn(remark) ?? type;
        return int(Math.min(min, max), Math.max(min, max));
      }
      case "pointer": {
        if (type.to.kind !== "struct") return { kind: "int", min: -1, max: 0 };
        learned.pooled.add(type.to.tag);
        return idOrNone(this.pools.get(type.to.tag)?.set ?? idSet(type.to.tag));
      }
      case "void":
      case "struct":
      case "object":
        return { kind: "bool" };
    }
  }

  /** Returns storage for a variable of a function, the same each time it is asked for. */
  local(declared: Declared, owner: Owner, key: string): Storage {
    const id = `${key}@${String(declared.at.start)}`;
    const known = owner.locals.get(id);
    if (known !== undefined) return known;
    const others = [...owner.locals.keys()].filter((of) => of.startsWith(`${key}@`)).length;
    const made = this.storage(declared, this.declaredType(declared), {
      key,
      name: `${owner.name}: ${key}${others === 0 ? "" : `'${String(others)}`}`,
      dimensions: owner.dimensions,
      remark: declared.remark,
      member: null,
      inits: new InitialValues(),
      isLocal: true,
    });
    owner.locals.set(id, made);
    return made;
  }

  /** Returns the place of a static variable of a function. */
  static(declared: Declared, key: string): Place {
    const known = this.globals.get(key);
    if (known !== undefined) return known;
    if (declared.init !== null)
      this.initial(declared, this.declaredType(declared), key, [], declared.init);
    const storage = this.storage(
      declared,
      this.declaredType(declared),
      this.topLevel(declared, key),
    );
    const place = { storage, index: [], text: declared.name, inside: null };
    this.globals.set(key, place);
    return place;
  }

  private declareAll(): void {
    const { unit, learned, faults } = this.with_;
    const pooled = [...learned.pooled];
    const guarded = (run: () => void): void => {
      try {
        run();
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
      }
    };
    // Objects of pools are numbered in the order of the text.
    const numbers = new Map<Declared, number>();
    for (const tag of pooled) {
      let next = 0;
      for (const declared of unit.variables) {
        guarded(() => {
          const type = this.declaredType(declared);
          if (type.kind !== "struct" || type.tag !== tag || declared.perCpu) return;
          numbers.set(declared, next);
          const [size] = declared.sizes;
          next += size === undefined ? 1 : this.length(size, declared);
        });
      }
      const set = idSet(tag === CPU.name ? `struct ${tag}` : tag);
      this.sizes.set(set.name, Math.max(1, next, tag === TASK ? this.with_.tasks.length : 0));
      this.pools.set(tag, {
        tag,
        set,
        storage: { kind: "struct", tag, fields: new Map(), key: tag },
      });
    }
    for (const declared of unit.variables) {
      guarded(() => {
        const first = numbers.get(declared);
        const type = this.declaredType(declared);
        if (declared.init === null) {
          this.taskByRemark(declared, type);
          return;
        }
        if (first === undefined || type.kind !== "struct") {
          this.initial(declared, type, declared.name, [], declared.init);
        } else if (declared.sizes.length === 0) {
          this.initialOf(type, type.tag, [first], declared.init, declared);
        } else if (declared.init.kind === "list") {
          for (const [k, item] of declared.init.items.entries()) {
            const at = item.index === null ? k : (this.with_.constant(item.index) ?? k);
            this.initialOf(type, type.tag, [first + at], item.value, declared);
          }
        }
      });
    }
    for (const [tag, pool] of this.pools) {
      const fields = this.fields(tag, {
        key: tag,
        name: tag,
        dimensions: [pool.set],
        remark: null,
        member: null,
        inits: this.inits,
        isLocal: false,
      });
      this.pools.set(tag, { ...pool, storage: { kind: "struct", tag, fields, key: tag } });
    }
    for (const declared of unit.variables) {
      guarded(() => {
        if (this.globals.has(declared.name)) {
          faults.add(declared.at, `${declared.name} is there twice`);
        }
        this.globals.set(declared.name, this.global(declared, numbers.get(declared)));
      });
    }
  }

  /** A pointer to a task may name its function in a comment behind it. */
  private taskByRemark(declared: Declared, type: CType): void {
    if (type.kind !== "pointer" || type.to.kind !== "struct" || type.to.tag !== TASK) return;
    const name = /^\/[/*]\s*(?:thread\s+)?(\w+)/.exec(declared.remark ?? "")?.[1];
    const task = name === undefined ? -1 : this.with_.tasks.indexOf(name);
    if (task >= 0) this.inits.set(declared.name, [], task);
  }

  private global(declared: Declared, first: number | undefined): Place {
    const { name } = declared;
    const type = this.declaredType(declared);
    const pool = type.kind === "struct" ? this.pools.get(type.tag) : undefined;
    if (first === undefined || pool === undefined) {
      const storage = this.storage(declared, type, this.topLevel(declared, name));
      return { storage, index: [], text: name, inside: null };
    }
    const [size] = declared.sizes;
    if (size === undefined) {
      const index = [{ op: "const", value: first } as const];
      return { storage: pool.storage, index, text: name, inside: null };
    }
    const length = this.length(size, declared);
    const storage: Storage = {
      kind: "array",
      of: pool.storage,
      length,
      pooled: { pool, first },
      key: name,
    };
    return { storage, index: [], text: name, inside: null };
  }

  private topLevel(declared: Declared, key: string): Where {
    return {
      key,
      name: key,
      dimensions: [],
      remark: declared.remark,
      member: null,
      inits: this.inits,
      isLocal: false,
    };
  }

  private length(size: Expression | null, declared: Declared): number {
    const known = size === null ? this.listLength(declared) : this.with_.constant(size);
    if (known !== null && known >= 1 && known <= 4096) return known;
    const text = size === null ? "" : ` and not ${size.text}`;
    return this.refuse(
      declared.at,
      `${declared.name}[]: a constant from 1 to 4096 is wanted as its size${text}`,
    );
  }

  private listLength({ init }: Declared): number | null {
    return init?.kind === "list" ? init.items.length : null;
  }

  /** Storage for a declaration, its dimensions outside. */
  private storage(declared: Declared, type: CType, where: Where): Storage {
    const sizes: (Expression | null | typeof CPU)[] = [...declared.sizes];
    if (declared.perCpu) sizes.unshift(CPU);
    return this.dimensioned(declared, type, where, sizes);
  }

  private dimensioned(
    declared: Declared,
    type: CType,
    where: Where,
    [size, ...rest]: readonly (Expression | null | typeof CPU)[],
  ): Storage {
    if (size === undefined) return this.single(declared, type, where);
    const isCpus =
      size !== null &&
      (size.kind === "id-set" || (size.kind === "name" && size.name === "NR_CPUS"));
    const length: Dimension = isCpus ? CPU : this.length(size as Expression | null, declared);
    const inner = { ...where, dimensions: [...where.dimensions, length] };
    const of = this.dimensioned(declared, type, inner, rest);
    return { kind: "array", of, length, pooled: null, key: where.key };
  }

  private single(declared: Declared, type: CType, where: Where): Storage {
    const { key, name, dimensions, remark, inits, isLocal, member } = where;
    switch (type.kind) {
      case "void":
        return this.refuse(declared.at, `${declared.name} is void: nothing can be kept in it`);
      case "struct": {
        const { members } = declared.type;
        if (members !== null && !this.members.has(type.tag)) this.members.set(type.tag, members);
        return { kind: "struct", tag: type.tag, fields: this.fields(type.tag, where), key };
      }
      case "object": {
        if (type.name === "struct list_head" || type.name === "list_t") {
          const link = { kind: "link", key, dimensions, member } as const;
          this.links.set(key, link);
          return link;
        }
        const object = this.with_.vocabulary.types.get(type.name);
        if (object === undefined) return this.refuse(declared.at, `no such type: ${type.name}`);
        const init = inits.of(key === name ? key : name, 0);
        const learnt = this.with_.learned.classes.get(name);
        const value = object.declare(name, {
          per: dimensions,
          className: learnt?.name ?? this.classes.nameOf(declared, key, where.member),
          key: learnt?.key ?? key,
          init: typeof init === "number" ? () => init : init,
          range: rangeIn(remark),
        });
        return { kind: "object", type: object, value, key, name };
      }
      case "bool":
      case "int":
      case "pointer": {
        const width = this.with_.learned.bitmaps.get(key);
        if (width !== undefined) {
          const per = [...dimensions, width];
          const bit = variable(name, { kind: "bool" }, { per });
          const of = { kind: "scalar", type: { kind: "bool" }, variable: bit, key } as const;
          return { kind: "array", of, length: width, pooled: null, key };
        }
        const domain = this.domainOf(type, key, remark);
        const isId = domain.kind === "id";
        const otherwise = isId && (type.kind === "pointer" || isLocal) ? NONE : firstOf(domain);
        const init = inits.of(name, otherwise);
        return {
          kind: "scalar",
          type,
          variable: variable(name, domain, { per: dimensions, init }),
          key,
        };
      }
    }
  }

  private fields(tag: string, where: Where): ReadonlyMap<string, Storage> {
    const members = this.members.get(tag) ?? [];
    return new Map(
      members.flatMap((member): readonly [string, Storage][] => {
        const { name } = member;
        const { members: own } = member.type;
        const anonymous = member.type.name === "struct" && own !== null;
        const typed = anonymous
          ? { ...member, type: { ...member.type, name: `struct ${tag}.${name}` } }
          : member;
        if (anonymous) this.members.set(`${tag}.${name}`, own);
        const type = this.declaredType(typed);
        if (type.kind === "struct" && type.tag === tag) {
          return this.refuse(member.at, `struct ${tag} contains itself: a pointer is wanted`);
        }
        const inner: Where = {
          ...where,
          key: `${tag}.${name}`,
          name: `${where.name}.${name}`,
          remark: member.remark,
          member: { tag, field: name },
        };
        return [[name, this.storage(typed, type, inner)]];
      }),
    );
  }

  /** Notes the first values of a thing that has storage of its own. */
  private initial(
    declared: Declared,
    type: CType,
    name: string,
    index: readonly number[],
    init: Initializer,
    depth = 0,
  ): void {
    if (depth < declared.sizes.length) {
      if (init.kind !== "list")
        return this.refuse(init.at, `${name}: { ... } is wanted for an array`);
      for (const [k, item] of init.items.entries()) {
        const at = item.index === null ? k : (this.with_.constant(item.index) ?? k);
        this.initial(declared, type, name, [...index, at], item.value, depth + 1);
      }
      return;
    }
    if (declared.perCpu) {
      for (let cpu = 0; cpu < this.with_.cpus; cpu++) {
        this.initialOf(type, name, [cpu, ...index], init, declared);
      }
      return;
    }
    this.initialOf(type, name, index, init, declared);
  }

  private initialOf(
    type: CType,
    name: string,
    index: readonly number[],
    init: Initializer,
    declared: Declared,
  ): void {
    if (type.kind === "struct") {
      const members = this.members.get(type.tag) ?? declared.type.members ?? [];
      if (init.kind !== "list") return;
      for (const [k, item] of init.items.entries()) {
        const member =
          item.field === null ? members[k] : members.find((of) => of.name === item.field);
        if (member === undefined) {
          return this.refuse(item.value.at, `struct ${type.tag} has no member ${item.field ?? ""}`);
        }
        const inner = this.declaredType(member);
        this.initial(member, inner, `${name}.${member.name}`, index, item.value);
      }
      return;
    }
    const value = this.firstValue(type, init);
    if (value !== null) this.inits.set(name, index, value);
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
      // ATOMIC_INIT(1), __MUTEX_INITIALIZER(m): what counts has a number.
      const [arg] = value.kind === "call" ? value.args : [];
      return arg === undefined ? known : this.with_.constant(arg);
    }
    if (type.kind === "pointer") {
      if (known === 0 || (value.kind === "name" && value.name === "NULL")) return NONE;
      if (value.kind === "address" && type.to.kind === "struct") {
        return this.numberOf(value.of, type.to.tag);
      }
      return this.refuse(init.at, `${value.text}: NULL or the address of an object is wanted`);
    }
    if (known !== null) return type.kind === "bool" ? Number(known !== 0) : known;
    return this.refuse(
      init.at,
      `${value.text} is no constant, as the first value of a variable has to be`,
    );
  }

  /** The number of a named object in the pool of its structure. */
  private numberOf(of: Expression, tag: string): number {
    let next = 0;
    for (const declared of this.with_.unit.variables) {
      const type = this.declaredType(declared);
      if (type.kind !== "struct" || type.tag !== tag || declared.perCpu) continue;
      const [size] = declared.sizes;
      if (of.kind === "name" && of.name === declared.name) return next;
      if (of.kind === "index" && of.of.kind === "name" && of.of.name === declared.name) {
        return next + (this.with_.constant(of.index) ?? 0);
      }
      next += size === undefined ? 1 : this.length(size, declared);
    }
    this.with_.learned.pooled.add(tag);
    return this.refuse(of.at, `${of.text} is no struct ${tag}`);
  }

  private refuse(at: Span, message: string): never {
    this.with_.faults.add(at, message);
    throw new Refused(message);
  }
}

const firstOf = (domain: Domain): number => {
  if (domain.kind === "int") return Math.min(Math.max(0, domain.min), domain.max);
  return 0;
};

const nameExpression = (name: string, at: Span): Expression => ({
  at,
  text: name,
  kind: "name",
  name,
});

/** Storage: what each variable, member and element is kept in. */
import {
  CPU,
  type Dimension,
  type Domain,
  type IdSet,
  NONE,
  lockdep_set_lock_cmp_fn,
  lockdep_set_novalidate_class,
  variable,
} from "../../../machine/index.js";
import { Refused, type Span } from "../../errors/index.js";
import type { Declared, Expression } from "../../parse/ast.js";
import { type CType, isChosen, rangeIn } from "../../types/ctype.js";
import { Instances } from "../../types/instances.js";
import type { Pool, Storage } from "../../types/storage.js";
import {
  type DeclareOptions,
  bitLockType,
  isLock,
  isReaderWriter,
} from "../../vocabulary/index.js";
import type { LockClass } from "../context/learned.js";
import type { ClassNames } from "./class-names.js";
import type { Embedding } from "../context/embedded.js";
import type { FirstValuesWith } from "./first-values.js";
import { bitsDeclared, elementsOf } from "./elements.js";
import { lockOrder } from "./lock-order.js";
import { firstOf, scalarDomain } from "./scalar-domain.js";
import { type Types, linkTypes, takenType } from "./types.js";
import type { Where } from "./where.js";

/** What the machine's integers hold. */
const int32: Domain = { kind: "int", min: -(2 ** 31), max: 2 ** 31 - 1 };

/** The first value of each element. */
export type FirstValue = (...index: readonly number[]) => number;

/** What storage is made with. */
export interface StorageWith extends FirstValuesWith {
  /** How the classes of locks are named. */
  readonly classes: ClassNames;
  /** Sets of the machine in which the objects of a structure are. */
  readonly sets: ReadonlyMap<string, IdSet>;
  /** Sets by the name of a constant that says how many members there are: what arrays of that size are for. */
  readonly counted: ReadonlyMap<string, IdSet>;
  /** First values that no initialiser can say, by the name of the variable. */
  readonly first: ReadonlyMap<string, FirstValue>;
}

/** Structures within structures deeper than this are a circle. */
const mostDepth = 16;

/** Makes storage. */
export class StorageMaker {
  readonly pools = new Map<string, Pool>();
  /** Heads and links of lists, by key. */
  readonly links = new Map<string, Storage & { readonly kind: "link" }>();

  constructor(
    private readonly with_: StorageWith,
    private readonly types: Types,
    private readonly embedded: ReadonlyMap<string, Embedding>,
  ) {}

  /** Returns the values that a scalar may have. */
  domainOf(type: CType, key: string, remark: string | null): Domain {
    return scalarDomain(type, key, remark, this.with_.learned, this.pools);
  }

  /** Storage for a declaration, its dimensions outside. */
  storage(declared: Declared, type: CType, where: Where): Storage {
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
    const counted = size?.kind === "name" ? this.with_.counted.get(size.name) : undefined;
    const length: Dimension = isCpus
      ? CPU
      : (counted ?? this.types.length(size as Expression | null, declared));
    const inner = { ...where, dimensions: [...where.dimensions, length] };
    const of = this.dimensioned(declared, type, inner, rest);
    return { kind: "array", of, length, pooled: null, key: where.key };
  }

  private single(declared: Declared, type: CType, where: Where): Storage {
    const { key, name, dimensions, remark, inits, isLocal, member } = where;
    switch (type.kind) {
      case "void":
        return this.types.refuse(
          declared.at,
          `${declared.name} is void: nothing can be kept in it`,
        );
      case "struct": {
        const { members } = declared.type;
        if (members !== null && !this.types.members.has(type.tag))
          this.types.members.set(type.tag, members);
        const own = where.isPool && this.embedded.has(type.tag);
        const named = own ? { ...where, name: type.tag } : where;
        return { kind: "struct", tag: type.tag, fields: this.fields(type.tag, named), key };
      }
      case "object": {
        if (linkTypes.has(type.name)) {
          const isPointer = type.name === takenType;
          // Each function that runs has its own.
          const known = isLocal ? name : key;
          const link = { kind: "link", isPointer, key: known, dimensions, member } as const;
          this.links.set(known, link);
          return link;
        }
        const object = this.with_.vocabulary.types.get(type.name);
        if (object === undefined)
          return this.types.refuse(declared.at, `no such type: ${type.name}`);
        const elements = object.holds === true ? this.elements(declared, where) : null;
        const options = { ...this.optionsOf(declared, where), elements };
        const counted = this.with_.learned.counts.get(name);
        const said = counted === undefined ? [] : [counted];
        this.checkRange(declared, int32, said);
        const value =
          object.single === true
            ? new Instances((alone) => object.declare(alone, { ...options, per: [] }))
            : this.ordered(
                validated(object.declare(name, options), this.with_.learned.setClasses.get(name)),
                name,
              );
        if (object.single !== true && object.counter !== undefined) {
          this.checkRange(declared, object.counter(value).domain, [...said, ...inits.all(name)]);
        }
        return { kind: "object", type: object, value, key, name };
      }
      case "bool":
      case "int":
      case "code":
      case "pointer": {
        const lockBits = this.with_.learned.lockWords.get(key);
        if (lockBits !== undefined) {
          const options = { ...this.optionsOf(declared, where), per: [...dimensions, lockBits] };
          const value = bitLockType.declare(name, options);
          return { kind: "object", type: bitLockType, value, key, name };
        }
        const learnt = this.with_.learned.bitmaps.get(key);
        const { types } = this;
        const width = bitsDeclared(declared, { types, constant: this.with_.constant }) ?? learnt;
        if (width !== undefined) {
          const per = [...dimensions, width];
          const bit = variable(name, { kind: "bool" }, { per, init: bitsOf(inits.of(name, 0)) });
          const of = { kind: "scalar", type: { kind: "bool" }, variable: bit, key } as const;
          return { kind: "array", of, length: width, pooled: null, key };
        }
        const domain = this.domainOf(type, key, remark);
        const isId = domain.kind === "id";
        const isNone = isChosen(type) || (isId && (type.kind === "pointer" || isLocal));
        const otherwise = isNone ? NONE : firstOf(domain);
        const init = this.with_.first.get(name) ?? inits.of(name, otherwise);
        this.checkRange(declared, domain, inits.all(name));
        return {
          kind: "scalar",
          type,
          variable: variable(name, domain, { per: dimensions, init }),
          key,
        };
      }
    }
  }

  private checkRange({ at }: Declared, domain: Domain, values: readonly number[]): void {
    if (domain.kind !== "int") return;
    const { min, max } = domain;
    const beyond = values.find((value) => value < min || value > max);
    if (beyond === undefined) return;
    const range = `${String(min)}..${String(max)}`;
    this.types.refuse(at, `the first value is ${String(beyond)}, and the values are ${range}`);
  }

  /** A lock with the order that its instances were given. */
  private ordered(object: unknown, name: string): unknown {
    const { learned, unit, constant } = this.with_;
    const [given] = learned.noted.of("lock order", name);
    const comparison = given === undefined ? undefined : unit.functions.get(given);
    if (comparison === undefined || !isLock(object)) return object;
    const refuse = (at: Span, message: string): never => this.types.refuse(at, message);
    return lockdep_set_lock_cmp_fn(object, lockOrder(comparison, { constant, refuse }));
  }

  private elements(declared: Declared, where: Where): DeclareOptions["elements"] {
    return elementsOf(declared, where, {
      types: this.types,
      constant: this.with_.constant,
      domainOf: (type, key, remark) => this.domainOf(type, key, remark),
    });
  }

  private optionsOf(declared: Declared, where: Where): DeclareOptions {
    const { key, name, dimensions, remark, inits, member } = where;
    const { classes, setClasses, counts } = this.with_.learned;
    const init = counts.get(name) ?? inits.of(name, 0);
    const learnt = setClasses.get(name) ?? classes.get(name) ?? this.with_.classes.ownClass(name);
    return {
      per: dimensions,
      className: learnt?.name ?? this.with_.classes.nameOf(declared, key, member, where.isPool),
      key: learnt?.key ?? key,
      init: typeof init === "number" ? () => init : init,
      range: rangeIn(remark),
      initialized: (setClasses.get(name) ?? classes.get(name))?.name ?? null,
      elements: null,
      at: declared.at,
    };
  }

  /** Returns storage for the members of a structure. */
  fields(tag: string, where: Where): ReadonlyMap<string, Storage> {
    const members = this.types.members.get(tag) ?? [];
    return new Map(
      members.flatMap((member): [string, Storage][] => {
        try {
          return [this.field(tag, member, where)];
        } catch (error) {
          // A member that is refused hides no other.
          if (error instanceof Refused) return [];
          throw error;
        }
      }),
    );
  }

  private field(tag: string, member: Declared, where: Where): [string, Storage] {
    const { name } = member;
    const { members: own } = member.type;
    const anonymous = member.type.name === "struct" && own !== null;
    const typed = anonymous
      ? { ...member, type: { ...member.type, name: `struct ${tag}.${name}` } }
      : member;
    if (anonymous) this.types.members.set(`${tag}.${name}`, own);
    const type = this.types.declaredType(typed);
    const isTooDeep = where.name.split(".").length > mostDepth;
    if (type.kind === "struct" && (type.tag === tag || isTooDeep)) {
      return this.types.refuse(member.at, `struct ${tag} contains itself: a pointer is wanted`);
    }
    const inner: Where = {
      ...where,
      key: `${tag}.${name}`,
      name: `${where.name}.${name}`,
      remark: member.remark,
      member: { tag, field: name },
    };
    return [name, this.storage(typed, type, inner)];
  }
}

/** Returns the first value of each bit, the last of its indices, by those of the words. */
function bitsOf(
  word: number | ((...index: readonly number[]) => number),
): number | ((...index: readonly number[]) => number) {
  if (word === 0) return 0;
  return (...index) => {
    const first = typeof word === "number" ? word : word(...index.slice(0, -1));
    return Math.floor(first / 2 ** (index.at(-1) ?? 0)) % 2;
  };
}

/** Returns a lock as it is left where it has no class that is validated. */
function validated(object: unknown, as: LockClass | null | undefined): unknown {
  if (as !== null) return object;
  if (isLock(object)) return lockdep_set_novalidate_class(object);
  if (!isReaderWriter(object)) return object;
  return { ...object, writer: lockdep_set_novalidate_class(object.writer) };
}

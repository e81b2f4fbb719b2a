/** Declarations: what each name of the file is kept in. */
import { CPU, idSet } from "../../../machine/index.js";
import { Refused } from "../../errors/index.js";
import type { Declared } from "../../parse/ast.js";
import type { CType } from "../../types/ctype.js";
import { InitialValues } from "../../types/initial-values.js";
import type { Place, Pool, Storage } from "../../types/storage.js";
import type { Owner } from "../context/context.js";
import { type Embedding, embeddings } from "../context/embedded.js";
import { FirstValues } from "./first-values.js";
import { numberedItems } from "./numbered-items.js";
import { StorageMaker, type StorageWith } from "./storage.js";
import type { Where } from "./where.js";
import { TASK, Types } from "./types.js";

/** What declarations are made with. */
export interface DeclareWith extends StorageWith {
  /** The functions of the tasks, in order. */
  readonly tasks: readonly string[];
}

/** Makes storage for the names of a file. */
export class Declarer {
  readonly globals = new Map<string, Place>();
  readonly sizes: Map<string, number>;
  readonly types: Types;
  readonly storage: StorageMaker;
  readonly first: FirstValues;
  /** Structures that are a member of one other alone: a pointer to one is a pointer to that. */
  readonly embedded: ReadonlyMap<string, Embedding>;

  constructor(private readonly with_: DeclareWith) {
    this.sizes = new Map([[CPU.name, with_.cpus]]);
    this.types = new Types(with_);
    this.embedded = embeddings(with_.unit);
    this.storage = new StorageMaker(with_, this.types, this.embedded);
    this.first = new FirstValues(with_, this.types, this.embedded);
    this.declareAll();
  }

  /** Returns storage for a variable of a function, the same each time it is asked for. */
  local(declared: Declared, owner: Owner, key: string): Storage {
    const id = `${key}@${String(declared.at.start)}`;
    const known = owner.locals.get(id);
    if (known !== undefined) return known;
    const others = [...owner.locals.keys()].filter((of) => of.startsWith(`${key}@`)).length;
    const made = this.storage.storage(declared, this.types.declaredType(declared), {
      key,
      name: `${owner.name}: ${key}${others === 0 ? "" : `'${String(others)}`}`,
      dimensions: owner.dimensions,
      remark: declared.remark,
      member: null,
      inits: new InitialValues(),
      isLocal: true,
      isPool: false,
    });
    owner.locals.set(id, made);
    return made;
  }

  /** Returns the place of a static variable of a function. */
  static(declared: Declared, key: string): Place {
    const known = this.globals.get(key);
    if (known !== undefined) return known;
    if (declared.init !== null)
      this.first.initial(declared, this.types.declaredType(declared), key, [], declared.init);
    const storage = this.storage.storage(
      declared,
      this.types.declaredType(declared),
      this.topLevel(declared, key),
    );
    const place = { storage, index: [], text: declared.name, inside: null };
    this.globals.set(key, place);
    return place;
  }

  private declareAll(): void {
    const { unit, learned, faults } = this.with_;
    for (const tag of [...learned.pooled]) {
      for (let of = this.embedded.get(tag); of !== undefined; of = this.embedded.get(of.outer)) {
        learned.pooled.add(of.outer);
      }
    }
    const pooled = [...learned.pooled].filter((tag) => !this.embedded.has(tag));
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
          const type = this.types.declaredType(declared);
          if (type.kind !== "struct" || type.tag !== tag) return;
          const many = this.types.inPool(declared, this.with_.cpus);
          if (many === null) return;
          numbers.set(declared, next);
          next += many;
        });
      }
      const set = this.with_.sets.get(tag) ?? idSet(tag === CPU.name ? `struct ${tag}` : tag);
      this.sizes.set(set.name, Math.max(1, next, tag === TASK ? this.with_.tasks.length : 0));
      this.storage.pools.set(tag, {
        tag,
        set,
        storage: { kind: "struct", tag, fields: new Map(), key: tag },
      });
    }
    for (const declared of unit.variables) {
      guarded(() => {
        const first = numbers.get(declared);
        const type = this.types.declaredType(declared);
        if (declared.init === null) {
          this.taskByRemark(declared, type);
          return;
        }
        if (first === undefined || type.kind !== "struct") {
          this.first.initial(declared, type, declared.name, [], declared.init);
        } else if (declared.perCpu) {
          for (let cpu = 0; cpu < this.with_.cpus; cpu++) {
            const at = [first + cpu];
            this.first.initialOf(type, type.tag, at, declared.init, declared, type.tag, true);
          }
        } else if (declared.sizes.length === 0) {
          this.first.initialOf(type, type.tag, [first], declared.init, declared, type.tag, true);
        } else if (declared.init.kind === "list") {
          for (const [at, value] of numberedItems(declared.init.items, this.with_.constant)) {
            this.first.initialOf(type, type.tag, [first + at], value, declared, type.tag, true);
          }
        }
      });
    }
    for (const [tag, pool] of this.storage.pools) {
      const fields = this.storage.fields(tag, {
        key: tag,
        name: tag,
        dimensions: [pool.set],
        remark: null,
        member: null,
        inits: this.first.inits,
        isLocal: false,
        isPool: true,
      });
      this.storage.pools.set(tag, { ...pool, storage: { kind: "struct", tag, fields, key: tag } });
    }
    for (const tag of learned.pooled) this.embeddedPool(tag);
    for (const declared of unit.variables) {
      guarded(() => {
        if (this.globals.has(declared.name)) {
          faults.add(declared.at, `${declared.name} is there twice`);
        }
        this.globals.set(declared.name, this.global(declared, numbers.get(declared)));
      });
    }
  }

  /** The pool of a structure inside another is the pool of that: each has one. */
  private embeddedPool(tag: string): Pool | undefined {
    const { pools } = this.storage;
    const known = pools.get(tag);
    const inside = this.embedded.get(tag);
    if (known !== undefined || inside === undefined) return known;
    const outer = this.embeddedPool(inside.outer);
    const storage =
      outer?.storage.kind === "struct" ? outer.storage.fields.get(inside.field) : null;
    if (outer === undefined || storage == null) return undefined;
    const made = { tag, set: outer.set, storage };
    pools.set(tag, made);
    return made;
  }

  /** A pointer to a task may name its function in a comment behind it. */
  private taskByRemark(declared: Declared, type: CType): void {
    if (type.kind !== "pointer" || type.to.kind !== "struct" || type.to.tag !== TASK) return;
    const name = /^\/[/*]\s*(?:thread\s+)?(\w+)/.exec(declared.remark ?? "")?.[1];
    const task = name === undefined ? -1 : this.with_.tasks.indexOf(name);
    if (task >= 0) this.first.inits.set(declared.name, [], task);
  }

  private global(declared: Declared, first: number | undefined): Place {
    const { name } = declared;
    const type = this.types.declaredType(declared);
    const pool = type.kind === "struct" ? this.storage.pools.get(type.tag) : undefined;
    if (first === undefined || pool === undefined) {
      const storage = this.storage.storage(declared, type, this.topLevel(declared, name));
      return { storage, index: [], text: name, inside: null };
    }
    const [size] = declared.sizes;
    if (size === undefined && !declared.perCpu) {
      const index = [{ op: "const", value: first } as const];
      return { storage: pool.storage, index, text: name, inside: null };
    }
    const length = size === undefined ? CPU : this.types.length(size, declared);
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
      inits: this.first.inits,
      isLocal: false,
      isPool: false,
    };
  }
}

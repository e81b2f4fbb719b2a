/** Declarations: what each name of the file is kept in. */
import { CPU, idSet } from "../../../machine/index.js";
import { Refused } from "../../errors/index.js";
import type { Declared } from "../../parse/ast.js";
import type { CType } from "../../types/ctype.js";
import { InitialValues } from "../../types/initial-values.js";
import type { Place, Storage } from "../../types/storage.js";
import type { Owner } from "../context/context.js";
import { FirstValues, type FirstValuesWith } from "./first-values.js";
import { StorageMaker, type Where } from "./storage.js";
import { TASK, Types } from "./types.js";

/** What declarations are made with. */
export interface DeclareWith extends FirstValuesWith {
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

  constructor(private readonly with_: DeclareWith) {
    this.sizes = new Map([[CPU.name, with_.cpus]]);
    this.types = new Types(with_);
    this.storage = new StorageMaker(with_, this.types);
    this.first = new FirstValues(with_, this.types);
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
          const type = this.types.declaredType(declared);
          if (type.kind !== "struct" || type.tag !== tag || declared.perCpu) return;
          numbers.set(declared, next);
          const [size] = declared.sizes;
          next += size === undefined ? 1 : this.types.length(size, declared);
        });
      }
      const set = idSet(tag === CPU.name ? `struct ${tag}` : tag);
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
        } else if (declared.sizes.length === 0) {
          this.first.initialOf(type, type.tag, [first], declared.init, declared);
        } else if (declared.init.kind === "list") {
          for (const [k, item] of declared.init.items.entries()) {
            const at = item.index === null ? k : (this.with_.constant(item.index) ?? k);
            this.first.initialOf(type, type.tag, [first + at], item.value, declared);
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
      });
      this.storage.pools.set(tag, { ...pool, storage: { kind: "struct", tag, fields, key: tag } });
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
    if (size === undefined) {
      const index = [{ op: "const", value: first } as const];
      return { storage: pool.storage, index, text: name, inside: null };
    }
    const length = this.types.length(size, declared);
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
    };
  }
}

/** Variables and locks as a file of C declares them. */
import type { LockKind } from "../../../primitives/lock.js";
import { CPU, type Variable } from "../../../machine/index.js";
import type { Unsayable } from "./unsayable.js";

/** How each kind of lock is declared: alone, and as a type. */
const lockTypes: Readonly<Partial<Record<LockKind, readonly [definer: string, type: string]>>> = {
  raw_spinlock: ["DEFINE_RAW_SPINLOCK", "raw_spinlock_t"],
  spinlock: ["DEFINE_SPINLOCK", "spinlock_t"],
  mutex: ["DEFINE_MUTEX", "struct mutex"],
  rwlock: ["DEFINE_RWLOCK", "rwlock_t"],
  rwsem: ["DECLARE_RWSEM", "struct rw_semaphore"],
  rt_mutex: ["DEFINE_RT_MUTEX", "struct rt_mutex"],
  bit_spinlock: ["", "unsigned long"],
  percpu_rwsem: ["DEFINE_STATIC_PERCPU_RWSEM", "struct percpu_rw_semaphore"],
};

/** Words that no variable may be called. */
const keywords: ReadonlySet<string> = new Set(
  "auto break case char const continue default do double else enum extern float for goto if int long register return short signed sizeof static struct switch typedef union unsigned void volatile while current".split(
    " ",
  ),
);

/** Returns a name as an identifier of C. */
export function identifier(name: string): string {
  const plain = name.replace(/\W+/g, "_").replace(/^(?=\d)|^$/, "_");
  return keywords.has(plain) ? `${plain}_` : plain;
}

/** What a translation calls `f: f.i` and `f.0` is `i` and `t0`. */
const shortName = (name: string): string =>
  name.replace(/^[^:]*: (?:.*\.)?/, "").replace(/^.*[.>](?=\d+$)/, "t");

/** A thing that is declared, with its name in C. */
interface Declared {
  /** The name of a structure that it is a member of; null of what stands alone. */
  readonly owner: string | null;
  readonly name: string;
  readonly alone: string;
  readonly member: string;
}

/** Gives variables and objects names in C, and declares them. */
export class Declarations {
  private readonly byKey = new Map<string, Declared>();
  private readonly taken = new Set<string>();

  constructor(private readonly unsayable: Unsayable) {}

  /** Returns a name that nothing else has yet. */
  fresh(wanted: string): string {
    const plain = identifier(wanted);
    let name = plain;
    for (let k = 2; this.taken.has(name); k++) name = `${plain}_${String(k)}`;
    this.taken.add(name);
    return name;
  }

  /** Returns a variable or a lock by the name of the whole. */
  nameOf(variable: Variable): string {
    const { name, lock } = variable;
    return this.named(name, () =>
      lock === null ? this.plain(variable) : this.lock(variable, lock.kind),
    );
  }

  /** Returns an object that is declared by a macro: `DECLARE_COMPLETION(done)`. */
  object(name: string, definer: string, type: string, more = ""): string {
    return this.named(name, () => ({ definer, type, more }));
  }

  private named(name: string, make: () => Made): string {
    const known = this.byKey.get(name) ?? this.declare(name, make());
    this.byKey.set(name, known);
    return known.owner === null ? known.name : `${known.owner}.${known.name}`;
  }

  private declare(name: string, { definer, type, more, perCpu, remark = "" }: Made): Declared {
    const [, owner, field] = /^([A-Za-z_]\w*)(?:->|\.)([A-Za-z_]\w*)$/.exec(name) ?? [];
    const isMember = owner !== undefined && field !== undefined && perCpu !== true && more === "";
    const own = isMember ? identifier(field) : this.fresh(shortName(name));
    const plain = /^(.*?)(\[.*)?$/.exec(type) ?? [];
    const [, base = type, size = ""] = plain;
    const alone =
      perCpu === true
        ? `static DEFINE_PER_CPU(${base}, ${own});${remark}`
        : definer !== "" && size === ""
          ? `static ${definer}(${own}${more});`
          : `static ${base} ${own}${size}${more};${remark}`;
    return {
      owner: isMember ? identifier(owner) : null,
      name: own,
      alone,
      member: `${base} ${own}${size};${remark}`,
    };
  }

  private lock({ name, per, lock }: Variable, kind: LockKind): Made {
    if (lock?.validate === false) this.unsayable.note(`lockdep_set_novalidate_class(&${name})`);
    if (lock?.compare !== undefined) this.unsayable.note(`lockdep_set_lock_cmp_fn(&${name})`);
    const [definer, type] = lockTypes[kind] ?? ["", this.unsayable.note(`a ${kind}: ${name}`)];
    const [dimension] = per;
    if (per.length === 0) return { definer, type, more: "" };
    if (per.length === 1 && dimension === CPU) return { definer: "", type, more: "", perCpu: true };
    return { definer: "", type: type + this.sizes(name, per), more: "" };
  }

  private plain({ name, domain, per, init, startsAs }: Variable): Made {
    const perCpu = per.length === 1 && per[0] === CPU;
    const sizes = perCpu ? "" : this.sizes(name, per);
    if (startsAs !== undefined) this.unsayable.note(`${name} starts as one of several`);
    const begins = typeof init === "number" ? init : per.length === 0 ? init() : null;
    const first = per.length === 0 && begins !== null && begins !== 0 ? ` = ${String(begins)}` : "";
    if (per.length > 0 && begins !== 0) this.unsayable.note(`how the elements of ${name} start`);
    const made = { definer: "", more: first, perCpu };
    switch (domain.kind) {
      case "bool":
        return { ...made, type: `bool${sizes}` };
      case "int": {
        const remark = ` /* ${String(domain.min)}..${String(domain.max)} */`;
        return { ...made, type: `int${sizes}`, remark };
      }
      case "id":
      case "process":
        return { ...made, type: this.unsayable.note(`${name}, which names a member of a set`) };
    }
  }

  private sizes(name: string, per: Variable["per"]): string {
    return per
      .map((of) => {
        if (typeof of === "number") return `[${String(of)}]`;
        this.unsayable.note(`${name}, one for each ${of.name}`);
        return "[1]";
      })
      .join("");
  }

  /** Returns the lines that declare everything. */
  get lines(): readonly string[] {
    const all = [...this.byKey.values()];
    const owners = [...new Set(all.flatMap(({ owner }) => owner ?? []))];
    const structs = owners.flatMap((owner) => [
      `struct ${owner} {`,
      ...all.filter((one) => one.owner === owner).map(({ member }) => `\t${member}`),
      "};",
      `static struct ${owner} ${owner};`,
    ]);
    return [...structs, ...all.flatMap(({ owner, alone }) => (owner === null ? [alone] : []))];
  }
}

interface Made {
  readonly definer: string;
  readonly type: string;
  readonly more: string;
  readonly perCpu?: boolean;
  /** The range of an integer, as a comment. */
  readonly remark?: string;
}

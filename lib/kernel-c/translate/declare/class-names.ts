/**
 * The names of lock classes, as the kernel has them: a lock that a macro defines is called as it is written
 * there, one that is initialised by a call as the call's argument, and all locks of one member are one class.
 */
import type { CStatement, Declared, Expression, Initializer, Unit } from "../../parse/ast.js";
import type { Vocabulary } from "../../vocabulary/index.js";
import type { LockClass } from "../context/learned.js";

/** How classes are named in one file. */
export interface ClassNames {
  readonly nameOf: (
    declared: Declared,
    key: string,
    member: { readonly tag: string; readonly field: string } | null,
    isPool: boolean,
  ) => string;
  /**
   * The class of one lock that has a place of its own where it is initialised: `raw_spin_lock_init(&foo.lock)`, which
   * need not run to be seen, or `{ .lock = __RAW_SPIN_LOCK_UNLOCKED(foo.lock) }`. Undefined of any other.
   */
  readonly ownClass: (name: string) => LockClass | undefined;
}

/** Returns how the classes of a file are named. */
export function classNames(unit: Unit, vocabulary: Vocabulary): ClassNames {
  const byName = new Map<string, string>();
  const byField = new Map<string, string>();
  // Where one object's lock is initialised: the name of all, if the objects of the structure are kept together.
  const byOneField = new Map<string, string>();
  const own = new Map<string, LockClass>(
    unit.variables.flatMap(({ name, sizes, init }) =>
      init === null || sizes.length > 0 ? [] : initialisedIn(name, init),
    ),
  );
  const variables = new Set(
    unit.variables.flatMap(({ name, pointers, sizes, perCpu }) =>
      pointers > 0 || sizes.length > 0 || perCpu ? [] : [name],
    ),
  );
  for (const { body } of unit.functions.values()) {
    for (const { name, args } of callsIn(body)) {
      const [given] = args;
      if (!vocabulary.initializers.has(name) || given?.kind !== "address") continue;
      const { of } = given;
      const path = pathOf(of);
      const isOne = path !== null && variables.has(path.replace(/\..*/, ""));
      if (isOne && of.kind === "member") own.set(path, { key: path, name: given.text });
      if (of.kind === "member") (isOne ? byOneField : byField).set(of.field, given.text);
      else byName.set(rootName(of), given.text);
    }
  }
  return {
    ownClass: (name) => own.get(name),
    nameOf: (declared, key, member, isPool) => {
      if (member !== null) {
        const { field } = member;
        const given = byField.get(field) ?? (isPool ? byOneField.get(field) : undefined);
        return given ?? `&${member.tag.replace(/^.*\./, "")}->${member.field}`;
      }
      if (declared.perCpu) return byName.get(declared.name) ?? `&per_cpu(${declared.name}, cpu)`;
      const given = byName.get(declared.name);
      if (given !== undefined) return given;
      return declared.sizes.length > 0 ? `&${declared.name}[i]` : key.replace(/^.*\./, "");
    },
  };
}

const staticLock =
  /^__(?:(?:RAW_)?SPIN_LOCK_UNLOCKED|RW_LOCK_UNLOCKED|(?:MUTEX|RWSEM)_INITIALIZER)$/;

/** The locks that a static initialiser names: each is a class of its own, as its key is where it lies. */
function initialisedIn(path: string, init: Initializer): readonly (readonly [string, LockClass])[] {
  if (init.kind === "list") {
    return init.items.flatMap(({ field, value }) =>
      field === null ? [] : initialisedIn(`${path}.${field}`, value),
    );
  }
  const { value } = init;
  if (value.kind !== "call" || !staticLock.test(value.name)) return [];
  return value.args.slice(0, 1).map((arg) => [path, { key: path, name: arg.text }] as const);
}

/** `foo.bar.lock`, where nothing is a pointer or an element; null of any other expression. */
function pathOf(of: Expression): string | null {
  if (of.kind === "name") return of.name;
  if (of.kind !== "member" || of.arrow) return null;
  const outer = pathOf(of.of);
  return outer === null ? null : `${outer}.${of.field}`;
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

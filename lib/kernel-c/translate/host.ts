/** Who runs the functions of a text where comments cannot say it: tasks that a scheduler of the text switches. */
import {
  type Dimension,
  type Expr,
  type IdSet,
  type Process,
  type ScenarioOptions,
  type Statement,
  type Variable,
  expr,
} from "../../machine/index.js";
import type { Span } from "../errors/index.js";
import type { CFunction } from "../parse/ast.js";
import type { Storage } from "../types/storage.js";
import { isLock } from "../vocabulary/locks/lock-types.js";
import type { Owner, Shared } from "./context/context.js";
import { structPointed } from "./expression/place/memory.js";
import { bodyOf, newOwner, valueIn } from "./owner.js";
import { type Processes, setUp, withLocals } from "./processes.js";
import { type Value, truthOf } from "./context/values.js";

/** Who runs a body: what its locals are named by, and each of which set it is. */
export interface Runner {
  readonly name: string;
  /** The set with a process for each member, and the member; null of a single process. */
  readonly each: { readonly set: IdSet; readonly member: Expr } | null;
  /** Its `struct task_struct`, where it has one. */
  readonly task: Expr | null;
  /** Whether it stays on its CPU. */
  readonly pinned: boolean;
}

/** What a text offers to its host. */
export interface Host {
  /** Returns the body of a function. A number is a CPU or a number, a member of a set a pointer. */
  readonly body: (name: string, args: readonly Expr[]) => readonly Statement[];
  /** Returns what a function of one expression is worth, in the step that asks. */
  readonly value: (name: string, ...args: readonly Expr[]) => Expr;
  /** Whether the text has a function. */
  readonly has: (name: string) => boolean;
  /** Returns a variable, or a lock, by its path: `runqueues.curr`. */
  readonly variable: (path: string) => Variable;
}

/** Returns processes, each made with a host whose bodies are its own, and what else a scenario has. */
export type MakeHost = (
  run: (runner: Runner, make: (host: Host) => Process) => Process,
  host: Omit<Host, "body">,
) => Pick<ScenarioOptions, "processes" | "always" | "quiescent">;

/** Returns a scenario's processes and properties. */
export function hosted(
  shared: Shared,
  make: MakeHost,
  callees: readonly Owner[],
): Omit<ReturnType<MakeHost>, "processes"> & { readonly processes: Processes } {
  const at: Span = { file: shared.unit.file, line: 1, column: 1, start: 0, end: 0 };
  const owners = new Map<Process, Owner>();
  const outside = newOwner("always", null);
  const functionOf = (name: string): CFunction => {
    const found = shared.unit.functions.get(name);
    if (found === undefined) throw new TypeError(`the text has no function ${name}()`);
    return found;
  };
  const of = (owner: Owner): Omit<Host, "body"> => ({
    has: (name) => shared.unit.functions.has(name),
    variable: (path) => variableAt(shared, path),
    value: (name, ...args) => {
      const found = functionOf(name);
      const value = valueIn(shared, owner, found, at, valuesOf(shared, found, args));
      if (value.kind === "number" && value.sort !== "truth") return value.expr;
      if (value.kind === "pointer") return value.expr;
      return truthOf(value, shared.cpus) ?? expr(false);
    },
  });
  const run = (runner: Runner, makeOne: (host: Host) => Process): Process => {
    const owner = ownerOf(runner);
    const process = makeOne({
      ...of(owner),
      body: (name, args) => {
        const found = functionOf(name);
        return bodyOf(shared, owner, found, at, () => valuesOf(shared, found, args));
      },
    });
    owners.set(process, owner);
    return process;
  };
  const made = make(run, of(outside));
  const all = made.processes.map((process) => ({
    process,
    owners: [owners.get(process) ?? newOwner(process.name, null)],
  }));
  const properties = [made.always, made.quiescent].flatMap((of) => Object.values(of ?? {}));
  const whole = [...all, ...setUp(shared, callees)];
  return {
    ...made,
    processes: {
      made: whole.map(({ process }) => process),
      withLocals: () => withLocals(shared, whole, properties.map(expr)),
      leftOut: [],
    },
  };
}

function ownerOf({ name, each, task, pinned }: Runner): Owner {
  const dimensions: readonly Dimension[] = each === null ? [] : [each.set];
  const index = each === null ? [] : [each.member];
  return { ...newOwner(name, null), dimensions, index, task, pinned };
}

/** Arguments as the parameters of a function want them. */
function valuesOf(shared: Shared, of: CFunction, args: readonly Expr[]): readonly Value[] {
  return of.parameters.map((parameter, k): Value => {
    const given = args[k] ?? expr(0);
    const type = shared.declaredType(parameter);
    const tag = structPointed(type);
    const pool = tag === null ? undefined : shared.pools.get(tag);
    if (tag !== null && pool === undefined) shared.learned.pooled.add(tag);
    if (tag !== null && pool !== undefined) {
      return { kind: "pointer", tag, set: pool.set, expr: given };
    }
    if (type.kind === "pointer") return { kind: "null" };
    const isId = given.op === "bound" || given.op === "cpu";
    return { kind: "number", expr: given, sort: isId ? "cpu" : "number", key: null };
  });
}

function variableAt(shared: Shared, path: string): Variable {
  const [name = "", ...fields] = path.split(".");
  let storage: Storage | undefined = shared.globals.get(name)?.storage;
  for (const field of fields) {
    while (storage?.kind === "array") storage = storage.of;
    storage = storage?.kind === "struct" ? storage.fields.get(field) : undefined;
  }
  while (storage?.kind === "array") storage = storage.of;
  if (storage?.kind === "scalar") return storage.variable;
  if (storage?.kind === "object" && isLock(storage.value)) return storage.value;
  throw new TypeError(`the text has no variable ${path}`);
}

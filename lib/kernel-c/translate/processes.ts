/** Processes: the functions that run, on which CPU, and what they have for themselves. */
import {
  CPU,
  type Expr,
  type Process,
  type Statement,
  type Variable,
  bool,
  device,
  expr,
  forever,
  hardirq,
  send_ipi,
  softirq,
  step,
  thread,
  variable,
} from "../../machine/index.js";
import { nearest } from "../../primitives/named.js";
import { Refused, type Span } from "../errors/index.js";
import type { CFunction, Declared } from "../parse/ast.js";
import type { Run } from "../run-comments/run.js";
import { newBody } from "./body.js";
import type { Body, Frame, Owner, Shared } from "./context/context.js";
import { privateVariables, variablesIn } from "./declare/private-data.js";
import type { Value } from "./context/values.js";

/** A process with what is its own. */
interface Made {
  readonly process: Process;
  readonly owner: Owner;
}

/** Returns the processes of a file, whose functions run as it is said. */
export function processesOf(shared: Shared, runs: readonly Run[]): readonly Process[] {
  const threads = runs
    .filter(({ kind }) => kind === "thread")
    .flatMap((run) => onEach(shared, run));
  const made: Made[] = [];
  const devices: Process[] = [];
  for (const [task, run] of threads.entries()) {
    made.push(threadOf(shared, run, nameOf(run, threads), task));
  }
  for (const kind of ["hardirq", "softirq"] as const) {
    const names = new Set(runs.flatMap((run) => (run.kind === kind ? [run.function] : [])));
    for (const name of names) {
      const all = runs.filter((run) => run.kind === kind && run.function === name);
      const [first] = all;
      if (first === undefined) continue;
      const vector = variable(name, bool, { per: [CPU] });
      made.push(handlerOf(shared, kind, first, vector));
      for (const { on } of all.flatMap((run) => onEach(shared, run))) {
        const each = all.length > 1 || first.on === "all" ? ` of CPU ${String(on)}` : "";
        devices.push(device(`device of ${name}${each}`, [forever([send_ipi(vector, on)])]));
      }
    }
  }
  return [...withLocals(shared, made), ...devices];
}

type OnOne = Run & { readonly on: number };

/** A run on each CPU that it is on. */
function onEach(shared: Shared, run: Run): readonly OnOne[] {
  const { on } = run;
  if (on === "all") return Array.from({ length: shared.cpus }, (_, cpu) => ({ ...run, on: cpu }));
  return [{ ...run, on }];
}

/** The function's name, with the CPU behind it where several threads run it. */
function nameOf(run: OnOne, threads: readonly OnOne[]): string {
  const same = threads.filter((other) => other.function === run.function);
  return same.length === 1 ? run.function : `${run.function}/${String(run.on)}`;
}

function threadOf(shared: Shared, run: OnOne, name: string, task: number): Made {
  const owner: Owner = {
    name,
    dimensions: [],
    index: [],
    task,
    pinned: true,
    locals: new Map(),
    temporaries: [],
  };
  const body = entered(shared, owner, run);
  return { owner, process: thread(name, run.on, run.forever ? [forever(body)] : body) };
}

function handlerOf(shared: Shared, kind: "hardirq" | "softirq", run: Run, vector: Variable): Made {
  const owners: Owner[] = [];
  const make = (cpu: Expr): readonly Statement[] => {
    const owner: Owner = {
      name: run.function,
      dimensions: [CPU],
      index: [cpu],
      task: null,
      pinned: true,
      locals: new Map(),
      temporaries: [],
    };
    owners.push(owner);
    return entered(shared, owner, run);
  };
  const declare = kind === "hardirq" ? hardirq : softirq;
  const process = declare(run.function, vector, make);
  const [owner] = owners;
  if (owner === undefined) throw new TypeError(`${run.function}: the handler has no body`);
  return { process, owner };
}

/** The body of the function that a process runs. */
function entered(shared: Shared, owner: Owner, run: Run): readonly Statement[] {
  const { functions } = shared.unit;
  const found = functions.get(run.function);
  if (found === undefined) {
    const [near] = nearest(run.function, [...functions.keys()]);
    const hint = near === undefined ? "" : `; did you mean ${near}()?`;
    shared.faults.add(run.at, `no such function: ${run.function}()${hint}`);
    return [step("nothing")];
  }
  const body = newBody(shared, owner);
  const steps = body.collect(() => {
    body.frames.push(rootFrame(found));
    try {
      body.inline(found, argumentsOf(body, found, run), run.at);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    } finally {
      body.frames.pop();
    }
  });
  return steps.length === 0 ? [step(`${run.function}() does nothing`)] : steps;
}

function rootFrame(of: CFunction): Frame {
  const end = { label: "end", depth: 0, used: false };
  return {
    function: of,
    stack: [],
    prefix: "",
    scopes: [{ names: new Map(), atEnd: [], atJump: [] }],
    breaks: [],
    continues: [],
    end,
    labels: new Map(),
    assigned: new Map(),
    result: { type: { kind: "void" }, take: () => undefined },
  };
}

/** What is written in the line that runs it; without that, NULL and 0, as of an argument that nobody looks at. */
function argumentsOf(body: Body, of: CFunction, run: Run): readonly Value[] {
  if (run.args !== "") {
    const macro = {
      at: run.at,
      name: "arguments",
      parameters: null,
      body: run.args,
      bodyAt: run.argsAt,
    };
    const text = body.shared.macroBody(macro);
    if (text?.kind !== "expression") return [];
    const parts = text.of.kind === "comma" ? text.of.parts : [text.of];
    return parts.map((part) => body.value(part));
  }
  return of.parameters.map((parameter) => unsaid(body, parameter, run.at));
}

function unsaid(body: Body, parameter: Declared, at: Span): Value {
  const type = body.shared.declaredType(parameter);
  if (type.kind === "struct" || type.kind === "object") {
    return body.refuse(at, `${parameter.name}: a structure is passed by its address`);
  }
  return type.kind === "pointer"
    ? { kind: "null" }
    : { kind: "number", expr: expr(0), sort: "literal", key: null };
}

/** Processes that know which variables are their own: the locals of their functions, and data that they alone use. */
function withLocals(shared: Shared, made: readonly Made[]): readonly Process[] {
  const used = made.map(({ process }) => variablesIn(process.body));
  return made.map(({ process, owner }, k) => {
    const own = [
      ...owner.temporaries.map((of) => of.variable),
      ...privateVariables(shared, process, used, k),
      ...localsOf(owner),
    ];
    return { ...process, locals: own };
  });
}

function localsOf({ locals }: Owner): readonly Variable[] {
  return [...locals.values()].flatMap(variablesOfStorage);
}

type StorageOf = Owner["locals"] extends Map<string, infer S> ? S : never;

function variablesOfStorage(of: StorageOf): readonly Variable[] {
  switch (of.kind) {
    case "scalar":
      return [of.variable];
    case "struct":
      return [...of.fields.values()].flatMap(variablesOfStorage);
    case "array":
      return variablesOfStorage(of.of);
    case "object":
    case "link":
      return [];
  }
}

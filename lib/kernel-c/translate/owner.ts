/** Who runs a function: what is its own, and the body that it runs. */
import { type Expr, type Statement, type Variable, CPU, expr, step } from "../../machine/index.js";
import { nearest } from "../../primitives/named.js";
import { Refused, type Span } from "../errors/index.js";
import type { CFunction, Declared } from "../parse/ast.js";
import type { Run } from "../run-comments/run.js";
import type { Storage } from "../types/storage.js";
import { threadData } from "../vocabulary/index.js";
import { newBody } from "./body.js";
import { passedArgument } from "./call/passed.js";
import type { Body, Frame, Owner, Shared } from "./context/context.js";
import type { Value } from "./context/values.js";

/** Returns an owner that runs alone. */
export const newOwner = (name: string, task: number | null): Owner => ({
  name,
  dimensions: [],
  index: [],
  task: task === null ? null : expr(task),
  pinned: true,
  isWorker: false,
  locals: new Map(),
  temporaries: [],
  joined: [],
  fresh: namesIn(name),
});

function namesIn(owner: string): Owner["fresh"] {
  let count = 0;
  return (what) => `${owner}.${what}${String(count++)}`;
}

/** Returns an owner that runs on each CPU. */
export const onEachCpu = (name: string, cpu: Expr): Owner => ({
  ...newOwner(name, null),
  dimensions: [CPU],
  index: [cpu],
});

/** Returns the body of the function that a line of the file says to run. */
export function runBody(shared: Shared, owner: Owner, run: Run): readonly Statement[] {
  const { functions } = shared.unit;
  const found = functions.get(run.function);
  if (found !== undefined) {
    return bodyOf(shared, owner, found, run.at, (body) => argumentsOf(body, found, run));
  }
  const [near] = nearest(run.function, [...functions.keys()]);
  const hint = near === undefined ? "" : `; did you mean ${near}()?`;
  shared.faults.add(run.at, `no such function: ${run.function}()${hint}`);
  return [step("nothing")];
}

/**
 * Returns the body of a function, with what it is given.
 *
 * @param then what is done with the number that it returns
 */
export function bodyOf(
  shared: Shared,
  owner: Owner,
  of: CFunction,
  at: Span,
  args: (body: Body) => readonly Value[],
  then: (returned: Expr) => readonly Statement[] = () => [],
): readonly Statement[] {
  const body = newBody(shared, owner);
  const steps = body.collect(() => {
    body.frames.push(rootFrame(of));
    try {
      const returned = body.inline(of, args(body), at);
      if (returned.kind === "number") body.emit(at, ...then(returned.expr));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    } finally {
      body.frames.pop();
    }
  });
  return steps.length === 0 ? [step(`${of.name}() does nothing`)] : steps;
}

/** Returns what a function of one expression is worth, as it is in the step that asks. */
export function valueIn(
  shared: Shared,
  owner: Owner,
  of: CFunction,
  at: Span,
  args: readonly Value[],
): Value {
  const body = newBody(shared, owner);
  body.frames.push(rootFrame(of));
  const asked = { at, text: `${of.name}()`, kind: "string" } as const;
  try {
    return body.instant(asked, () => body.inline(of, args, at));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { kind: "void" };
  } finally {
    body.frames.pop();
  }
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

/**
 * Returns what is written in the line that runs it, or what `kthread_run()` hands over; without that, NULL and 0, as of
 * an argument that nobody looks at.
 */
function argumentsOf(body: Body, of: CFunction, run: Run): readonly Value[] {
  if (run.args !== "") {
    const macro = {
      at: run.at,
      name: "arguments",
      parameters: null,
      isVariadic: false,
      body: run.args,
      bodyAt: run.argsAt,
    };
    const text = body.shared.macroBody(macro);
    if (text?.kind !== "expression") return [];
    const parts = text.of.kind === "comma" ? text.of.parts : [text.of];
    return parts.map((part) => body.value(part));
  }
  const data = threadData(body.shared.world, run.function);
  return of.parameters.map((parameter, k) =>
    k === 0 && data !== null ? passedArgument(body.shared, data) : unsaid(body, parameter, run.at),
  );
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

/** Returns the variables of the functions that somebody runs. */
export function localsOf({ locals }: Owner): readonly Variable[] {
  return [...locals.values()].flatMap(variablesOfStorage);
}

function variablesOfStorage(of: Storage): readonly Variable[] {
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

/** Calls of functions of the text: their bodies stand where they are called. */
import { type Element, type Statement, fn, set } from "../../../machine/index.js";
import type { Span } from "../../errors/index.js";
import type { CFunction } from "../../parse/ast.js";
import { type CType, isChosen } from "../../types/ctype.js";
import type { Binding, Body, Frame, JumpTarget, Result } from "../context/context.js";
import { chosen, chosenNumber } from "../expression/place/choices.js";
import { isHandle } from "../expression/handles.js";
import { rangeOf } from "../expression/value/range.js";
import { fitting, learnCpu, structPointed } from "../expression/place/memory.js";
import { type Value, held, truthOf, truthValue } from "../context/values.js";

/** Returns what a call of a function is worth; its steps are those of its body. */
export function inline(body: Body, of: CFunction, args: readonly Value[], at: Span): Value {
  const stack = body.frames[body.frames.length - 1]?.stack ?? [];
  if (stack.includes(of.name)) {
    const way = [...stack.slice(stack.indexOf(of.name)), of.name].join("() > ");
    return body.refuse(at, `${way}() calls itself: calls are inlined, so write a loop`);
  }
  if (args.length !== of.parameters.length) {
    const wanted = of.parameters.map(({ name }) => name).join(", ");
    return body.refuse(
      at,
      `${of.name}(${wanted}) takes ${count(of.parameters.length)}, and ${count(args.length)} ${args.length === 1 ? "is" : "are"} given`,
    );
  }
  body.shared.reached.add(of.name);
  const prefix = body.fresh(of.name);
  const { assigned, labels, isOneReturn } = body.shared.outlines.of(of);
  const type = body.shared.typeOf(of.returns, of.returnsPointer ? 1 : 0);
  const result = resultOf(body, of, type, isOneReturn);
  const end: JumpTarget = { label: `${prefix}.end`, depth: 0, used: false };
  const frame: Frame = {
    function: of,
    stack: [...stack, of.name],
    prefix,
    scopes: [{ names: new Map(), atEnd: [], atJump: [] }],
    breaks: [],
    continues: [],
    end,
    labels: targets(labels, prefix),
    assigned,
    result,
  };
  const entered: Statement[] = [];
  for (const [k, parameter] of of.parameters.entries()) {
    const value = args[k];
    if (value === undefined) continue;
    const named = body.collect(() => {
      const binding = bind(body, frame, parameter, value, at);
      frame.scopes[0]?.names.set(parameter.name, binding);
    });
    entered.push(...named);
  }
  const inner = body.collect(() => {
    body.frames.push(frame);
    try {
      body.statements(of.body);
      body.emit(of.at, ...[...(frame.scopes[0]?.atEnd ?? [])].reverse());
      if (end.used) body.emit(of.at, { kind: "label", name: end.label });
    } finally {
      body.frames.pop();
    }
  });
  const steps = [...entered, ...inner];
  if (steps.length > 0) body.nest(fn(of.name, steps));
  return result.value();
}

const count = (n: number): string => `${String(n)} argument${n === 1 ? "" : "s"}`;

function targets(labels: ReadonlyMap<string, number>, prefix: string): Map<string, JumpTarget> {
  return new Map(
    [...labels].map(([name, depth]) => [name, { label: `${prefix}.${name}`, depth, used: false }]),
  );
}

/** A parameter stands for its argument, unless the function assigns it. */
function bind(
  body: Body,
  frame: Frame,
  parameter: CFunction["parameters"][number],
  value: Value,
  at: Span,
): Binding {
  const type = body.shared.declaredType(parameter);
  const assigned = (frame.assigned.get(parameter.name) ?? 0) > 0;
  const isPointer = type.kind === "pointer" || type.kind === "code" || isHandle(body.shared, type);
  if (!assigned && (isPointer || body.inOneStep() || body.isStable(value))) {
    return { kind: "alias", value: body.frozen(value, at), type };
  }
  const key = `${frame.function.name}.${parameter.name}`;
  if (!assigned && value.kind === "number" && type.kind === "int") {
    body.shared.learned.range(key, rangeOf(value.expr));
    // Before it is declared: what is passed on is then known in this round.
    if (value.sort === "cpu") body.shared.learned.cpus.add(key);
  }
  const storage = body.shared.declareLocal(parameter, body.owner, key);
  const place = { storage, index: body.owner.index, text: parameter.name, inside: null };
  body.store(place, value, at, `${parameter.name} = ...`);
  return { kind: "place", place };
}

/** Where a function leaves its value: nowhere, if there is one `return`, at its end. */
function resultOf(
  body: Body,
  of: CFunction,
  type: CType,
  isOneReturn: boolean,
): Result & { readonly value: () => Value } {
  if (type.kind === "void") {
    return { type, take: () => undefined, value: () => ({ kind: "void" }) };
  }
  let alone: Value = { kind: "void" };
  if (isOneReturn) {
    return {
      type,
      take: (value, at) => {
        alone = body.frozen(typed(body, type, value), at);
      },
      value: () => alone,
    };
  }
  const key = `${of.name}()`;
  const make = (): Element => body.temporary(body.shared.domainOf(type, key, null));
  let element: Element | null = null;
  return {
    type,
    take: (value, at, text) => {
      if (type.kind === "int" && value.kind === "number") {
        body.shared.learned.range(key, rangeOf(value.expr));
      }
      element ??= make();
      learnCpu(body, value, element, key);
      if (isChosen(type)) body.shared.learned.assignedPointers.add(key);
      const kept = isChosen(type)
        ? chosenNumber(body, key, value, at)
        : fitting(body, value, element, at);
      body.emit(at, set(element, kept, `return ${text}`));
    },
    value: () => {
      if (element === null) return { kind: "void" };
      return isChosen(type) ? chosen(body, key, element) : held(element, key, structPointed(type));
    },
  };
}

/** Returns a value as its function's type has it: of `bool`, whether it is other than 0. */
function typed(body: Body, type: CType, value: Value): Value {
  if (type.kind !== "bool" || value.kind !== "number") return value;
  const truth = truthOf(value, body.shared.cpus);
  return truth === null ? value : truthValue(truth);
}

/** Statements: each becomes steps of the machine, or nothing where it only works on local variables. */
import { type Expr, type Statement, either, eq, not, step } from "../../../machine/index.js";
import type { Span } from "../../errors/index.js";
import { Refused } from "../../errors/index.js";
import type { CStatement, Declared, Expression } from "../../parse/ast.js";
import { type Body, type JumpTarget, type Scope, frameOf } from "../context/context.js";
import type { CType } from "../../types/ctype.js";
import { isHandle, setHandle } from "../expression/handles.js";
import { number } from "../expression/number.js";
import { rangeOf } from "../expression/range.js";
import { learnCounter, localKey } from "./counters.js";
import type { Value } from "../context/values.js";

/** Translates statements one after the other; one that is refused hides no other. */
export function statements(body: Body, all: readonly CStatement[]): void {
  for (const one of all) {
    try {
      statement(body, one);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
  }
}

function statement(body: Body, of: CStatement): void {
  switch (of.kind) {
    case "empty":
    case "case":
      return;
    case "block":
      scoped(body, of.at, () => {
        body.statements(of.body);
      });
      return;
    case "expression":
      body.value(of.of);
      return;
    case "declare":
      for (const declared of of.declared) declareOr(body, declared);
      return;
    case "if":
      branch(
        body,
        of.test,
        () => {
          statements(body, [of.then]);
        },
        () => {
          if (of.else !== null) statements(body, [of.else]);
        },
      );
      return;
    case "while":
      loop(body, of.at, of.body, { before: of.test, after: null, next: null });
      return;
    case "do":
      loop(body, of.at, of.body, { before: null, after: of.test, next: null });
      return;
    case "for":
      scoped(body, of.at, () => {
        learnCounter(body, of);
        statements(body, of.first);
        loop(body, of.at, of.body, { before: of.test, after: null, next: of.next });
      });
      return;
    case "switch":
      choose(body, of);
      return;
    case "loop":
      body.loop(of);
      return;
    case "break":
    case "continue": {
      const frame = frameOf(body);
      const targets = of.kind === "break" ? frame.breaks : frame.continues;
      const target = targets[targets.length - 1];
      if (target === undefined) return body.refuse(of.at, `${of.kind} outside of a loop`);
      body.jump(target, of.at);
      return;
    }
    case "goto": {
      const target = frameOf(body).labels.get(of.name);
      if (target === undefined) {
        return body.refuse(of.nameAt, `no such label: ${of.name}`);
      }
      body.jump(target, of.at);
      return;
    }
    case "label": {
      const target = frameOf(body).labels.get(of.name);
      if (target !== undefined) body.emit(of.at, { kind: "label", name: target.label });
      return;
    }
    case "return":
      returns(body, of.value, of.at);
  }
}

/** Does something in a block of its own, and at its end what that asked for. */
export function scoped(body: Body, at: Span, run: () => void): void {
  const { scopes } = frameOf(body);
  const scope: Scope = { names: new Map(), atEnd: [], atJump: [] };
  scopes.push(scope);
  try {
    run();
    body.emit(at, ...[...scope.atEnd].reverse());
  } finally {
    scopes.pop();
  }
}

/** Goes on with one of two, by a condition. */
export function branch(
  body: Body,
  test: Expression,
  then: () => void,
  otherwise: () => void,
): void {
  const holds = body.truth(test);
  if (holds.op === "const") {
    if (holds.value !== 0) then();
    else otherwise();
    return;
  }
  const one = body.collect(then);
  const other = body.collect(otherwise);
  if (one.length > 0 || other.length > 0) body.emit(test.at, onTest(holds, test.text, one, other));
}

/** A branch whose steps are named by the text of its condition. */
export const onTest = (
  test: Expr,
  text: string,
  then: readonly Statement[],
  otherwise: readonly Statement[],
): Statement =>
  either(
    [step(text, { when: test }), ...then],
    [step(`!(${text})`, { when: not(test) }), ...otherwise],
  );

interface LoopParts {
  readonly before: Expression | null;
  readonly after: Expression | null;
  readonly next: Expression | null;
}

function loop(body: Body, at: Span, inner: CStatement, { before, after, next }: LoopParts): void {
  const frame = frameOf(body);
  const depth = frame.scopes.length;
  const out: JumpTarget = { label: body.fresh("break"), depth, used: false };
  const again: JumpTarget = { label: body.fresh("continue"), depth, used: false };
  const leaveUnless = (test: Expression): void => {
    const holds = body.truth(test);
    if (holds.op === "const" && holds.value !== 0) return;
    body.emit(test.at, onTest(holds, test.text, [], [{ kind: "break" }]));
  };
  frame.breaks.push(out);
  frame.continues.push(again);
  const round = body.collect(() => {
    if (before !== null)
      refusedAlone(() => {
        leaveUnless(before);
      });
    statements(body, [inner]);
    if (again.used) body.emit(at, { kind: "label", name: again.label });
    if (after !== null)
      refusedAlone(() => {
        leaveUnless(after);
      });
    if (next !== null)
      refusedAlone(() => {
        body.value(next);
      });
  });
  frame.breaks.pop();
  frame.continues.pop();
  const steps = round.length === 0 ? [step("loop")] : round;
  body.emit(at, { kind: "while", test: null, body: steps });
  if (out.used) body.emit(at, { kind: "label", name: out.label });
}

/** What is refused in one part of a loop hides nothing of the others. */
function refusedAlone(run: () => void): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  }
}

function choose(body: Body, of: CStatement & { readonly kind: "switch" }): void {
  const frame = frameOf(body);
  const value = body.frozen(body.value(of.of), of.of.at);
  const tested = number(body, value, of.of.at);
  const out: JumpTarget = { label: body.fresh("break"), depth: frame.scopes.length, used: false };
  const arms = of.body.map((one): JumpTarget | null =>
    one.kind === "case"
      ? { label: body.fresh("case"), depth: frame.scopes.length, used: false }
      : null,
  );
  for (const [at, one] of of.body.entries()) {
    const target = arms[at];
    if (one.kind !== "case" || one.value === null || target == null) continue;
    const label = body.shared.constant(one.value);
    if (label === null) {
      body.shared.faults.add(one.value.at, `${one.value.text} is no constant`);
      continue;
    }
    const isIt = eq(tested, label);
    body.emit(one.at, onTest(isIt, `case ${one.value.text}`, goTo(target), []));
  }
  const otherwise = of.body.findIndex((one) => one.kind === "case" && one.value === null);
  const rest = arms[otherwise] ?? out;
  rest.used = true;
  frame.breaks.push(out);
  const inside = body.collect(() => {
    for (const [at, one] of of.body.entries()) {
      const target = arms[at];
      if (target != null) body.emit(one.at, { kind: "label", name: target.label });
      else statements(body, [one]);
    }
  });
  frame.breaks.pop();
  body.emit(of.at, ...goTo(rest), ...inside);
  out.used = true;
  body.emit(of.at, { kind: "label", name: out.label });
}

function goTo(target: JumpTarget): readonly Statement[] {
  target.used = true;
  return [{ kind: "goto", name: target.label }];
}

function returns(body: Body, value: Expression | null, at: Span): void {
  const frame = frameOf(body);
  const { result } = frame;
  const isVoid = result.type.kind === "void";
  if (value !== null && !isVoid) {
    const given = body.value(value);
    result.take(given, at, value.text);
  } else if (value !== null) {
    body.value(value);
  } else if (!isVoid) {
    body.refuse(at, `${frame.function.name}() returns a value: it is missing here`);
  }
  body.jump(frame.end, at);
}

/** Declares a variable; where that is refused, what uses it is not refused once more. */
function declareOr(body: Body, declared: Declared): void {
  try {
    declare(body, declared);
  } catch (error) {
    const { scopes } = frameOf(body);
    const names = scopes[scopes.length - 1]?.names;
    if (names?.has(declared.name) !== true) names?.set(declared.name, { kind: "refused" });
    throw error;
  }
}

/** Declares a variable of the block, and gives it its first value. */
function declare(body: Body, declared: Declared): void {
  const frame = frameOf(body);
  const scope = frame.scopes[frame.scopes.length - 1];
  if (scope === undefined) return;
  const { name, init } = declared;
  const type = body.shared.declaredType(declared);
  if (isHandle(body.shared, type) && declared.sizes.length === 0) {
    declareHandle(body, scope, declared, type);
    return;
  }
  const later = frame.assigned.get(name) ?? 0;
  const once = later + (init === null ? 0 : 1) <= 1 && !declared.isStatic;
  if (once && declared.sizes.length === 0) {
    const isPointer = type.kind === "pointer" || type.kind === "code";
    if (isPointer || (init !== null && later === 0)) {
      const value = init?.kind === "value" ? body.value(init.value) : null;
      if (isPointer) {
        const kept = value === null ? null : body.frozen(pointerTyped(value), declared.at);
        scope.names.set(name, { kind: "alias", value: kept, type });
        return;
      }
      if (value !== null && body.isStable(value)) {
        scope.names.set(name, { kind: "alias", value, type });
        return;
      }
      if (value !== null) {
        if (value.kind === "number" && type.kind === "int") {
          body.shared.learned.range(localKey(frame, name), rangeOf(value.expr));
        }
        const place = body.declare(declared);
        scope.names.set(name, { kind: "place", place });
        body.store(
          place,
          value,
          declared.at,
          `${name} = ${init?.kind === "value" ? init.value.text : ""}`,
        );
        return;
      }
    }
  }
  const place = body.declare(declared);
  if (init === null || declared.isStatic) {
    scope.names.set(name, { kind: "place", place });
    return;
  }
  if (init.kind === "list") {
    scope.names.set(name, { kind: "place", place });
    body.fill(place, init);
    return;
  }
  const value = body.value(init.value);
  scope.names.set(name, { kind: "place", place });
  body.store(place, value, declared.at, `${name} = ${init.value.text}`);
}

/** A handle of the block stands for another, or is one itself that a call returns. */
function declareHandle(body: Body, scope: Scope, declared: Declared, type: CType): void {
  const { name, init } = declared;
  if (init?.kind === "value" && init.value.kind !== "call") {
    const value = body.value(init.value);
    scope.names.set(name, { kind: "alias", value, type });
    return;
  }
  const place = body.declare(declared);
  scope.names.set(name, { kind: "place", place });
  if (init?.kind === "value") setHandle(body, place, init.value);
}

const pointerTyped = (value: Value): Value =>
  value.kind === "number" && value.expr.op === "const" && value.expr.value === 0
    ? { kind: "null" }
    : value;

/** Statements as a reader sees them: calls of primitives, assignments, conditions, loops; not the steps inside. */
import type { Element, Expr, Statement, Step } from "../../machine/index.js";
import { stepsIn } from "./as-c/inside.js";

/** One thing that a reader writes. */
export type Shape =
  /** A primitive by its call, with what is done after either outcome where it has two. */
  | {
      readonly kind: "call";
      readonly text: string;
      readonly line: number | null;
      readonly arms: readonly (readonly Shape[])[];
    }
  | {
      readonly kind: "set";
      readonly to: Element;
      readonly value: Expr;
      readonly line: number | null;
    }
  | {
      readonly kind: "if";
      readonly test: Expr;
      readonly then: readonly Shape[];
      readonly otherwise: readonly Shape[];
      readonly line: number | null;
    }
  /** As long as something holds; forever, where that is null. */
  | {
      readonly kind: "loop";
      readonly test: Expr | null;
      readonly body: readonly Shape[];
      readonly line: number | null;
    }
  | { readonly kind: "function"; readonly name: string; readonly body: readonly Shape[] }
  | { readonly kind: "jump"; readonly by: "break" | "continue" | "return" }
  | { readonly kind: "goto" | "label"; readonly name: string }
  | { readonly kind: "either"; readonly arms: readonly (readonly Shape[])[] }
  | { readonly kind: "step"; readonly step: Step };

/** Returns whether a name is that of a function of the text, and no primitive. */
export type IsFunction = (name: string) => boolean;

/** Returns what statements are to a reader. */
export function shapesOf(body: readonly Statement[], isFunction: IsFunction): readonly Shape[] {
  const shapes = body.flatMap((one) => shapeOf(one, isFunction));
  // A way to the end that goes nowhere else is none.
  return shapes.filter((one, k) => {
    const next = shapes[k + 1];
    if (one.kind === "goto") return !(next?.kind === "label" && next.name === one.name);
    return one.kind !== "label" || isAimedAt(one.name, shapes, k);
  });
}

function isAimedAt(label: string, shapes: readonly Shape[], own: number): boolean {
  const aims = (one: Shape): boolean => {
    switch (one.kind) {
      case "goto":
        return one.name === label;
      case "call":
      case "either":
        return one.arms.flat().some(aims);
      case "if":
        return [...one.then, ...one.otherwise].some(aims);
      case "loop":
      case "function":
        return one.body.some(aims);
      case "set":
      case "jump":
      case "label":
      case "step":
        return false;
    }
  };
  return shapes.some((one, k) => (k === own - 1 && one.kind === "goto" ? false : aims(one)));
}

function shapeOf(of: Statement, isFunction: IsFunction): readonly Shape[] {
  const inner = (body: readonly Statement[]) => shapesOf(body, isFunction);
  switch (of.kind) {
    case "step":
      return [stepShape(of)];
    case "choose":
      return [stepShape(of.step)];
    case "call": {
      if (isFunction(of.name)) return [{ kind: "function", name: of.name, body: inner(of.body) }];
      const step = firstStep(of.body);
      if (step === null) return inner(of.body);
      const { label, at } = step;
      const text = label.startsWith(`${of.name}(`) ? label : `${of.name}()`;
      const line = at?.line ?? null;
      const given = line === null ? [] : givenTo(of.body, line);
      const arms = given.length === 0 ? [] : [inner(given)];
      return [{ kind: "call", text: outcomeless(text), line, arms }];
    }
    case "section":
      return inner(of.body);
    case "annotate":
      return [];
    case "if": {
      const line = firstStep([...of.then, ...of.else])?.at?.line ?? null;
      return [ifShape(of.test, inner(of.then), inner(of.else), line)];
    }
    case "either":
      return eitherShape(of.arms, inner);
    case "while": {
      const body = inner(of.body);
      if (of.test === null) return [loopShape(body)];
      return [{ kind: "loop", test: of.test, line: firstStep(of.body)?.at?.line ?? null, body }];
    }
    case "until": {
      const exits = of.exits.map(({ test, then }): Shape => {
        const line = firstStep(of.body)?.at?.line ?? null;
        return ifShape(test, [...inner(then), { kind: "jump", by: "break" }], [], line);
      });
      return [loopShape([...exits, ...inner(of.body)])];
    }
    case "break":
    case "continue":
    case "return":
      return [{ kind: "jump", by: of.kind }];
    case "goto":
    case "label":
      return [{ kind: of.kind, name: of.name }];
  }
}

const not = (of: Expr): Expr => (of.op === "not" ? of.of : { op: "not", of });

function ifShape(
  test: Expr,
  then: readonly Shape[],
  otherwise: readonly Shape[],
  line: number | null,
): Shape {
  if (then.length > 0) return { kind: "if", test, then, otherwise, line };
  return { kind: "if", test: not(test), then: otherwise, otherwise: [], line };
}

/** A loop that begins with its way out has a condition. */
function loopShape(body: readonly Shape[]): Shape {
  const [first, ...rest] = body;
  const [only, ...more] = first?.kind === "if" ? first.then : [];
  const isWayOut = only?.kind === "jump" && only.by === "break" && more.length === 0;
  if (first?.kind === "if" && isWayOut && first.otherwise.length === 0) {
    return { kind: "loop", test: not(first.test), body: rest, line: first.line };
  }
  return { kind: "loop", test: null, body, line: null };
}

const isCall = (label: string): boolean => /^\w+\(.*\)$/.test(label);

/** A call's text without what came of it: `mutex_trylock(m) = 0`. */
const outcomeless = (label: string): string =>
  label.replace(/(?: (?:= -?\w+|fails)|: might_sleep\(\))$/, "");

function stepShape(step: Step): Shape {
  const line = step.at?.line ?? null;
  const [only, ...more] = step.effects;
  const isSet = only?.kind === "assign" && more.length === 0 && step.facts.length === 0;
  const isPlain = step.guard.op === "const";
  if (isSet && isPlain && !isCall(step.label)) {
    return { kind: "set", to: only.to, value: only.value, line };
  }
  const text = outcomeless(step.label);
  if (isCall(text)) return { kind: "call", text, line, arms: [] };
  if (isSet && isPlain) return { kind: "set", to: only.to, value: only.value, line };
  return { kind: "step", step };
}

function eitherShape(
  arms: readonly (readonly Statement[])[],
  inner: (body: readonly Statement[]) => readonly Shape[],
): readonly Shape[] {
  const [one, other, ...more] = arms;
  const first = one === undefined ? null : firstStep(one.slice(0, 1));
  const second = other === undefined ? null : firstStep(other.slice(0, 1));
  if (first !== null && one !== undefined && more.length === 0) {
    const line = first.at?.line ?? null;
    const call = outcomeless(first.label);
    // Two outcomes of one call, each with what is done after it.
    if (second !== null && outcomeless(second.label) === call && isCall(call)) {
      const same = (of: Shape): boolean => of.kind === "call" && of.text === call;
      const rest = [one, other ?? []].map((arm) => inner(arm.slice(1)).filter((of) => !same(of)));
      const arms = rest.every(({ length }) => length === 0) ? [] : rest;
      return [{ kind: "call", text: call, line, arms }];
    }
    const tests =
      one[0]?.kind === "step" &&
      other?.[0]?.kind === "step" &&
      other[0].guard.op === "not" &&
      other[0].guard.of === first.guard;
    if (tests) {
      const [then = [], otherwise = []] = [one, other].map((arm) => inner(arm.slice(1)));
      return [ifShape(first.guard, then, otherwise, line)];
    }
    if (other === undefined) return inner(one);
  }
  return [{ kind: "either", arms: arms.map(inner) }];
}

/** The first step of statements, wherever it stands; null if there is none. */
function firstStep(body: readonly Statement[]): Step | null {
  for (const one of body) {
    const found = stepIn(one);
    if (found !== null) return found;
  }
  return null;
}

function stepIn(of: Statement): Step | null {
  switch (of.kind) {
    case "step":
      return of;
    case "choose":
      return of.step;
    case "call":
    case "section":
    case "while":
    case "until":
      return firstStep(of.body);
    case "if":
      return firstStep([...of.then, ...of.else]);
    case "either":
      return firstStep(of.arms.flat());
    case "annotate":
    case "break":
    case "continue":
    case "return":
    case "label":
    case "goto":
      return null;
  }
}

/** Returns what stands between the braces of a macro that is a loop: steps of other lines than its own. */
function givenTo(body: readonly Statement[], line: number): readonly Statement[] {
  return body.flatMap((one): readonly Statement[] => {
    const lines = linesIn([one]);
    if (!lines.some((of) => of !== line)) return [];
    if (!lines.includes(line)) return [one];
    switch (one.kind) {
      case "either":
        return givenTo(one.arms.flat(), line);
      case "while":
      case "until":
      case "section":
        return givenTo(one.body, line);
      default:
        return [one];
    }
  });
}

/** The lines of all steps. */
const linesIn = (body: readonly Statement[]): readonly number[] =>
  stepsIn(body).flatMap(({ at }) => (at === null ? [] : [at.line]));

/** Statements as the TypeScript that makes them, line by line, each with the line of C that it stands for. */
import type { Effect, Element, Expr, Step } from "../../machine/index.js";
import { nameOf, plainCall } from "./names.js";
import type { Shape } from "./shape.js";

/** A line of TypeScript. */
export interface PrintedLine {
  /** The line of the text that it comes from; null of what stands around others. */
  readonly line: number | null;
  /** How many blocks it stands in. */
  readonly depth: number;
  readonly text: string;
}

/** Returns what is written for some statements. */
export function typescriptOf(shapes: readonly Shape[], depth = 0): readonly PrintedLine[] {
  return shapes.flatMap((one) => printed(one, depth));
}

function printed(of: Shape, depth: number): readonly PrintedLine[] {
  const one = (text: string, line: number | null = null): PrintedLine => ({ line, depth, text });
  const inside = (body: readonly Shape[]) => typescriptOf(body, depth + 1);
  switch (of.kind) {
    case "set":
      return [one(`set(${place(of.to)}, ${storedIn(of.to, of.value)}),`, of.line)];
    case "call":
      return blocks(one, plainCall(of.text).slice(0, -1), of.arms, of.line, inside);
    case "if": {
      const arms = of.otherwise.length === 0 ? [of.then] : [of.then, of.otherwise];
      return blocks(one, `if_(${written(of.test)}`, arms, of.line, inside);
    }
    case "loop":
      return of.test === null
        ? [one("forever(["), ...inside(of.body), one("]),")]
        : blocks(one, `while_(${written(of.test)}`, [of.body], of.line, inside);
    case "function":
      return [one(`fn("${of.name}", [`), ...inside(of.body), one("]),")];
    case "jump":
      return [one(`${of.by}_(),`)];
    case "goto":
      return [one(`goto_("${short(of.name)}"),`)];
    case "label":
      return [one(`label("${short(of.name)}"),`)];
    case "either":
      return blocks(one, "either(", of.arms, null, inside);
    case "step":
      return [one(`${stepText(of.step)},`, of.step.at?.line ?? null)];
  }
}

/** A label without the functions that it stands in. */
const short = (label: string): string => label.replace(/^.*\./, "");

/** Returns a call with bodies: `if_(test, [ ... ], [ ... ])`. */
function blocks(
  one: (text: string, line?: number | null) => PrintedLine,
  head: string,
  arms: readonly (readonly Shape[])[],
  line: number | null,
  inside: (body: readonly Shape[]) => readonly PrintedLine[],
): readonly PrintedLine[] {
  const [first, ...others] = arms;
  if (first === undefined) return [one(`${head}),`, line)];
  const open = head.endsWith("(") ? `${head}[` : `${head}, [`;
  return [
    one(open, line),
    ...inside(first),
    ...others.flatMap((arm) => [one("], ["), ...inside(arm)]),
    one("]),"),
  ];
}

function stepText({ label, guard, effects }: Step): string {
  const when = guard.op === "const" ? [] : [`when: ${written(guard)}`];
  const then = effects.length === 0 ? [] : [`then: [${effects.map(effectText).join(", ")}]`];
  const options = [...when, ...then];
  return options.length === 0
    ? `step(${JSON.stringify(label)})`
    : `step(${JSON.stringify(label)}, { ${options.join(", ")} })`;
}

function effectText(of: Effect): string {
  switch (of.kind) {
    case "assign":
      return `assign(${place(of.to)}, ${storedIn(of.to, of.value)})`;
    case "if": {
      const [then, otherwise] = [of.then, of.else].map((all) => all.map(effectText).join(", "));
      const rest = of.else.length === 0 ? "" : `, [${otherwise ?? ""}]`;
      return `when(${written(of.test)}, [${then ?? ""}]${rest})`;
    }
    case "each":
      return `each(${of.set.name}, (${of.name}) => [${of.body.map(effectText).join(", ")}])`;
    case "check":
      return `check(${written(of.test)}, ${JSON.stringify(of.message)})`;
  }
}

const place = (of: Expr & { readonly op: "read" }): string => {
  const name = nameOf(of.variable);
  return of.index.length === 0 ? name : `at(${[name, ...of.index.map(written)].join(", ")})`;
};

/** A value as it is written where it is stored: `true`, and not 1, in a bool. */
const storedIn = (to: Element, value: Expr): string =>
  to.variable.domain.kind === "bool" && value.op === "const"
    ? String(value.value !== 0)
    : written(value);

const operators: Readonly<Record<string, string>> = {
  "+": "add",
  "-": "sub",
  "*": "mul",
  "/": "div",
  "%": "mod",
  "==": "eq",
  "!=": "ne",
  "<": "lt",
  "<=": "le",
  "&": "bit_and",
  "|": "bit_or",
  "^": "bit_xor",
  "<<": "shift_left",
  ">>": "shift_right",
};

/** Returns an expression as it is written. */
function written(of: Expr): string {
  switch (of.op) {
    case "const":
      return of.value === -1 ? "NONE" : String(of.value);
    case "read":
      return place(of);
    case "not":
      return `not(${written(of.of)})`;
    case "binary":
      return `${operators[of.by] ?? of.by}(${written(of.left)}, ${written(of.right)})`;
    case "if":
      return `cond(${[of.test, of.then, of.else].map(written).join(", ")})`;
    case "bound":
      return of.name.replace(/^this /, "");
    case "some":
    case "every":
    case "count":
      return `${of.op}(${of.set.name}, (${of.name}) => ${written(of.body)})`;
    case "cpu":
    case "home":
      return "smp_processor_id()";
    case "self":
      return "current()";
    case "process":
      return `processOf("${of.name}")`;
    case "inside":
      return `inside("${of.section}")`;
    case "ended":
      return `ended("${of.process}")`;
  }
}

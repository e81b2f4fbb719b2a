/**
 * Expressions over the state, as data: evaluated by the readable step, compiled for the explorer,
 * and written out as Promela, always from the one tree.
 */
import { type IdSet, expectSet } from "./id-set.js";
import { shown } from "../../primitives/shown.js";
import { notANumber } from "./not-a-number.js";
import type { Variable } from "./variable.js";

export type BinaryOp = "==" | "!=" | "<" | "<=" | "and" | "or" | Arithmetic;

/** What gives a number of two: in 32 bits with a sign, as in C; a quotient is cut off towards zero. */
export type Arithmetic = "+" | "-" | "*" | "/" | "%" | "&" | "|" | "^" | "<<" | ">>";

export type Expr =
  | { readonly op: "const"; readonly value: number }
  | { readonly op: "read"; readonly variable: Variable; readonly index: readonly Expr[] }
  | { readonly op: "not"; readonly of: Expr }
  | { readonly op: "binary"; readonly by: BinaryOp; readonly left: Expr; readonly right: Expr }
  | { readonly op: "if"; readonly test: Expr; readonly then: Expr; readonly else: Expr }
  /** The id that this process, choice or quantifier is about; bound by name. */
  | { readonly op: "bound"; readonly name: string; readonly set: IdSet | null }
  | {
      readonly op: "some" | "every" | "count";
      readonly set: IdSet;
      readonly name: string;
      readonly body: Expr;
    }
  /** `smp_processor_id()`: the CPU on which the process runs. */
  | { readonly op: "cpu" }
  /** The CPU of a thread that was given none: nobody else runs there. */
  | { readonly op: "home" }
  /** The process itself, as the owner of a mutex. */
  | { readonly op: "self" }
  /** A process by the name of its thread. */
  | { readonly op: "process"; readonly name: string }
  /** How many processes are inside a named section. */
  | { readonly op: "inside"; readonly section: string }
  /** Whether the processes of that name have come to their ends. */
  | { readonly op: "ended"; readonly process: string };

/** An element of an array variable, or a scalar one: what can be read and assigned. */
export type Element = Extract<Expr, { readonly op: "read" }>;

/** Whatever may stand where a value is wanted. */
export type Operand = Expr | Variable | number | boolean;

/**
 * Returns the expression that an operand stands for.
 *
 * @throws TypeError if it stands for none: it is undefined, or not a whole number
 */
export function expr(operand: Operand): Expr {
  return operandOf(null, operand);
}

/** Returns the expression of an operand of a call, which errors name, as in `eq()`. */
export function operandOf(call: string | null, operand: Operand): Expr {
  const given: unknown = operand;
  if (typeof given === "number" ? !Number.isInteger(given) : !isOperand(given)) {
    const wanted = "a whole number, a truth value, a variable or an expression";
    const where = call === null ? "" : `${call}: `;
    throw new TypeError(`${where}${shown(given)} is no value; ${wanted} is wanted`);
  }
  if (typeof operand === "number") return { op: "const", value: operand };
  if (typeof operand === "boolean") return { op: "const", value: operand ? 1 : 0 };
  if ("domain" in operand) return at(operand);
  return operand;
}

function isOperand(given: unknown): boolean {
  if (typeof given === "boolean") return true;
  return typeof given === "object" && given !== null && ("op" in given || "domain" in given);
}

/**
 * Returns the element of an array variable at an index; with no index, a scalar.
 *
 * @throws TypeError if that is no variable
 * @example
 * const curr = variable("curr", int(0, 3), { per: [CPU] });
 * const this_cpu_curr = at(curr, smp_processor_id());
 */
export function at(variable: Variable, ...index: readonly Operand[]): Element {
  const given: unknown = variable;
  if (typeof given !== "object" || given === null || !("domain" in given)) {
    throw new TypeError(`at(): ${shown(given)} is not a variable; variable("name", ...) makes one`);
  }
  return notANumber({ op: "read", variable, index: index.map(expr) }, variable.name);
}

const binary =
  (call: string, by: BinaryOp) =>
  (left: Operand, right: Operand): Expr =>
    notANumber(
      { op: "binary", by, left: operandOf(call, left), right: operandOf(call, right) },
      "a condition or a sum",
    );

const dividing =
  (call: string, by: "/" | "%") =>
  (left: Operand, right: Operand): Expr => {
    if (right !== 0) return binary(call, by)(left, right);
    throw new TypeError(`${call}: a division by 0, whatever happens`);
  };

/** Returns whether two values are equal; ids may only be compared this way. */
export const eq = binary("eq()", "==");
/** Returns whether two values differ. */
export const ne = binary("ne()", "!=");
/** Returns whether an integer is less than another. */
export const lt = binary("lt()", "<");
/** Returns whether an integer is at most another. */
export const le = binary("le()", "<=");
/** Returns the sum of two integers. */
export const add = binary("add()", "+");
/** Returns the difference of two integers. */
export const sub = binary("sub()", "-");
/** Returns the product of two integers. */
export const mul = binary("mul()", "*");
/** Returns the quotient of two integers, cut off towards zero; where the second is 0, that is a misuse. */
export const div = dividing("div()", "/");
/** Returns what remains of a division, with the sign of the first; where the second is 0, that is a misuse. */
export const mod = dividing("mod()", "%");
/** Returns the bits that both integers have, as `&` of C. */
export const bit_and = binary("bit_and()", "&");
/** Returns the bits that either integer has, as `|` of C. */
export const bit_or = binary("bit_or()", "|");
/** Returns the bits that one of two integers has, as `^` of C. */
export const bit_xor = binary("bit_xor()", "^");
/** Returns an integer shifted to the left, by 0 to 31 bits. */
export const shift_left = binary("shift_left()", "<<");
/** Returns an integer shifted to the right with its sign, by 0 to 31 bits. */
export const shift_right = binary("shift_right()", ">>");

/** Returns the least of some integers. */
export function min(first: Operand, ...others: readonly Operand[]): Expr {
  return others.reduce<Expr>(
    (least, of) => cond(lt(of, least), of, least),
    operandOf("min()", first),
  );
}

/** Returns the greatest of some integers. */
export function max(first: Operand, ...others: readonly Operand[]): Expr {
  return others.reduce<Expr>((most, of) => cond(lt(most, of), of, most), operandOf("max()", first));
}

/** Returns whether a condition is false. */
export function not(of: Operand): Expr {
  return { op: "not", of: operandOf("not()", of) };
}

/** Returns whether all conditions hold; with none, true. */
export function and(...all: readonly Operand[]): Expr {
  const [first, ...rest] = all;
  if (first === undefined) return expr(true);
  return rest.reduce<Expr>(
    (left, right) => binary("and()", "and")(left, right),
    operandOf("and()", first),
  );
}

/** Returns whether any condition holds; with none, false. */
export function or(...any: readonly Operand[]): Expr {
  const [first, ...rest] = any;
  if (first === undefined) return expr(false);
  return rest.reduce<Expr>(
    (left, right) => binary("or()", "or")(left, right),
    operandOf("or()", first),
  );
}

/** Returns one value or another. */
export function cond(test: Operand, then: Operand, otherwise: Operand): Expr {
  return {
    op: "if",
    test: operandOf("cond()", test),
    then: operandOf("cond()", then),
    else: operandOf("cond()", otherwise),
  };
}

const quantified =
  (op: "some" | "every" | "count") =>
  (set: IdSet, body: (member: Expr) => Operand): Expr => {
    expectSet(`${op}()`, set);
    const probe: Expr = { op: "bound", name: "", set };
    const name = `${set.name}${depth(expr(body(probe)))}`;
    return { op, set, name, body: expr(body({ op: "bound", name, set })) };
  };

/** Returns whether a condition holds for some member of a set. */
export const some = quantified("some");
/** Returns whether a condition holds for every member of a set. */
export const every = quantified("every");
/** Returns for how many members of a set a condition holds. */
export const count = quantified("count");

/** Returns the CPU that runs the process, as `smp_processor_id()`. */
export function smp_processor_id(): Expr {
  return { op: "cpu" };
}

/** Returns the process that runs this, as `current`: what a mutex remembers as its owner. */
export function current(): Expr {
  return { op: "self" };
}

/**
 * Returns the process of a thread, as `current()` is in it: whom a wait queue holds, who owns a mutex.
 *
 * @param name as `thread()` was given it; a process of a set has none of its own
 */
export function processOf(name: string): Expr {
  return { op: "process", name };
}

/** Returns how many processes are inside the section of that name. */
export function inside(section: string): Expr {
  return { op: "inside", section };
}

/**
 * Returns whether a process has come to the end of its body: of a set, whether all of its members have, or one that
 * is named with its number.
 *
 * @param process the name, as `thread()` or `tasks()` was given it
 */
export function ended(process: string): Expr {
  return { op: "ended", process };
}

/** Returns whether an operation gives a number, and no truth value. */
export function isArithmetic(by: BinaryOp): by is Arithmetic {
  switch (by) {
    case "==":
    case "!=":
    case "<":
    case "<=":
    case "and":
    case "or":
      return false;
    case "+":
    case "-":
    case "*":
    case "/":
    case "%":
    case "&":
    case "|":
    case "^":
    case "<<":
    case ">>":
      return true;
  }
}

/** Returns how deep quantifiers nest, so that each gets a name that no inner one has. */
function depth(of: Expr): number {
  switch (of.op) {
    case "const":
    case "bound":
    case "cpu":
    case "home":
    case "self":
    case "process":
    case "inside":
    case "ended":
      return 0;
    case "read":
      return Math.max(0, ...of.index.map(depth));
    case "not":
      return depth(of.of);
    case "binary":
      return Math.max(depth(of.left), depth(of.right));
    case "if":
      return Math.max(depth(of.test), depth(of.then), depth(of.else));
    case "some":
    case "every":
    case "count":
      return 1 + depth(of.body);
  }
}

/** JavaScript for expressions over packed words, with the meaning of `evaluate()`. */
import type { Value } from "../../../machine/index.js";
import { type Arithmetic, isArithmetic } from "../../../machine/language/expr.js";
import type { ElementRef } from "../../../machine/model/value.js";
import { type Range, rangeOfBinary } from "../../../machine/model/value-range.js";
import { conjuncts } from "../../analysis/footprint.js";
import { mayBeNowhere, rangeOf } from "../../analysis/value-ranges.js";
import type { Field, Packing } from "../layout/packing.js";
import { isNotZero, negated } from "../text/code.js";
import { type Choice, casesOf, equality } from "./cases.js";

/** Writes expressions that read the words `${prefix}0`, `${prefix}1` and so on. */
export class ValueWriter {
  /** What was written before: the same values come again and again. */
  private readonly numbers = new Map<Value, string>();
  private readonly tests = new Map<Value, string>();

  constructor(
    readonly packing: Packing,
    private readonly prefix: string,
  ) {}

  word(at: number): string {
    return `${this.prefix}${String(at)}`;
  }

  /** The range of a value. */
  range(of: Value): Range {
    return rangeOf(of, this.rangeOfSlot);
  }

  private readonly rangeOfSlot = (slot: number): Range => {
    const { min, max } = this.field(slot);
    return [min, max];
  };

  /** JavaScript for a value as a number. */
  number(of: Value): string {
    const known = this.numbers.get(of);
    if (known !== undefined) return known;
    const made = this.freshNumber(of);
    this.numbers.set(of, made);
    return made;
  }

  /** JavaScript for a value as a condition; equalities with constants are tested a word at a time. */
  test(of: Value): string {
    const known = this.tests.get(of);
    if (known !== undefined) return known;
    const made = this.freshTest(of);
    this.tests.set(of, made);
    return made;
  }

  private freshNumber(of: Value): string {
    switch (of.op) {
      case "const":
        return of.value < 0 ? `(${String(of.value)})` : String(of.value);
      case "slot": {
        const field = this.field(of.slot);
        const { min } = field;
        const raw = this.raw(field);
        return min === 0 ? raw : `(${raw} ${plus(min)})`;
      }
      case "element":
        return this.element(of);
      case "binary":
        if (isArithmetic(of.by)) return this.arithmetic(of.by, of.left, of.right);
        return `(${this.test(of)} ? 1 : 0)`;
      case "not":
        return `(${this.test(of)} ? 1 : 0)`;
      case "if":
        return this.choice(of);
      case "inside":
        return `(${of.where
          .map(({ slot, locations }) => {
            const raw = this.raw(this.field(slot));
            return `(${locations.map((l) => `${raw} === ${String(l)}`).join(" || ")} ? 1 : 0)`;
          })
          .join(" + ")})`;
    }
  }

  /** JavaScript for one value or another, without those that are never asked for. */
  private choice(of: Choice): string {
    const { slot, cases, rest } = casesOf(of);
    const { min, max } = slot === null ? { min: 0, max: Infinity } : this.field(slot);
    const possible = cases.filter(({ value }) => value >= min && value <= max);
    const isAll = new Set(possible.map(({ value }) => value)).size === max - min + 1;
    const last = isAll ? (possible.pop()?.then ?? rest) : rest;
    return possible.reduceRight((otherwise, { test, then }) => {
      const number = this.number(then);
      return number === otherwise ? number : `(${this.test(test)} ? ${number} : ${otherwise})`;
    }, this.number(last));
  }

  /**
   * JavaScript for an operation on numbers, with the meaning of `apply()`. What may take more than 32 bits has a
   * `+` before it: there the numbers of a WebAssembly module would be others.
   */
  private arithmetic(by: Arithmetic, left: Value, right: Value): string {
    const [low, high] = rangeOfBinary(by, this.range(left), this.range(right));
    const result = this.operation(by, left, right);
    return low < least32 || high > most32 ? `(+${result})` : result;
  }

  private operation(by: Arithmetic, left: Value, right: Value): string {
    const [a, b] = [this.number(left), this.number(right)];
    if (by !== "/" && by !== "%") return `(${a} ${by} ${b})`;
    const result = by === "/" ? `(${a} / ${b} | 0)` : `(${a} % ${b} | 0)`;
    const [least, most] = this.range(right);
    return least <= 0 && most >= 0 ? `(${b} === 0 ? 0 : ${result})` : result;
  }

  private freshTest(of: Value): string {
    if (of.op === "const") return of.value === 0 ? "false" : "true";
    const masks = new Map<number, { mask: number; value: number }>();
    const others: string[] = [];
    for (const part of conjuncts(of)) {
      const bit = this.asBits(part);
      if (bit === null) {
        others.push(this.plainTest(part));
        continue;
      }
      const known = masks.get(bit.word);
      const clash =
        known !== undefined && ((known.value ^ bit.value) & known.mask & bit.mask) !== 0;
      if (clash) return "false";
      masks.set(bit.word, {
        mask: (known?.mask ?? 0) | bit.mask,
        value: (known?.value ?? 0) | bit.value,
      });
    }
    const first = [...masks].map(
      ([word, { mask, value }]) => `(${this.word(word)} & ${String(mask)}) === ${String(value)}`,
    );
    if (others.includes("false")) return "false";
    const open = [...first, ...others.filter((test) => test !== "true")];
    return open.length === 0 ? "true" : `(${open.join(" && ")})`;
  }

  /** JavaScript for the place of an element among those of its array. */
  flatIndex(of: ElementRef): string {
    return of.index
      .map((i, at) => {
        const rest = of.sizes.slice(at + 1).reduce((a, b) => a * b, 1);
        return rest === 1 ? this.number(i) : `${this.number(i)} * ${String(rest)}`;
      })
      .join(" + ");
  }

  /** Whether some index can be out of its dimension. */
  mayBeNowhere(of: ElementRef): boolean {
    return mayBeNowhere(of, this.rangeOfSlot);
  }

  /** JavaScript that tests that every index is within its dimension. */
  within(of: ElementRef): string {
    return of.index
      .flatMap((i, at) => {
        const [min, max] = this.range(i);
        const size = of.sizes[at] ?? 0;
        const low = min < 0 ? [`${this.number(i)} >= 0`] : [];
        return max >= size ? [...low, `${this.number(i)} < ${String(size)}`] : low;
      })
      .join(" && ");
  }

  field(slot: number): Field {
    const field = this.packing.fields[slot];
    if (field === undefined) throw new RangeError(`no slot ${slot}`);
    return field;
  }

  /** The fields of an array. */
  elements(of: ElementRef): readonly Field[] {
    const size = of.sizes.reduce((a, b) => a * b, 1);
    return Array.from({ length: size }, (_, at) => this.field(of.base + at));
  }

  private raw({ word, shift, mask, bits }: Field): string {
    const w = this.word(word);
    if (bits === 32) return w;
    if (shift + bits === 32) return `(${w} >>> ${String(shift)})`;
    return shift === 0
      ? `(${w} & ${String(mask)})`
      : `((${w} >>> ${String(shift)}) & ${String(mask)})`;
  }

  private element(of: ElementRef): string {
    const read = this.elementWithin(of);
    return this.mayBeNowhere(of) ? `(${this.within(of)} ? ${read} : -1)` : read;
  }

  private elementWithin(of: ElementRef): string {
    const fields = this.elements(of);
    const [first] = fields;
    if (first === undefined) return "-1";
    const { min, mask } = first;
    const offset = min === 0 ? "" : ` ${plus(min)}`;
    const index = this.flatIndex(of);
    if (inOneWord(fields)) {
      const shift = `${String(first.shift)} + (${index}) * ${String(first.bits)}`;
      return `(((${this.word(first.word)} >>> (${shift})) & ${String(mask)})${offset})`;
    }
    const chain = fields.reduceRight((rest, field, at) => {
      const value = `${this.raw(field)}${offset}`;
      return rest === "" ? `(${value})` : `((${index}) === ${String(at)} ? ${value} : ${rest})`;
    }, "");
    return chain;
  }

  private plainTest(of: Value): string {
    switch (of.op) {
      case "const":
        return of.value === 0 ? "false" : "true";
      case "not":
        return negated(this.test(of.of));
      case "binary":
        return this.comparison(of);
      case "slot":
      case "element":
      case "if":
      case "inside":
        return isNotZero(this.number(of));
    }
  }

  private comparison(of: Extract<Value, { op: "binary" }>): string {
    switch (of.by) {
      case "and":
        return `(${this.test(of.left)} && ${this.test(of.right)})`;
      case "or":
        return `(${this.test(of.left)} || ${this.test(of.right)})`;
      case "==":
        return `${this.number(of.left)} === ${this.number(of.right)}`;
      case "!=":
        return `${this.number(of.left)} !== ${this.number(of.right)}`;
      case "<":
      case "<=":
        return `${this.number(of.left)} ${of.by} ${this.number(of.right)}`;
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
        return `${this.number(of)} !== 0`;
    }
  }

  /** A test of a slot against a constant as bits of a word; null if it is something else. */
  private asBits(of: Value): { word: number; mask: number; value: number } | null {
    const [slot, wanted] = slotIs(of, (at) => this.field(at)) ?? [-1, 0];
    if (slot < 0) return null;
    const { word, shift, mask, min, max } = this.field(slot);
    if (wanted < min || wanted > max) return null;
    return { word, mask: mask << shift, value: (wanted - min) << shift };
  }
}

/** Whether the elements of an array stand side by side in one word. */
export function inOneWord(fields: readonly Field[]): boolean {
  const [first] = fields;
  return fields.every(
    ({ word, shift, bits }, at) => word === first?.word && shift === first.shift + at * bits,
  );
}

/** The slot and the constant that a test compares; null if it is no such test. */
function slotIs(of: Value, field: (slot: number) => Field): readonly [number, number] | null {
  const isBool = (slot: number): boolean => field(slot).min === 0 && field(slot).max === 1;
  switch (of.op) {
    case "slot":
      return isBool(of.slot) ? [of.slot, 1] : null;
    case "not":
      if (of.of.op === "slot") return [of.of.slot, 0];
      return null;
    case "binary":
      return equality(of);
    case "const":
    case "element":
    case "if":
    case "inside":
      return null;
  }
}

const least32 = -(2 ** 31);
const most32 = 2 ** 31 - 1;

/** The end of a sum: `+ 3` or `- 3`. */
const plus = (of: number): string => (of < 0 ? `- ${String(-of)}` : `+ ${String(of)}`);

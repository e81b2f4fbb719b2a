/**
 * Reads beyond an array that plain numbers count: each becomes a misuse with the step that makes it, and with a
 * step of its own where a guard makes it. What an id that is NONE reads is nobody's, and fine.
 */
import type { Slot } from "../../model/model.js";
import { type Change, type Value, combine, constant, negate } from "../../model/value.js";
import { type Range, rangeOfBinary } from "../../model/value-range.js";

/** Looks for reads beyond the arrays of a state. */
export class ReadsBeyond {
  constructor(private readonly slots: readonly Slot[]) {}

  /** Returns when a value reads beyond an array: never, mostly; what is not evaluated is not read. */
  when(of: Value): Value {
    switch (of.op) {
      case "const":
      case "slot":
      case "inside":
        return never;
      case "not":
        return this.when(of.of);
      case "element": {
        const beyond = (of.numbered ?? []).map((at) =>
          this.outside(of.index[at], of.sizes[at] ?? 0),
        );
        return [...of.index.map((i) => this.when(i)), ...beyond].reduce(either, never);
      }
      case "binary": {
        const right = this.when(of.right);
        if (of.by === "and") return either(this.when(of.left), combine("and", of.left, right));
        if (of.by === "or") {
          return either(this.when(of.left), combine("and", negate(of.left), right));
        }
        return either(either(this.when(of.left), right), this.byZero(of));
      }
      case "if": {
        const then = combine("and", of.test, this.when(of.then));
        const otherwise = combine("and", negate(of.test), this.when(of.else));
        return either(this.when(of.test), either(then, otherwise));
      }
    }
  }

  /** Whether a division is by 0: never, mostly. */
  private byZero({ by, right }: Extract<Value, { op: "binary" }>): Value {
    if (by !== "/" && by !== "%") return never;
    const [least, most] = this.range(right);
    return least <= 0 && most >= 0 ? combine("==", right, constant(0)) : never;
  }

  /** Returns changes with the checks of what they read. */
  checked(changes: readonly Change[]): Change[] {
    return changes.flatMap((change): Change[] => {
      switch (change.kind) {
        case "assign": {
          const index = change.to.op === "element" ? change.to.index : [];
          return [...[change.value, ...index].flatMap((of) => this.check(of)), change];
        }
        case "if": {
          const [then, otherwise] = [this.checked(change.then), this.checked(change.else)];
          if (then.length + otherwise.length === 0) return [...this.check(change.test)];
          return [...this.check(change.test), { ...change, then, else: otherwise }];
        }
        case "check":
          return [...this.check(change.test), change];
      }
    });
  }

  /** Returns the check that a value reads nothing beyond an array; none where it never can. */
  check(of: Value): readonly Change[] {
    const beyond = this.when(of);
    if (beyond.op === "const" && beyond.value === 0) return [];
    const arrays = arraysIn(of);
    const reads = arrays.length === 0 ? [] : [`${arrays.join(" or ")} is read beyond its end`];
    const message = [...reads, ...(divides(of) ? ["a division by 0"] : [])].join(", or ");
    const test = negate(beyond);
    return [{ kind: "check", violation: "misuse", test, message, outOfBounds: true }];
  }

  private outside(index: Value | undefined, size: number): Value {
    if (index === undefined) return never;
    const [least, most] = this.range(index);
    const below = least < 0 ? combine("<", index, constant(0)) : never;
    const above = most >= size ? combine("<=", constant(size), index) : never;
    return either(below, above);
  }

  private range(of: Value): Range {
    switch (of.op) {
      case "const":
        return [of.value, of.value];
      case "slot":
      case "element": {
        const { min = 0, max = 0 } = this.slots[of.op === "slot" ? of.slot : of.base] ?? {};
        return [min, max];
      }
      case "if": {
        const [then, otherwise] = [this.range(of.then), this.range(of.else)];
        return [Math.min(then[0], otherwise[0]), Math.max(then[1], otherwise[1])];
      }
      case "binary": {
        const [left, right] = [this.range(of.left), this.range(of.right)];
        return rangeOfBinary(of.by, left, right);
      }
      case "not":
        return [0, 1];
      case "inside":
        return [0, of.where.length];
    }
  }
}

const never: Value = constant(0);

const either = (left: Value, right: Value): Value => combine("or", left, right);

/** The arrays that a value reads by numbers, as printed with their elements. */
function arraysIn(of: Value): readonly string[] {
  switch (of.op) {
    case "const":
    case "slot":
    case "inside":
      return [];
    case "element": {
      const [at] = of.numbered ?? [];
      const size = at === undefined ? null : (of.sizes[at] ?? 0);
      const own =
        size === null ? [] : [`${of.variable}, which has elements 0 to ${String(size - 1)},`];
      return [...own, ...of.index.flatMap(arraysIn)];
    }
    case "not":
      return arraysIn(of.of);
    case "binary":
      return [...arraysIn(of.left), ...arraysIn(of.right)];
    case "if":
      return [of.test, of.then, of.else].flatMap(arraysIn);
  }
}

/** Whether a value is made with a division. */
function divides(of: Value): boolean {
  switch (of.op) {
    case "const":
    case "slot":
    case "inside":
      return false;
    case "element":
      return of.index.some(divides);
    case "not":
      return divides(of.of);
    case "binary":
      return of.by === "/" || of.by === "%" || divides(of.left) || divides(of.right);
    case "if":
      return divides(of.test) || divides(of.then) || divides(of.else);
  }
}

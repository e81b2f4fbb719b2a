/**
 * A queue, first in, first out: include/linux/kfifo.h, where a call finds it full or empty; and the same queue as a
 * channel, whose calls wait. No lock, so lockdep knows none.
 */
import { notInAtomic } from "../kernel-locks/common.js";
import { type Expr, type Operand, add, at, eq, lt, not, sub } from "../language/expr.js";
import type { Element } from "../language/expr.js";
import { either } from "../language/control-flow.js";
import { type Effect, assign } from "../language/effect.js";
import type { Statement, Step } from "../language/statement.js";
import { step } from "../language/step.js";
import { type Domain, type Variable, idOrNone, int, variable } from "../language/variable.js";
import { sleepingOn } from "./blocking.js";

/** A queue of values. */
export interface Kfifo {
  readonly kind: "kfifo";
  readonly name: string;
  readonly size: number;
  /** The oldest first; what is not in use is as it was at first. */
  readonly data: Variable;
  readonly count: Variable;
}

/**
 * Declares a queue, as `DEFINE_KFIFO(name, type, size)`.
 *
 * @param values what can be in it
 * @param size how many, at most 64
 * @throws RangeError if the size is no whole number from 1 to 64
 * @example
 * const requests = kfifo("requests", int(0, 3), 2);
 */
export function kfifo(name: string, values: Domain, size: number): Kfifo {
  if (!Number.isInteger(size) || size < 1 || size > 64) {
    throw new RangeError(`kfifo("${name}"): ${String(size)} elements; 1 to 64 are wanted`);
  }
  const domain = values.kind === "id" ? idOrNone(values.set) : values;
  return {
    kind: "kfifo",
    name,
    size,
    data: variable(`${name}.data`, domain, { per: [size] }),
    count: variable(`${name}.count`, int(0, size)),
  };
}

/** `kfifo_is_empty()` */
export const kfifo_is_empty = ({ count }: Kfifo): Expr => eq(count, 0);
/** `kfifo_is_full()` */
export const kfifo_is_full = ({ count, size }: Kfifo): Expr => eq(count, size);
/** `kfifo_len()`: how many are in it. */
export const kfifo_len = ({ count }: Kfifo): Expr => at(count);

const putting = ({ data, count }: Kfifo, value: Operand): readonly Effect[] => [
  assign(at(data, at(count)), value),
  assign(count, add(count, 1)),
];

const getting = ({ data, count, size }: Kfifo, to: Element | Variable): readonly Effect[] => {
  const first = typeof data.init === "number" ? data.init : 0;
  const moved = Array.from({ length: size - 1 }, (_, i) => assign(at(data, i), at(data, i + 1)));
  return [
    assign(to, at(data, 0)),
    ...moved,
    assign(at(data, size - 1), first),
    assign(count, sub(count, 1)),
  ];
};

/** `if (kfifo_put(fifo, value)) then else full`: it is not put where there is no room. */
export function kfifo_put(
  of: Kfifo,
  value: Operand,
  then: readonly Statement[] = [],
  full: readonly Statement[] = [],
): Statement {
  const call = `kfifo_put(&${of.name})`;
  return either(
    [step(call, { when: lt(of.count, of.size), then: putting(of, value) }), ...then],
    [step(`${call} = 0`, { when: kfifo_is_full(of) }), ...full],
  );
}

/** `if (kfifo_get(fifo, &to)) then else empty`: nothing is got where nothing is in it. */
export function kfifo_get(
  of: Kfifo,
  to: Element | Variable,
  then: readonly Statement[] = [],
  empty: readonly Statement[] = [],
): Statement {
  const call = `kfifo_get(&${of.name})`;
  return either(
    [step(call, { when: lt(0, of.count), then: getting(of, to) }), ...then],
    [step(`${call} = 0`, { when: kfifo_is_empty(of) }), ...empty],
  );
}

/** `kfifo_reset()`: throws away what is in it. */
export const kfifo_reset = ({ name, data, count, size }: Kfifo): Step => {
  const first = typeof data.init === "number" ? data.init : 0;
  const emptied = Array.from({ length: size }, (_, i) => assign(at(data, i), first));
  return step(`kfifo_reset(&${name})`, { then: [...emptied, assign(count, 0)] });
};

/** Puts a value into a queue, once there is room: a channel's send. A misuse in atomic context. */
export function fifo_send(of: Kfifo, value: Operand): Step {
  const call = `fifo_send(&${of.name})`;
  return step(call, {
    when: not(kfifo_is_full(of)),
    then: [notInAtomic(call), ...putting(of, value)],
    sleeping: sleepingOn(of.count),
  });
}

/** Takes the oldest value of a queue, once there is one: a channel's receive. A misuse in atomic context. */
export function fifo_receive(of: Kfifo, to: Element | Variable): Step {
  const call = `fifo_receive(&${of.name})`;
  return step(call, {
    when: not(kfifo_is_empty(of)),
    then: [notInAtomic(call), ...getting(of, to)],
    sleeping: sleepingOn(of.count),
  });
}

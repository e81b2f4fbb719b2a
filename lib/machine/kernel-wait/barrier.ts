/** A barrier of threads, as `pthread_barrier_t`: nobody goes on before all have come. No lock, so lockdep knows none. */
import { notInAtomic } from "../kernel-locks/common.js";
import { add, at, eq, not, sub } from "../language/expr.js";
import { fn } from "../language/control-flow.js";
import { assign, when } from "../language/effect.js";
import type { Statement } from "../language/statement.js";
import { step } from "../language/step.js";
import { type Variable, bool, int, variable } from "../language/variable.js";
import { sleepingOn } from "./blocking.js";

/** A barrier for so many threads. */
export interface Barrier {
  readonly kind: "barrier";
  readonly name: string;
  readonly parties: number;
  /** How many have come, and have not gone on. */
  readonly arrived: Variable;
  /** Whether those who have come go on: until the last has, nobody comes to the next round. */
  readonly open: Variable;
}

/**
 * Declares a barrier, which is shut again once all have gone on.
 *
 * @param parties how many threads wait for each other
 * @throws RangeError if that is no whole number from 1 on
 * @example
 * const phase = barrier("phase", 2);
 */
export function barrier(name: string, parties: number): Barrier {
  if (!Number.isInteger(parties) || parties < 1) {
    throw new RangeError(`barrier("${name}"): ${String(parties)} threads; from 1 on is wanted`);
  }
  return {
    kind: "barrier",
    name,
    parties,
    arrived: variable(`${name}.arrived`, int(0, parties)),
    open: variable(`${name}.open`, bool),
  };
}

/** Waits until as many have come as the barrier is for. A misuse in atomic context. */
export function barrier_wait({ name, parties, arrived, open }: Barrier): Statement {
  const call = `barrier_wait(&${name})`;
  return fn("barrier_wait", [
    step(`${call} arrives`, {
      when: not(open),
      then: [
        notInAtomic(call),
        assign(arrived, add(arrived, 1)),
        when(eq(arrived, parties), [assign(open, true)]),
      ],
      sleeping: sleepingOn(arrived),
    }),
    step(call, {
      when: at(open),
      then: [assign(arrived, sub(arrived, 1)), when(eq(arrived, 0), [assign(open, false)])],
      sleeping: sleepingOn(arrived),
    }),
  ]);
}

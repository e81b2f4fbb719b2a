/**
 * `dma_fence_map`: drivers/dma-buf/dma-fence.c. Code that has to signal a fence must do nothing that may wait for one;
 * the wait is that for the fence itself, until it is signalled.
 */
import { acquireFact, lockdepMap, notInAtomic, told, touched } from "../kernel-locks/common.js";
import { at, eq } from "../language/expr.js";
import { fn } from "../language/control-flow.js";
import { assign } from "../language/effect.js";
import type { Statement, Step } from "../language/statement.js";
import { step } from "../language/step.js";
import { type Variable, bool, variable } from "../language/variable.js";

/** A `struct dma_fence`. */
export interface DmaFence {
  readonly kind: "dma_fence";
  readonly name: string;
  readonly signalled: Variable;
}

const map = at(lockdepMap("dma_fence_lockdep_map", "dma_fence_map"));

/** Declares a `struct dma_fence`. */
export const dma_fence = (name: string): DmaFence => ({
  kind: "dma_fence",
  name,
  signalled: variable(`${name}.signalled`, bool),
});

/** `dma_fence_begin_signalling()`: what comes has to be done before somebody's fence is signalled. */
export const dma_fence_begin_signalling = (): Statement => told(acquireFact(map, {}, 1, false));
/** `dma_fence_end_signalling()` */
export const dma_fence_end_signalling = (): Statement => told({ kind: "release", lock: map });

/** `dma_fence_signal()`: from any context. */
export const dma_fence_signal = ({ name, signalled }: DmaFence): Step =>
  step(`dma_fence_signal(${name})`, { then: [assign(signalled, true)] });

/** `dma_fence_wait()`: until it is signalled. A misuse in atomic context. */
export function dma_fence_wait({ name, signalled }: DmaFence): Statement {
  const call = `dma_fence_wait(${name})`;
  return fn("dma_fence_wait", [
    told(touched(map)),
    step(call, { when: eq(signalled, 1), then: [notInAtomic(call)] }),
  ]);
}

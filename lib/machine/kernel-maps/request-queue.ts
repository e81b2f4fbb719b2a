/**
 * `q->q_usage_counter`: block/blk-core.c and blk-mq.c. A request holds a reference; a task that freezes the queue waits
 * until there is none, and whoever comes in the meantime waits for the thaw.
 *
 * So a deadlock needs a task that freezes: it waits for a request that cannot end, or a request is made by one that
 * holds what the freezing task wants afterwards.
 */
import { lockdepMap, notInAtomic, told, touched } from "../kernel-locks/common.js";
import { acquireFact } from "../kernel-locks/common.js";
import { add, at, eq, lt, not, sub } from "../language/expr.js";
import { fn } from "../language/control-flow.js";
import { assign, check } from "../language/effect.js";
import type { Statement, Step } from "../language/statement.js";
import { step } from "../language/step.js";
import { type Variable, countOfProcesses, int, variable } from "../language/variable.js";

/** A `struct request_queue`. */
export interface RequestQueue {
  readonly kind: "request_queue";
  readonly name: string;
  readonly users: Variable;
  /** How often it is frozen: `q->mq_freeze_depth`. */
  readonly depth: Variable;
  readonly map: Variable;
}

/** Declares a `struct request_queue`. */
export const request_queue = (name: string): RequestQueue => ({
  kind: "request_queue",
  name,
  users: countOfProcesses(`${name}.q_usage_counter`, 7),
  depth: variable(`${name}.mq_freeze_depth`, int(0, 3)),
  map: lockdepMap(`${name}.io_lockdep_map`, "&q->q_usage_counter(io)"),
});

/** `blk_queue_enter()`: waits while the queue is frozen. A misuse in atomic context. */
export function blk_queue_enter({ name, users, depth, map }: RequestQueue): Statement {
  const call = `blk_queue_enter(${name})`;
  return fn("blk_queue_enter", [
    told(touched(at(map), false, 1)),
    step(call, {
      when: eq(depth, 0),
      then: [notInAtomic(call), assign(users, add(users, 1))],
    }),
  ]);
}

/** `blk_queue_exit()`: the request is done. */
export const blk_queue_exit = ({ name, users }: RequestQueue): Step =>
  step(`blk_queue_exit(${name})`, {
    then: [
      check(lt(0, users), `blk_queue_exit(${name}): nobody has entered`, "misuse"),
      assign(users, sub(users, 1)),
    ],
  });

/** `blk_mq_freeze_queue()`: waits until no request is left; holds the queue until it is unfrozen. */
export function blk_mq_freeze_queue({ name, users, depth, map }: RequestQueue): Statement {
  const call = `blk_mq_freeze_queue(${name})`;
  return fn("blk_mq_freeze_queue", [
    step("blk_freeze_queue_start()", {
      then: [notInAtomic(call), assign(depth, add(depth, 1))],
    }),
    // `blk_freeze_acquire_lock()` has it as a trylock.
    told(acquireFact(at(map), {}, 0, true)),
    step(call, { when: eq(users, 0) }),
  ]);
}

/** `blk_mq_unfreeze_queue()` */
export const blk_mq_unfreeze_queue = ({ name, depth, map }: RequestQueue): Step =>
  step(`blk_mq_unfreeze_queue(${name})`, {
    then: [
      check(not(eq(depth, 0)), `blk_mq_unfreeze_queue(${name}): it is not frozen`, "misuse"),
      assign(depth, sub(depth, 1)),
    ],
    facts: [{ kind: "release", lock: at(map) }],
  });

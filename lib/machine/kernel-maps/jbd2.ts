/**
 * `jbd2_handle`: fs/jbd2. A handle keeps its transaction from being committed; the commit waits until there is
 * none, and whoever starts one while it locks the transaction waits for it.
 */
import { acquireFact, lockdepMap, notInAtomic, told, touched } from "../kernel-locks/common.js";
import { thread } from "../kernel/process.js";
import { add, and, at, current, eq, lt, not, sub } from "../language/expr.js";
import { PROCESS } from "../language/id-set.js";
import type { Process } from "../language/process-type.js";
import { either, fn, forever } from "../language/control-flow.js";
import { assign, check } from "../language/effect.js";
import type { Statement } from "../language/statement.js";
import { step } from "../language/step.js";
import { type Variable, bool, countOfProcesses, int, variable } from "../language/variable.js";

/** A `journal_t`. */
export interface Journal {
  readonly kind: "journal";
  readonly name: string;
  /** `t_updates`: the handles of the running transaction. */
  readonly updates: Variable;
  /** `h_ref`: how often each task has started the handle that it has open. */
  readonly handles: Variable;
  /** Whether the transaction is `T_LOCKED`, on its way to the disk. */
  readonly locked: Variable;
  /** Whether somebody has asked for a commit. */
  readonly requested: Variable;
  readonly map: Variable;
}

/** Declares a `journal_t`. */
export const journal = (name: string): Journal => ({
  kind: "journal",
  name,
  updates: countOfProcesses(`${name}.t_updates`, 7),
  handles: variable(`${name}.h_ref`, int(0, 7), { per: [PROCESS] }),
  locked: variable(`${name}.t_locked`, bool),
  requested: variable(`${name}.commit_requested`, bool),
  map: lockdepMap(`${name}.j_trans_commit_map`, "jbd2_handle"),
});

/** What `jbd2_might_wait_for_commit()` tells lockdep. */
const mightWait = ({ map }: Journal): Statement => told(touched(at(map)));

/**
 * `jbd2_journal_start()`: waits while the transaction is locked. The handle is a reader to lockdep, which takes every
 * start for a wait: `rwsem_acquire_read()` in `start_this_handle()`.
 */
export function jbd2_journal_start(of: Journal): Statement {
  const call = `jbd2_journal_start(${of.name})`;
  const mine = at(of.handles, current());
  const isFirst = eq(mine, 0);
  const nested = step(`${call}: the handle that is open`, {
    when: not(isFirst),
    then: [assign(mine, add(mine, 1))],
  });
  const started = step(call, {
    when: and(isFirst, not(of.locked)),
    then: [notInAtomic(call), assign(of.updates, add(of.updates, 1)), assign(mine, 1)],
    facts: [acquireFact(at(of.map), {}, 1, false)],
  });
  const waits = step("wait_transaction_locked()", {
    when: and(isFirst, of.locked),
    then: [notInAtomic(call)],
  });
  return fn("jbd2_journal_start", [either([started], [waits, mightWait(of), started], [nested])]);
}

/** `jbd2_journal_stop()`: the last one of a task that has started it more than once. */
export function jbd2_journal_stop(of: Journal): Statement {
  const call = `jbd2_journal_stop(${of.name})`;
  const mine = at(of.handles, current());
  const outer = step(`${call}: it is open elsewhere`, {
    when: lt(1, mine),
    then: [assign(mine, sub(mine, 1))],
  });
  const last = step(call, {
    when: not(lt(1, mine)),
    then: [
      check(eq(mine, 1), `${call}: no handle is open`, "misuse"),
      assign(of.updates, sub(of.updates, 1)),
      assign(mine, 0),
    ],
    facts: [{ kind: "release", lock: at(of.map) }],
  });
  return fn("jbd2_journal_stop", [either([last], [outer])]);
}

/** `jbd2_journal_force_commit()`: asks for a commit and waits for it. */
export function jbd2_log_wait_commit(of: Journal): Statement {
  const call = `jbd2_log_wait_commit(${of.name})`;
  return fn("jbd2_log_wait_commit", [
    mightWait(of),
    step("jbd2_log_start_commit()", { then: [notInAtomic(call), assign(of.requested, true)] }),
    step(call, { when: and(not(of.requested), not(of.locked)) }),
  ]);
}

/**
 * Returns the thread that commits: it locks the transaction, waits for its handles, and does `body`.
 *
 * @param body the locks that the commit takes
 */
export const kjournald2 = (of: Journal, body: readonly Statement[] = []): Process =>
  thread(`jbd2/${of.name}`, [
    forever([
      step("jbd2_journal_commit_transaction()", {
        when: of.requested,
        then: [assign(of.locked, true)],
        end: true,
      }),
      step("waits for the handles", { when: eq(of.updates, 0) }),
      fn("jbd2_journal_commit_transaction", body),
      step("committed", { then: [assign(of.locked, false), assign(of.requested, false)] }),
    ]),
  ]);

/**
 * `jbd2_handle`: fs/jbd2. A handle keeps its transaction from being committed; the commit waits until there is
 * none, and whoever starts one while it locks the transaction waits for it.
 */
import { acquireFact, lockdepMap, notInAtomic, told, touched } from "../kernel-locks/common.js";
import { thread } from "../kernel/process.js";
import { add, and, at, eq, lt, not, sub } from "../language/expr.js";
import type { Process } from "../language/process-type.js";
import { either, fn, forever } from "../language/control-flow.js";
import { assign, check } from "../language/effect.js";
import type { Statement, Step } from "../language/statement.js";
import { step } from "../language/step.js";
import { type Variable, bool, countOfProcesses, variable } from "../language/variable.js";

/** A `journal_t`. */
export interface Journal {
  readonly kind: "journal";
  readonly name: string;
  /** `t_updates`: the handles of the running transaction. */
  readonly updates: Variable;
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
  locked: variable(`${name}.t_locked`, bool),
  requested: variable(`${name}.commit_requested`, bool),
  map: lockdepMap(`${name}.j_trans_commit_map`, "jbd2_handle"),
});

/** What `jbd2_might_wait_for_commit()` tells lockdep. */
const mightWait = ({ map }: Journal): Statement => told(touched(at(map)));

/**
 * `jbd2_journal_start()`: waits while the transaction is locked, and lockdep hears of a wait only then; once
 * started, the handle is a reader that has tried.
 */
export function jbd2_journal_start(of: Journal): Statement {
  const call = `jbd2_journal_start(${of.name})`;
  const started = step(call, {
    when: not(of.locked),
    then: [notInAtomic(call), assign(of.updates, add(of.updates, 1))],
    facts: [acquireFact(at(of.map), {}, 1, true)],
  });
  const waits = step("wait_transaction_locked()", {
    when: at(of.locked),
    then: [notInAtomic(call)],
  });
  return fn("jbd2_journal_start", [either([started], [waits, mightWait(of), started])]);
}

/** `jbd2_journal_stop()` */
export const jbd2_journal_stop = (of: Journal): Step =>
  step(`jbd2_journal_stop(${of.name})`, {
    then: [
      check(lt(0, of.updates), `jbd2_journal_stop(${of.name}): no handle is open`, "misuse"),
      assign(of.updates, sub(of.updates, 1)),
    ],
    facts: [{ kind: "release", lock: at(of.map) }],
  });

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

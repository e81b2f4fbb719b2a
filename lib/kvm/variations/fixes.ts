/** Every fix that the thread proposed, each as the change of code that it is. */
import {
  CPU,
  type Operand,
  at,
  lockdep_assert_not_held,
  mutex,
  mutex_lock,
  mutex_unlock,
  raw_spinlock,
  spin_acquire,
  spin_release,
} from "../../machine/index.js";
import { annotate, mergedRule, taking } from "../code/annotation.js";
import type { Code } from "../code/code.js";
import { wakeAfterUnlock } from "./changes.js";
import type { Variation } from "./variation.js";

/** What a fix makes the machine do: most fixes differ only in what lockdep is told. */
export type FixBehaviour = "unchanged" | "defer" | "two-locks" | "rcu";

/** A proposed fix. */
export interface Fix<Name extends FixName = FixName> extends Variation<Name> {
  readonly behaviour: FixBehaviour;
}

/** The names of the fixes. */
export type FixName =
  | "none"
  | "final"
  | "out1"
  | "lie"
  | "defer"
  | "two-locks"
  | "in1"
  | "rcu"
  | "novalidate"
  | "assert-not-held";

const none: Fix<"none"> = {
  name: "none",
  behaviour: "unchanged",
  summary: "no annotation: all three paths take the wakeup lock with subclass 0",
  history: "what lockdep reported",
  apply: (code) => code,
};

const final: Fix<"final"> = {
  name: "final",
  behaviour: "unchanged",
  summary: "handler 0, sched_out 1, sched_in 0 and 1",
  history: "2025-03-27, merged as c0b8dcabb2cd in 6.15-rc2",
  apply: (code) => annotate(code, mergedRule),
};

const out1: Fix<"out1"> = {
  name: "out1",
  behaviour: "unchanged",
  summary: "sched_out 1, the others 0",
  history:
    "2023-03-29; its author found that it hides a sched_in that takes a scheduler lock inside",
  apply: (code) => annotate(code, { schedOut: [1] }),
};

const in1: Fix<"in1"> = {
  name: "in1",
  behaviour: "unchanged",
  summary: "handler 0, sched_out 1, sched_in 1 alone",
  history: "the merged rule without the half that lets sched_in meet the handler",
  apply: (code) => annotate(code, { schedOut: [1], schedIn: [1] }),
};

const lie: Fix<"lie"> = {
  name: "lie",
  behaviour: "unchanged",
  summary: "the handler tells lockdep that it drops the lock around kvm_vcpu_wake_up()",
  history: "2025-03-19, superseded",
  apply: (code) => ({
    ...code,
    handler: {
      ...code.handler,
      beforeWake: (vcpu, kernel) => [
        spin_release(code.wakeupLock(kernel.sched.here)),
        ...code.handler.beforeWake(vcpu, kernel),
      ],
      afterWake: (vcpu, kernel) => [
        ...code.handler.afterWake(vcpu, kernel),
        spin_acquire(code.wakeupLock(kernel.sched.here)),
      ],
    },
  }),
};

const defer: Fix<"defer"> = {
  ...wakeAfterUnlock,
  name: "defer",
  also: "wake-after-unlock",
  behaviour: "defer",
  history: "a functional change",
};

const out_lock = raw_spinlock("wakeup_vcpus_out_lock", {
  per: [CPU],
  className: "&per_cpu(wakeup_vcpus_out_lock, cpu)",
});

const twoLocks: Fix<"two-locks"> = {
  name: "two-locks",
  behaviour: "two-locks",
  summary: "the handler takes in_lock, sched_out takes out_lock, sched_in takes both",
  history: "2023-03-13, rejected as a confusing functional change",
  apply: (code) => {
    const out = taking((cpu) => at(out_lock, cpu), [0]);
    const { lock, unlock } = code.schedIn;
    return {
      ...code,
      schedOut: { ...code.schedOut, ...out },
      schedIn: {
        ...code.schedIn,
        lock: (cpu) => [...lock(cpu), ...out.lock(cpu)],
        unlock: (cpu) => [...out.unlock(cpu), ...unlock(cpu)],
      },
    };
  },
};

const rcu: Fix<"rcu"> = {
  name: "rcu",
  behaviour: "rcu",
  summary: "the handler walks the list under rcu_read_lock() and takes no wakeup lock",
  history: "2023-03-10, rejected: no deadlock to fix, and freeing a vCPU would need a grace period",
  apply: (code) => ({
    ...code,
    handler: { ...code.handler, lock: () => [], unlock: () => [], walk: "rcu" },
  }),
};

/** The class that `lockdep_set_novalidate_class()` gives: the first who registers it names it. */
const NO_VALIDATE = "__lockdep_no_validate__";

const unvalidated = raw_spinlock("wakeup_vcpus_on_cpu_lock", {
  per: [CPU],
  className: "&per_cpu(wakeup_vcpus_on_cpu_lock, cpu)",
  key: NO_VALIDATE,
  validate: false,
});
const device_mutex = mutex("dev->mutex", { key: NO_VALIDATE, validate: false });

const novalidate: Fix<"novalidate"> = {
  name: "novalidate",
  behaviour: "unchanged",
  summary: "lockdep_set_novalidate_class() on the wakeup lock",
  history: "what the merged patch avoids",
  apply: (code): Code => {
    const wakeupLock = (cpu: Operand) => at(unvalidated, cpu);
    return {
      ...annotate({ ...code, wakeupLock }, {}),
      boot: [...code.boot, mutex_lock(device_mutex), mutex_unlock(device_mutex)],
    };
  },
};

const assertNotHeld: Fix<"assert-not-held"> = {
  name: "assert-not-held",
  behaviour: "unchanged",
  summary: "out1, and lockdep_assert_not_held(&current->pi_lock) in sched_in",
  history: "2023-03-30; no: the order is the matter, not that it is held",
  apply: (code) => {
    const base = out1.apply(code);
    return {
      ...base,
      schedIn: {
        ...base.schedIn,
        before: (vcpu, kernel) => [
          lockdep_assert_not_held(at(kernel.sched.pi_lock, vcpu)),
          ...base.schedIn.before(vcpu, kernel),
        ],
      },
    };
  },
};

/** Every fix, in the order of the columns of a table. */
export const fixes: readonly Fix[] = [
  none,
  final,
  out1,
  lie,
  defer,
  twoLocks,
  in1,
  rcu,
  novalidate,
  assertNotHeld,
];

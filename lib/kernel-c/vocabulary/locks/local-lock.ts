/** `local_lock_t`: include/linux/local_lock.h. Each CPU has its own: `DEFINE_PER_CPU(local_lock_t, lock)`. */
import {
  type Element,
  type Statement,
  type Variable,
  local_lock,
  local_lock_irq,
  local_lock_irqsave,
  local_lock_t,
  local_unlock,
  local_unlock_irq,
  local_unlock_irqrestore,
} from "../../../machine/index.js";
import { type Call, type CallRow, type Family, type ObjectType, does } from "../row/index.js";

export const localLockType: ObjectType<Variable> = {
  names: ["local_lock_t"],
  definers: [],
  initializers: ["local_lock_init"],
  declare: (name) => local_lock_t(name),
};

const lockOf = (call: Call): Variable => call.objectOfCpus(0, localLockType);

const plain = (run: (lock: Variable) => Statement): CallRow =>
  does("lock", (call) => [run(lockOf(call))]);

const withFlags = (run: (lock: Variable, flags: Element) => Statement): CallRow =>
  does("lock, flags", (call) => {
    const lock = lockOf(call);
    return [run(lock, call.flags(1))];
  });

export const localLockFamily: Family = {
  name: "local-lock",
  types: [localLockType],
  calls: {
    local_lock: plain(local_lock),
    local_unlock: plain(local_unlock),
    local_lock_irq: plain(local_lock_irq),
    local_unlock_irq: plain(local_unlock_irq),
    local_lock_irqsave: withFlags(local_lock_irqsave),
    local_unlock_irqrestore: withFlags(local_unlock_irqrestore),
  },
};

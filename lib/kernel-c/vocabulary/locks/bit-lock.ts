/** Bits that are locks: include/linux/bit_spinlock.h. Lockdep knows nothing of them. */
import {
  type Statement,
  type Variable,
  at,
  bit_spin_lock,
  bit_spin_trylock,
  bit_spin_unlock,
  bit_spinlock,
  bool,
  set,
  type Element,
} from "../../../machine/index.js";
import {
  type Call,
  type CallRow,
  type Family,
  type ObjectType,
  does,
  gives,
} from "../row/index.js";
import { isHeld } from "./lock-types.js";

/** What a word becomes one of whose bits is a lock. */
export const bitLockType: ObjectType<Variable> = {
  names: ["word with a bit lock"],
  definers: [],
  initializers: [],
  declare: (name, { per }) => bit_spinlock(name, { per }),
};

function lockOf(call: Call): Element {
  const { object, index, bit } = call.bitLock(0, 1, bitLockType);
  return at(object, ...index, bit);
}

const plain = (run: (lock: Element) => Statement): CallRow =>
  does("bitnum, address", (call) => [run(lockOf(call))]);

export const bitLockFamily: Family = {
  name: "bit-lock",
  types: [bitLockType],
  calls: {
    bit_spin_lock: plain((lock) => bit_spin_lock(lock)),
    bit_spin_unlock: plain(bit_spin_unlock),
    __bit_spin_unlock: plain(bit_spin_unlock),
    bit_spin_trylock: gives("bitnum, address", (call) => {
      const lock = lockOf(call);
      const taken = call.temporary(bool);
      call.emit(bit_spin_trylock(lock, [set(taken, true)], [set(taken, false)]));
      return taken;
    }),
    bit_spin_is_locked: gives("bitnum, address", (call) => call.reads(isHeld(lockOf(call)), bool)),
  },
};

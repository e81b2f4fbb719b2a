/** Bits of a word, each read and written for itself: include/linux/bitops.h. One step each. */
import { type Element, type Expr, assign, bool, not, set, step } from "../../../machine/index.js";
import { type Call, type CallRow, type Family, does, gives } from "../row/index.js";

const writes = (to: (bit: Element) => Expr | boolean): CallRow =>
  does("nr, address", (call) => {
    const bit = call.bit(0, 1);
    return [set(bit, to(bit), call.text)];
  });

/** Returns what the bit was before. */
const testsAnd = (to: (bit: Element) => Expr | boolean): CallRow =>
  gives("nr, address", (call) => {
    const bit = call.bit(0, 1);
    const before = call.temporary(bool);
    call.emit(step(call.text, { then: [assign(before, bit), assign(bit, to(bit))] }));
    return before;
  });

const test: CallRow = gives("nr, address", (call: Call) => {
  return call.reads(call.bit(0, 1), bool);
});

export const bitopsFamily: Family = {
  name: "bitops",
  calls: {
    set_bit: writes(() => true),
    clear_bit: writes(() => false),
    clear_bit_unlock: writes(() => false),
    __clear_bit_unlock: writes(() => false),
    change_bit: writes((bit) => not(bit)),
    __set_bit: writes(() => true),
    __clear_bit: writes(() => false),
    __change_bit: writes((bit) => not(bit)),
    __test_and_set_bit: testsAnd(() => true),
    __test_and_clear_bit: testsAnd(() => false),
    test_bit: test,
    test_bit_acquire: test,
    test_and_set_bit: testsAnd(() => true),
    test_and_set_bit_lock: testsAnd(() => true),
    test_and_clear_bit: testsAnd(() => false),
    test_and_change_bit: testsAnd((bit) => not(bit)),
  },
};

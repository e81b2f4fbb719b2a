/** What the code itself demands: include/asm-generic/bug.h. A condition that fails is a verdict. */
import { type Expr, check, expr, not, step } from "../../../machine/index.js";
import { type Call, type CallRow, type Family, does, gives } from "../row/index.js";

const place = (call: Call): string => `${call.at.file}:${String(call.at.line)}`;

/** A failed condition ends the search there: a warning is wrong as much as a bug. */
const bug: CallRow = does("condition, ...", (call) => [asserted(call, call.truth(0))]);

const asserted = (call: Call, wrong: Expr) =>
  step(call.text, { then: [check(not(wrong), `${call.text} at ${place(call)}`)] });

/** What KASAN would report: memory that is used by somebody while it is freed, or after. */
const kasan: CallRow = does("condition", (call) => {
  const wrong = call.truth(0);
  const message = `${call.text} at ${place(call)}`;
  return [step(call.text, { then: [check(not(wrong), message, "corruption")] })];
});

const warning: CallRow = gives("condition, ...", (call) => {
  const wrong = call.truth(0);
  call.emit(asserted(call, wrong));
  return wrong;
});

/** A pointer that is not as it should be: no value, but the same check. */
export const assertFamily: Family = {
  name: "assert",
  calls: {
    BUG_ON: bug,
    BUG: does("", (call) => [asserted(call, expr(true))]),
    WARN_ON: warning,
    WARN_ON_ONCE: warning,
    WARN: warning,
    WARN_ONCE: warning,
    KASAN_BUG_ON: kasan,
    VM_BUG_ON: bug,
    VM_WARN_ON: bug,
    VM_WARN_ON_ONCE: bug,
    KVM_BUG_ON: {
      takes: "condition, kvm",
      run: warning.run,
    },
    assert: does("condition", (call) => [asserted(call, not(call.truth(0)))]),
    lockdep_assert: does("condition", (call) => [asserted(call, not(call.truth(0)))]),
    lockdep_assert_once: does("condition", (call) => [asserted(call, not(call.truth(0)))]),
    panic: does("...", (call) => [asserted(call, expr(true))]),
  },
};

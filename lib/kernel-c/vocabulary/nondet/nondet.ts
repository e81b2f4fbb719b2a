/**
 * What no code decides: which of several things happens, what happens at once, and where waiting forever is
 * fine. The kernel has no such calls; a model of hardware, of a scheduler's policy or of a guest needs them.
 */
import {
  type Expr,
  type Statement,
  type Step,
  NONE,
  assign,
  bool,
  choose,
  either,
  every,
  expr,
  idOrNone,
  not,
  set,
  some,
  step,
  wait_until,
} from "../../../machine/index.js";
import { type CallRow, type Family, type LoopRow, type Named, does, gives } from "../row/index.js";
import { inOneStep } from "./one-step.js";

/** `nondet_bool()`: either, in every state. */
const nondetBool: CallRow = gives("", (call) => {
  const answer = call.temporary(bool);
  call.emit(either([set(answer, true, call.text)], [set(answer, false, `!${call.text}`)]));
  return answer;
});

/** `nondet_anytime()`: either, as long as neither branch has begun: a process that waits there may still go the other way. */
const nondetAnytime: CallRow = gives("", (call) => {
  const answer = call.temporary(bool);
  const decides = (is: boolean, label: string): Step => ({ ...set(answer, is, label), late: true });
  call.emit(either([decides(true, call.text)], [decides(false, `!${call.text}`)]));
  return answer;
});

/** `nondet_member(struct task_struct, p, p->on_rq)`: any for which it holds, or NULL if there is none. */
const nondetMember: CallRow = gives("type, name, condition", (call) => {
  const { tag, set: members } = call.setOf(0);
  const chosen = call.temporary(idOrNone(members), tag);
  const name = call.argument(1);
  const named = (of: Expr): Named => ({ kind: "member", of, set: members, tag });
  const holds = (member: Expr): Expr => call.instant(2, { [name]: named(member) });
  const any = choose(members, (member) =>
    step(call.text, { when: holds(member), then: [assign(chosen, member)] }),
  );
  const never = every(members, (member) => not(holds(member)));
  const isAlways = holds(expr(0));
  const none = step(`${call.text}: none`, { when: never, then: [assign(chosen, NONE)] });
  call.emit(isAlways.op === "const" && isAlways.value !== 0 ? any : either([any], [none]));
  return chosen;
});

/** `exists_member(struct task_struct, p, p->on_rq)`: whether it holds for one; looked at in one step. */
const existsMember: CallRow = gives("type, name, condition", (call) => {
  const { tag, set: members } = call.setOf(0);
  const name = call.argument(1);
  return call.reads(
    some(members, (of) => call.instant(2, { [name]: { kind: "member", of, set: members, tag } })),
    bool,
  );
});

/** include/asm-generic/barrier.h: spins until a condition on what is read, `VAL`, holds. */
const spins: CallRow = does("pointer, condition", (call) => {
  const VAL: Named = { kind: "read", from: call.pointed(0) };
  return [wait_until(call.instant(1, { VAL }), call.text)];
});

/** Steps that nobody comes between, as one. */
const oneStep: LoopRow = {
  takes: "[what]",
  isGuard: true,
  run: (call, body) => {
    const label = call.count > 0 ? call.argument(0).replace(/^"|"$/g, "") : call.text;
    const ways = inOneStep(body());
    if (typeof ways === "string") return call.refuse(`${call.text}: ${ways}`);
    const steps = ways.map(({ pick, ...done }): Statement => {
      const one: Step = { ...step(label), ...done };
      return pick === null ? one : { ...pick, step: one };
    });
    call.emit(...(steps.length > 1 ? [either(...steps.map((one) => [one]))] : steps));
  },
};

const waits: CallRow = does("condition", (call) => [wait_until(call.instant(0), call.text)]);
const rests: CallRow = does("condition", (call) => [
  step(call.text, { when: call.instant(0), end: true }),
]);

export const nondetFamily: Family = {
  name: "nondet",
  calls: {
    nondet_bool: nondetBool,
    nondet_anytime: nondetAnytime,
    nondet_member: nondetMember,
    exists_member: existsMember,
    wait_until: waits,
    idle_until: rests,
    smp_cond_load_acquire: spins,
    smp_cond_load_relaxed: spins,
  },
  loops: { in_one_step: oneStep },
};

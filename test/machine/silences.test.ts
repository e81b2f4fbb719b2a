/** What used to be let pass in silence: each is said, with a way out. */
import { describe, expect, it } from "vitest";
import { explore } from "../../lib/explore/index.js";
import { bothOn } from "../../lib/verdict/index.js";
import {
  type Operand,
  type Statement,
  add,
  and,
  assert,
  assign,
  at,
  bool,
  check,
  eq,
  forever,
  idSet,
  if_,
  int,
  irqs_enabled,
  le,
  local_bh_disable,
  local_irq_disable,
  local_irq_save,
  lt,
  mutex,
  mutex_lock,
  preempt_disable,
  rwlock,
  scenario,
  set,
  spin_lock,
  spinlock,
  stay,
  step,
  tasks,
  this_cpu,
  thread,
  variable,
  wait_until,
} from "../../lib/machine/index.js";
import { agree } from "../explore/agreement.js";

const one = (...body: readonly Statement[]) =>
  scenario("one", { sizes: {}, processes: [thread("T0", body)] });
const n = variable("n", int(0, 3));
const flag = variable("flag", bool);
/** A value under a type that it does not have, as JavaScript lets it. */
const untyped = (value: unknown): never => value as never;
/** What JavaScript lets stand for a condition: TypeScript cannot tell that it is always true. */
const asTruth = (value: Operand): Operand => value;
const asNumber = (value: unknown): number => value as number;

describe("a task that ends", () => {
  const m = mutex("m");
  it.each([
    [
      "a mutex",
      [mutex_lock(m)],
      /T0 ends with m held; is an unlock missing\?.*stay\(\)/,
      "both find it",
    ],
    ["a spinlock", [spin_lock(spinlock("l"))], /T0 ends with l held/, "both find it"],
    ["IRQs off", [local_irq_disable()], /ends with IRQs off/, "not lockdep's question"],
    [
      "bottom halves off",
      [local_bh_disable()],
      /ends with bottom halves off/,
      "not lockdep's question",
    ],
    ["preemption off", [preempt_disable()], /ends with preemption off/, "not lockdep's question"],
  ] as const)("leaves %s behind", (_, body, message, quadrant) => {
    agree(one(...body));
    const both = bothOn(one(...body, step("work")));
    expect(both.result.violations.misuse?.message).toMatch(message);
    expect(both.quadrant).toBe(quadrant);
    expect(explore(one(...body, step("work"), stay())).verdict).toBe("safe");
  });
});

describe("a value out of its bounds", () => {
  it("is a misuse although nobody reads it", () => {
    const inc = step("n++", { then: [assign(n, add(n, 1))] });
    expect(explore(one(forever([inc]))).violations.misuse?.message).toBe("n = 4, out of 0..3");
  });
});

describe("an index beyond an array", () => {
  const ring = variable("ring", int(5, 9), { per: [2], init: 7 });
  const head = variable("head", int(0, 3));
  const got = variable("got", int(-1, 9));
  it.each([
    ["a value", [set(head, 2), set(got, at(ring, head))]],
    ["a guard", [set(head, 2), step("if", { when: le(at(ring, head), 4) })]],
    ["a branch", [set(head, 2), if_(eq(at(ring, head), 7), [])]],
    ["a sum", [set(head, 1), set(got, at(ring, add(head, 1)))]],
  ])("is a misuse where %s reads it", (_, body) => {
    agree(one(...body));
    expect(explore(one(...body)).violations.misuse?.message).toMatch(
      /ring, which has elements 0 to 1, is read beyond its end/,
    );
  });

  it("is none where the text looks first", () => {
    const looked = step("if", { when: and(lt(head, 2), eq(at(ring, head), 7)), end: true });
    expect(explore(one(set(head, 2), looked)).verdict).toBe("safe");
  });

  it("says which it is where it is written", () => {
    const body = [set(head, 2), set(at(ring, head), 5), if_(eq(at(ring, 0), 7), [])];
    expect(explore(one(...body)).violations.misuse?.message).toBe(
      "ring[2] is assigned; it has elements 0 to 1",
    );
  });
});

describe("a variable that JavaScript read where the text was made", () => {
  const m = variable("m", int(0, 3));
  const scene = (body: Statement) =>
    scenario("js", {
      sizes: {},
      processes: [thread("T0", [body]), thread("T1", [set(flag, true), set(m, 2)])],
    });
  it.each([
    ["flag && x", () => step("x", { when: asTruth(flag) && eq(m, 2) }), "flag"],
    ["flag || x", () => step("x", { when: asTruth(flag) || eq(m, 2) }), "m"],
    ["flag ? 1 : 2", () => set(n, asTruth(flag) ? 1 : 2), "n, flag, m"],
    ["!flag for a value", () => set(m, !flag), "m, flag"],
  ])("is named, since nobody reads it: %s", (_, body, names) => {
    expect(explore(scene(body())).warnings).toEqual([
      expect.stringMatching(`^nobody reads ${names}: .*and\\(.*not\\(.*cond\\(`),
    ]);
  });

  it("is not named where somebody does", () => {
    expect(explore(scene(step("x", { when: and(flag, eq(m, 2)) }))).warnings).toEqual([]);
  });
});

describe("what is no condition, no statement or no variable", () => {
  it.each([
    ["n == 2", () => wait_until(untyped(asNumber(n) == 2)), /n has no value before/],
    ["n + 1", () => set(n, asNumber(n) + 1), /n has no value before a scenario runs/],
    ["a sum + 1", () => set(n, asNumber(add(n, 1)) + 1), /a condition or a sum has no value/],
    ["!flag", () => wait_until(!flag), /wait_until\(\): the condition is false, whatever happens/],
    ["if_(!flag)", () => if_(!flag, []), /if_\(\): the condition is false/],
    ["assert(!flag)", () => assert(!flag), /assert\(\): the condition is false/],
    ["an effect for a statement", () => explore(one(untyped(assign(n, 1)))), /set\(x, 1\)/],
    ["a check for a statement", () => explore(one(untyped(check(flag, "")))), /assert\(x\)/],
    ["a step without a label", () => step(untyped({ when: flag })), /where its label belongs/],
    ["a[0] of an array", () => set(untyped(undefined), 1), /at\(a, 0\), and not a\[0\]/],
    [
      "a CPU that is a worker",
      () =>
        tasks(
          "w",
          idSet("worker"),
          (me) => ({ cpu: me }),
          () => [],
        ),
      /tasks\("w"\): cpu is a worker, and a worker is no CPU; without cpu/,
    ],
    ["no flags", () => local_irq_save(untyped(undefined)), /where the flags belong/],
    ["no mutex", () => mutex_lock(untyped(undefined)), /mutex\("name"\) makes one/],
    [
      "another lock",
      () => mutex_lock(untyped(rwlock("rw"))),
      /rw is of rwlock\(\); mutex\("name"\)/,
    ],
    [
      "a function for a body",
      () =>
        explore(
          scenario("s", {
            sizes: {},
            processes: [
              thread(
                "T",
                untyped(() => []),
              ),
            ],
          }),
        ),
      /thread\(\) takes the list itself/,
    ],
    [
      "a promise for a body",
      () =>
        explore(
          scenario("s", { sizes: {}, processes: [thread("T", untyped(Promise.resolve([])))] }),
        ),
      /not a promise/,
    ],
    [
      "a condition without a name",
      () => scenario("s", { sizes: {}, processes: [], always: untyped(eq(n, 0)) }),
      /always has named conditions/,
    ],
    [
      "a condition on no CPU",
      () =>
        explore(
          scenario("s", {
            sizes: { cpu: 1 },
            processes: [thread("T", [set(n, 1)])],
            always: { irqs: this_cpu(irqs_enabled) },
          }),
        ),
      /condition "irqs"/,
    ],
  ] as const)("%s", (_, call, message) => {
    expect(call).toThrow(message);
    expect(call).toThrow(TypeError);
  });
});

describe("a label that nobody gave", () => {
  const a = variable("a", int(0, 3), { per: [2] });
  it("says which element, which value and what is waited for", () => {
    expect(set(at(a, 1), add(at(a, 0), 1)).label).toBe("a[1] = a[0] + 1");
    expect(wait_until(eq(at(a, 1), 1)).label).toBe("wait until a[1] == 1");
    expect(assert(eq(at(a, 1), 0)).label).toBe("assert: a[1] == 0");
  });
});

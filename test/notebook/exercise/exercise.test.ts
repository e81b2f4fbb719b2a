import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  type LockRef,
  canReach,
  claim,
  eq,
  exercise,
  explore,
  explorerFinds,
  explorerFindsNothing,
  holds,
  holdsTogether,
  int,
  lockdepIsSilent,
  lockdepReports,
  on,
  predict,
  raw_spin_lock,
  raw_spin_unlock,
  raw_spinlock,
  scenario,
  set,
  step,
  thread,
  variable,
  wentWell,
} from "../../../lib/index.js";

const a = raw_spinlock("a");
const b = raw_spinlock("b");
const inside = (first: LockRef, second: LockRef) => [
  raw_spin_lock(first),
  raw_spin_lock(second),
  raw_spin_unlock(second),
  raw_spin_unlock(first),
];
const two = (one: ReturnType<typeof inside>, other: ReturnType<typeof inside>) =>
  scenario("two threads", {
    sizes: { cpu: 2 },
    processes: [thread("T0", 0, one), thread("T1", 1, other)],
  });
const abba = two(inside(a, b), inside(b, a));
const abab = two(inside(a, b), inside(a, b));
const idle = two([], []);

const said: string[] = [];
beforeEach(() => {
  said.length = 0;
  vi.spyOn(console, "log").mockImplementation((text: string) => void said.push(text));
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe("a requirement", () => {
  it("judges by lockdep, in every order of the paths", () => {
    expect(lockdepIsSilent().test(abab)).toEqual({ met: true, seen: "2 orders tried" });
    const wrong = lockdepIsSilent().test(abba);
    expect(wrong).toMatchObject({ met: false });
    expect(JSON.stringify(wrong)).toContain("possible circular locking dependency");
    expect(JSON.stringify(wrong)).toContain("(&a)");
  });

  it("asks for a report, of a kind or of any", () => {
    expect(lockdepReports().test(abba).met).toBe(true);
    expect(lockdepReports("circular").test(abba).met).toBe(true);
    expect(lockdepReports("recursive").test(abba).met).toBe(false);
    expect(lockdepReports().test(abab).met).toBe(false);
  });

  it("judges by the explorer, with bounds or a counterexample", () => {
    expect(explorerFindsNothing().test(abab)).toMatchObject({ met: true });
    expect(explorerFindsNothing().test(abba)).toMatchObject({
      met: false,
      counterexample: { schedule: { length: 2 } },
    });
    expect(explorerFinds("deadlock").test(abba).met).toBe(true);
    expect(explorerFinds("deadlock").test(abab).met).toBe(false);
  });

  it("says of a search cut short that it is neither right nor wrong", () => {
    const n = variable("n", int(0, 1_000_000));
    const counts = scenario("counts", {
      sizes: { cpu: 1 },
      processes: [thread("T", 0, [set(n, 1)])],
    });
    expect(canReach("n is 2", eq(n, 2)).test(counts)).toMatchObject({ met: false });
    expect(canReach("n is 1", eq(n, 1)).test(counts)).toMatchObject({ met: true });
  });

  it("sees whether the work is still done", () => {
    const both = holdsTogether(["&a", "&b"], ["T0", "T1"]);
    expect(both.test(abab).met).toBe(true);
    expect(both.test(idle)).toMatchObject({ met: false });
  });

  it("can hold a search against the answer, and show where it ends", () => {
    const bug = wentWell("no bug", (hasBug: boolean) => (hasBug ? explore(abba) : undefined));
    expect(bug.test(false)).toEqual({ met: true, seen: "" });
    expect(bug.test(true)).toMatchObject({
      met: false,
      counterexample: { schedule: { length: 2 } },
    });
    expect(wentWell("well", () => explore(abab)).test(null)).toMatchObject({ met: true });
  });

  it("of one's own may say what it found in the answer", () => {
    const small = holds(
      "it is small",
      (n: number) => n < 8,
      (n) => `${n} is not`,
    );
    expect(small.test(7).met).toBe(true);
    expect(small.test(8)).toEqual({ met: false, why: "8 is not" });
  });

  it("can be about something made of the answer", () => {
    const made = on("reversed", () => abba, explorerFindsNothing());
    expect(made.says).toBe("reversed: the explorer finds nothing wrong");
    expect(made.test(abab).met).toBe(false);
  });
});

describe("exercise", () => {
  const order = () =>
    exercise("One order", {
      expect: [
        holdsTogether(["&a", "&b"], ["T0", "T1"]),
        lockdepIsSilent(),
        explorerFindsNothing(),
      ],
      hints: ["first hint", "second hint"],
      untested: ["three threads"],
    });

  it("accepts any answer that behaves, and says what was not tested", () => {
    for (const right of [abab, two(inside(b, a), inside(b, a))]) {
      said.length = 0;
      order().check(right);
      expect(said.join("\n")).toContain("One order: solved");
      expect(said.join("\n")).toContain("Not tested: three threads.");
    }
  });

  it("explains a wrong answer by its shortest counterexample", () => {
    order().check(abba);
    const text = said.join("\n");
    expect(text).toContain("not yet (1 of 3)");
    expect(text).toMatch(/1 {2}T\d on cpu\d {2}raw_spin_lock\(&[ab]\)/);
    expect(text).toMatch(/2 {2}T\d on cpu\d {2}raw_spin_lock\(&[ab]\)/);
    expect(text).toMatch(/T0 waits: raw_spin_lock\(&[ab]\)/);
    expect(text).not.toContain("Not tested");
  });

  it("tells the end of a long counterexample; the picture has the rest", () => {
    const steps = Array.from({ length: 30 }, (_, i) => step(`work ${i}`));
    const late = two([...steps, ...inside(a, b)], inside(b, a));
    exercise("Late", { expect: [explorerFindsNothing()], hints: [], untested: [] }).check(late);
    const text = said.join("\n");
    expect(text).toMatch(/\.\.\. \d+ steps before these/);
    expect(text).not.toContain("work 3 ");
    expect(text).toContain("T0 waits:");
  });

  it("refuses an answer that does nothing at all", () => {
    expect(order().judge(idle).solved).toBe(false);
  });

  it("gives a hint on the second failure and on demand, until there are none", () => {
    const { check, hint } = order();
    check(abba);
    expect(said.join("\n")).not.toContain("first hint");
    check(abba);
    expect(said.join("\n")).toContain("Hint 1 of 2: first hint");
    hint();
    hint();
    expect(said.at(-2)).toBe("Hint 2 of 2: second hint");
    expect(said.at(-1)).toBe("There are no more hints.");
  });

  it("says once what is wrong with several requirements", () => {
    const { check } = exercise<number>("twice", {
      expect: ["is 1", "is one"].map((says) => holds(says, (answer) => answer === 1, "it is not")),
      hints: [],
      untested: [],
    });
    check(2);
    expect(said.join("\n")).toContain("✗ is 1\n      it is not\n  ✗ is one (as above)");
  });

  it("shows what an answer throws, and goes on", () => {
    const { judge } = exercise<() => number>("throws", {
      expect: [holds("gives 1", (answer) => answer() === 1, "it gives something else")],
      hints: [],
      untested: [],
    });
    expect(judge(() => 1).solved).toBe(true);
    const { results } = judge(() => {
      throw new TypeError("no such lock");
    });
    expect(JSON.stringify(results)).toContain("could not be run: TypeError: no such lock");
  });
});

describe("predict", () => {
  const steps = predict("How many?", {
    actual: () => 2,
    because: () => "one each",
    choices: [1, 2, 3],
  });

  it("keeps the answer to itself until there is a prediction", () => {
    steps.check(null);
    expect(said.join("\n")).toContain("No prediction yet");
    expect(said.join("\n")).not.toContain("one each");
    steps.check(17);
    expect(said.join("\n")).toContain("none of the answers");
    expect(said.join("\n")).not.toContain("one each");
  });

  it("says whether it was right, and why", () => {
    steps.check(2);
    expect(said.join("\n")).toContain("✓ as you predicted: 2");
    steps.check(3);
    expect(said.join("\n")).toContain("✗ you predicted 3; the lab computed 2\n    one each");
    expect([steps.judge(2), steps.judge(3)]).toEqual([true, false]);
  });
});

describe("claim", () => {
  it("prints what is true and throws what is not, with both values", () => {
    claim("one is one", 1, 1);
    claim("lists are equal by member", [1, { a: null }], [1, { a: null }]);
    claim("and so it is", true);
    expect(said).toEqual([
      "✓ one is one: 1",
      '✓ lists are equal by member: [1,{"a":null}]',
      "✓ and so it is",
    ]);
    expect(() => {
      claim("one is two", 1, 2);
    }).toThrow(/one is two\n {2}computed: 1\n {2}claimed: {2}2/);
  });
});

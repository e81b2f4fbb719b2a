import { describe, expect, it } from "vitest";
import {
  CPU,
  type Statement,
  add,
  assign,
  at,
  break_,
  eq,
  forever,
  goto_,
  id,
  idOrNone,
  idSet,
  initialState,
  int,
  label,
  list,
  list_add_tail,
  list_del,
  mutex,
  mutex_lock,
  raw_spin_lock,
  raw_spin_unlock,
  raw_spinlock,
  scenario,
  set,
  step,
  thread,
  translate,
  variable,
  wait_until,
} from "../../lib/machine/index.js";
import { explore } from "../../lib/explore/index.js";

const lock = raw_spinlock("lock");
const n = variable("n", int(0, 1));
const run = (...body: readonly Statement[]) =>
  scenario("misuse", { sizes: { cpu: 2 }, processes: [thread("T", 0, body)] });

describe("misuse is a verdict with its place", () => {
  it.each([
    ["unlock of what is not held", [raw_spin_unlock(lock)], /does not hold it/],
    [
      "sleeping under a spinlock",
      [raw_spin_lock(lock), mutex_lock(mutex("m"))],
      /in atomic context/,
    ],
    ["a value out of range", [set(n, 2), wait_until(eq(n, 0))], /n = 2, out of 0..1/],
  ] as const)("%s", (_, body, message) => {
    const result = explore(run(...body));
    expect(result.verdict).toBe("misuse");
    expect(result.violations.misuse?.message).toMatch(message);
  });

  it("an element of nobody", () => {
    const who = variable("who", idOrNone(CPU));
    const flag = variable("flag", int(0, 3), { per: [CPU] });
    const result = explore(
      run(set(who, -1), set(at(flag, who), 1), wait_until(eq(at(flag, 0), 0)), set(who, 1)),
    );
    expect(result.violations.misuse?.message).toMatch(/flag\[none\]/);
  });

  it("silent where locks are used as they should be", () => {
    expect(explore(run(raw_spin_lock(lock), raw_spin_unlock(lock))).verdict).toBe("safe");
  });
});

describe("lists", () => {
  const entries = idSet("entry");
  const wakeup = list("wakeup", { per: CPU, of: entries });
  const story = (locked: boolean) => {
    const use = (entry: number): Statement[] => [
      list_add_tail(wakeup, 0, entry),
      list_del(wakeup, 0, entry),
    ];
    const around = (body: Statement[]): Statement[] =>
      locked ? [raw_spin_lock(lock), ...body, raw_spin_unlock(lock)] : body;
    return scenario("list", {
      sizes: { cpu: 2, entry: 2 },
      processes: [thread("T0", 0, around(use(0))), thread("T1", 1, around(use(1)))],
    });
  };

  it("show a missing lock as corruption, and none where there is one", () => {
    expect(explore(story(false)).verdict).toBe("corruption");
    expect(explore(story(true)).verdict).toBe("safe");
  });
});

describe("a scenario that makes no sense says where", () => {
  const cpu = variable("cpu", id(CPU));
  it.each([
    ["counting with ids", [set(cpu, add(cpu, 1))], /process T.*compared with eq/s],
    ["a jump to nowhere", [goto_("again")], /no such label/],
    ["a label twice", [label("a"), step("x"), label("a"), step("y")], /twice/],
    ["a break outside of a loop", [break_], /outside of a loop/],
    ["a loop without a step", [forever([])], /without a step/],
    ["a CPU that is not there", [set(cpu, 7)], /no cpu7/],
    ["wrong dimensions", [step("x", { then: [assign(at(cpu, 0), 1)] })], /0 dimensions/],
    ["one name twice", [set(variable("n", int(0, 1)), 1), set(variable("n", int(0, 1)), 0)], /two/],
  ] as const)("%s", (_, body, message) => {
    expect(() => initialState(translate(run(...body)))).toThrow(message);
  });
});

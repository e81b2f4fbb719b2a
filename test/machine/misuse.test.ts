import { describe, expect, it } from "vitest";
import {
  CPU,
  type Statement,
  at,
  eq,
  idOrNone,
  idSet,
  int,
  list,
  list_add_tail,
  list_del,
  mutex,
  mutex_lock,
  mutex_trylock,
  mutex_unlock,
  raw_spin_lock,
  raw_spin_unlock,
  raw_spinlock,
  scenario,
  set,
  stay,
  step,
  thread,
  read_lock,
  rwlock,
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

  it("a lock that is taken for reading more often than is counted, with the way out", () => {
    const many = rwlock("l");
    const again = Array.from({ length: 8 }, () => read_lock(many));
    const { message = "" } = explore(run(...again)).violations.misuse ?? {};
    expect(message).toMatch(/^l\.readers = 8, out of 0\.\.7: .* has to drop it in between/);
  });

  it("silent where locks are used as they should be", () => {
    expect(explore(run(raw_spin_lock(lock), raw_spin_unlock(lock))).verdict).toBe("safe");
  });
});

describe("a mutex that is tried", () => {
  const m = mutex("m");
  const tries = [mutex_trylock(m, [mutex_unlock(m)], [step("busy")])];
  it("is taken or not, and nobody waits", () => {
    const both = [thread("T0", 0, [mutex_lock(m), ...tries, stay()]), thread("T1", 1, tries)];
    const result = explore(scenario("try", { sizes: { cpu: 2 }, processes: both }));
    expect(result).toMatchObject({ verdict: "safe", complete: true });
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

import { describe, expect, it } from "vitest";
import { explore, printReplay, showsProperty, shrink, stuckIn } from "../../lib/explore/index.js";
import { replay } from "../../lib/machine/index.js";
import {
  type Process,
  type Scenario,
  bool,
  device,
  expr,
  forever,
  raw_spin_lock,
  raw_spin_unlock,
  raw_spinlock,
  scenario,
  set,
  thread,
  translate,
  variable,
  wait_until,
} from "../../lib/machine/index.js";

const a = raw_spinlock("a");
const b = raw_spinlock("b");
const q = raw_spinlock("q");
const rung = variable("rung", bool);

const withThreads = (...processes: readonly Process[]): Scenario =>
  scenario("test", { sizes: { cpu: processes.length }, processes });

const ab = [raw_spin_lock(a), raw_spin_lock(b), raw_spin_unlock(b), raw_spin_unlock(a)];
const ba = [raw_spin_lock(b), raw_spin_lock(a), raw_spin_unlock(a), raw_spin_unlock(b)];

describe("a partial deadlock", () => {
  const goesOn = thread("T2", 2, [forever([raw_spin_lock(q), raw_spin_unlock(q)])]);
  const partial = withThreads(thread("T0", 0, ab), thread("T1", 1, ba), goesOn);

  it("is shown by the schedule that leads to it, though another thread goes on", () => {
    const model = translate(partial);
    const found = explore(partial).violations.deadlock;
    expect(found?.schedule).toHaveLength(2);
    expect(found?.message).toBe(
      "T0 waits forever: raw_spin_lock(&b); T1 waits forever: raw_spin_lock(&a)",
    );
    const shows = showsProperty(model, "deadlock");
    expect(shows(found?.schedule ?? [])).toBe(true);
    expect(shows((found?.schedule ?? []).slice(0, 1))).toBe(false);
  });

  it("is what a schedule is made shorter for", () => {
    const model = translate(partial);
    const [locks, unlocks] = model.transitions.filter(({ process }) => process === 2);
    const round = [locks?.id ?? 0, unlocks?.id ?? 0];
    const found = explore(partial).violations.deadlock?.schedule ?? [];
    const long = [...round, ...found.slice(0, 1), ...round, ...found.slice(1), ...round];
    expect(showsProperty(model, "deadlock")(long)).toBe(true);
    expect(shrink(model, "deadlock", long)).toEqual(found);
  });

  it("is not one where who waits can be served later", () => {
    const model = translate(partial);
    const { transitions } = model;
    const locksQ = transitions.find(({ process }) => process === 2)?.id ?? 0;
    expect(stuckIn(model, replay(model, [locksQ]).final)).toEqual([]);
  });

  it("is undecided where that takes more states than allowed", () => {
    const model = translate(partial);
    const { final } = replay(model, explore(partial).violations.deadlock?.schedule ?? []);
    expect(stuckIn(model, final)).toEqual([0, 1]);
    expect(stuckIn(model, final, 1)).toBeNull();
  });

  it("is one where only a device could help", () => {
    const ring = device("bell", [set(rung, true, "ring")]);
    const hears = thread("T0", 0, [wait_until(rung)]);
    const model = translate(scenario("a bell", { sizes: { cpu: 1 }, processes: [hears, ring] }));
    expect(stuckIn(model, replay(model, []).final)).toEqual([0]);
  });
});

describe("the message of a deadlock", () => {
  it("says where a process stands that has no step at all", () => {
    const stuck = withThreads(thread("T0", 0, [raw_spin_lock(q), wait_until(expr(false))]));
    const found = explore(stuck).violations.deadlock;
    expect(found?.message).toBe(
      "T0 waits forever: wait until 0, which nothing ever makes possible",
    );
    const model = translate(stuck);
    expect(printReplay(replay(model, found?.schedule ?? [])).slice(-3)).toEqual([
      "T0 waits: wait until 0, holding q; nothing ever makes that possible",
      "deadlock: T0 waits forever: wait until 0, which nothing ever makes possible",
      "  forever: T0 waits for what nobody will do: nothing ever makes that possible",
    ]);
    expect(showsProperty(model, "deadlock")(found?.schedule ?? [])).toBe(true);
  });

  it("says so of a first step too", () => {
    const stuck = withThreads(thread("T0", 0, [wait_until(expr(false))]));
    expect(explore(stuck).violations.deadlock?.message).toBe(
      "T0 waits forever: wait until 0, which nothing ever makes possible",
    );
  });
});

import { describe, expect, it } from "vitest";
import { explore, showsProperty } from "../../lib/explore/index.js";
import {
  type Expr,
  type Statement,
  at,
  bool,
  break_,
  either,
  forever,
  if_,
  not,
  raw_spin_lock,
  raw_spin_trylock,
  raw_spin_unlock,
  raw_spinlock,
  scenario,
  section,
  set,
  stay,
  step,
  thread,
  translate,
  variable,
  wait_until,
  while_,
} from "../../lib/machine/index.js";
import { agree } from "./agreement.js";

const flag = variable("flag", bool, { per: [2] });
const go = variable("go", bool);
const relax = step("cpu_relax");

const of = (...bodies: readonly (readonly Statement[])[]) =>
  scenario("two", {
    sizes: { cpu: 2 },
    processes: bodies.map((body, cpu) => thread(`T${String(cpu)}`, cpu, body)),
  });

/** Each raises its flag and waits until the other's is down: both can wait forever. */
const polite = (wait: (other: Expr) => Statement) =>
  of(
    ...[0, 1].map((me) => [
      forever([
        set(at(flag, me), true),
        wait(at(flag, 1 - me)),
        section("cs", []),
        set(at(flag, me), false),
      ]),
    ]),
  );

describe("a busy wait for what nobody will do", () => {
  it("is a livelock where nothing in the text ever makes it true", () => {
    const waits = [while_(not(go), [relax])];
    expect(explore(of(waits, [if_(go, [set(go, false)])])).verdict).toBe("livelock");
    expect(explore(of(waits, [set(go, true)])).verdict).toBe("safe");
    // What goes on forever and now and then asks does nothing in vain.
    expect(explore(of([forever([relax, if_(go, [step("found")])])], [relax])).verdict).toBe("safe");
  });

  it.each([
    ["without a body", (other: Expr) => while_(other, [])],
    ["with a body", (other: Expr) => while_(other, [relax])],
    ["with a longer body", (other: Expr) => while_(other, [relax, step("again"), relax])],
  ])("is a livelock where waiting is a deadlock, %s", (_, wait) => {
    const waiting = explore(polite((other) => wait_until(not(other))));
    const spinning = explore(polite(wait));
    expect(waiting.verdict).toBe("deadlock");
    expect(spinning.verdict).toBe("livelock");
    expect(spinning.violations.livelock?.schedule).toHaveLength(
      waiting.violations.deadlock?.schedule.length ?? -1,
    );
    expect(spinning.violations.livelock?.message).toMatch(/T0 spins forever.*T1 spins forever/);
    expect(agree(polite(wait))).toEqual(["livelock"]);
    const schedule = spinning.violations.livelock?.schedule ?? [];
    expect(showsProperty(translate(polite(wait)), "livelock")(schedule)).toBe(true);
    expect(showsProperty(translate(polite(wait)), "deadlock")(schedule)).toBe(false);
  });

  it("is a livelock where a lock is tried that nobody gives back", () => {
    const l = raw_spinlock("l");
    const tries = raw_spin_trylock(l, [raw_spin_unlock(l), break_], [relax]);
    const lost = of([raw_spin_lock(l), stay()], [forever([tries])]);
    expect(agree(lost)).toEqual(["livelock"]);
    const returned = of([raw_spin_lock(l), raw_spin_unlock(l)], [forever([tries])]);
    expect(agree(returned)).toEqual([]);
  });

  it("is a livelock in the branch of a loop, too", () => {
    const lowers = if_(go, [set(go, false)]);
    const stays = of([set(go, true), forever([if_(go, [break_], [])])], [lowers]);
    expect(agree(stays)).toEqual(["livelock"]);
  });

  it("is none where somebody can still end it, or nothing is waited for", () => {
    expect(agree(of([while_(not(go), [relax])], [step("work"), set(go, true)]))).toEqual([]);
    expect(agree(of([forever([step("idle")])], [forever([step("a"), step("b")])]))).toEqual([]);
    expect(agree(of([forever([either([relax], [set(go, not(go))])])], [step("other")]))).toEqual(
      [],
    );
  });

  it("is none where a thread that never ends looks anew for work", () => {
    const works = forever([if_(go, [raw_spin_lock(raw_spinlock("w")), set(go, false)])]);
    expect(agree(of([works], [step("other")]))).toEqual([]);
  });

  it("is looked for by itself", () => {
    const spinning = polite((other) => while_(other, []));
    expect(explore(spinning, { properties: ["livelock"] }).verdict).toBe("livelock");
    expect(explore(spinning, { properties: ["deadlock"] }).verdict).toBe("safe");
  });
});

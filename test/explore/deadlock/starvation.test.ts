import { describe, expect, it } from "vitest";
import { components } from "../../../lib/explore/deadlock/components.js";
import { explore, starvation } from "../../../lib/explore/index.js";
import { peterson } from "../../../lib/atlas/stories/index.js";
import {
  type Expr,
  type Statement,
  at,
  bool,
  break_,
  device,
  either,
  eq,
  forever,
  int,
  not,
  raw_spin_lock,
  raw_spin_trylock,
  raw_spin_unlock,
  raw_spinlock,
  replay,
  scenario,
  section,
  set,
  step,
  thread,
  translate,
  variable,
  while_,
} from "../../../lib/machine/index.js";

const go = variable("go", bool);
const relax = step("cpu_relax()");
const of = (...bodies: readonly (readonly Statement[])[]) =>
  scenario("starving", {
    sizes: { cpu: bodies.length },
    processes: bodies.map((body, cpu) => thread(`T${String(cpu)}`, cpu, body)),
  });
const names = (...bodies: readonly (readonly Statement[])[]) =>
  starvation(of(...bodies)).starving.map(({ process }) => process);
const waits = [while_(not(go), [relax])];
const l = raw_spinlock("l");
const takes = [raw_spin_lock(l), raw_spin_unlock(l)];
const tries = forever([raw_spin_trylock(l, [raw_spin_unlock(l), break_], [relax])]);

describe("a busy wait that somebody may always end too early", () => {
  it("is starvation, and neither deadlock nor livelock", () => {
    const blinks = [forever([set(go, true), set(go, false)])];
    expect(names(waits, blinks)).toEqual(["T0"]);
    const { verdict, warnings } = explore(of(waits, blinks));
    expect(verdict).toBe("safe");
    expect(warnings).toEqual(["starvation: T0 may spin forever (!go) while T1 goes on"]);
  });

  it("is starvation where a lock is tried that others take again and again", () => {
    expect(names([tries], [forever(takes)])).toEqual(["T0"]);
    expect(names([tries], takes)).toEqual([]);
  });

  it("is none where a lock is waited for: it is given in turn", () => {
    expect(names([forever(takes)], [forever(takes)])).toEqual([]);
  });

  it("is none where everybody who can move ends it some day", () => {
    expect(names(waits, [step("work"), set(go, true)])).toEqual([]);
    expect(names(waits, [forever([step("a"), set(go, true)])])).toEqual([]);
  });

  it("is none where it can only be since somebody who could move never does", () => {
    const other = forever([step("a"), step("b")]);
    expect(names(waits, [set(go, true)], [other])).toEqual([]);
  });

  it("is starvation where the other may always choose not to end it", () => {
    expect(names(waits, [forever([either([relax], [set(go, true)])])])).toEqual(["T0"]);
  });

  it("does not count on a device, which may fall silent", () => {
    const bell = device("bell", [set(go, true)]);
    const walks = thread("walks", 1, [forever([step("a"), step("b")])]);
    const scene = scenario("bell", {
      sizes: { cpu: 2 },
      processes: [thread("T0", 0, waits), walks, bell],
    });
    expect(starvation(scene).starving.map(({ process }) => process)).toEqual(["T0"]);
  });

  it("tells algorithms apart: Peterson's starves nobody, flags that are only looked at do", () => {
    expect(starvation(peterson()).starving).toEqual([]);
    const flag = variable("flag", bool, { per: [2] });
    const turn = variable("turn", int(0, 1));
    const polite = (me: number, yields: (other: Expr) => readonly Statement[]) => [
      forever([
        set(at(flag, me), true),
        while_(at(flag, 1 - me), yields(at(flag, 1 - me))),
        section("cs", []),
        set(at(flag, me), false),
      ]),
    ];
    const backsOff = (me: number) =>
      polite(me, () => [set(at(flag, me), false), set(at(flag, me), true)]);
    // Who backs off writes: its rounds are no busy wait, but progress that may never lead anywhere.
    expect(explore(of(backsOff(0), backsOff(1))).verdict).toBe("safe");
    const dekker = (me: number) => [
      forever([
        set(at(flag, me), true),
        set(turn, 1 - me),
        while_(at(flag, 1 - me), [
          either(
            [step("sees turn", { when: eq(turn, me) }), break_],
            [step("not yet", { when: eq(turn, 1 - me) })],
          ),
        ]),
        section("cs", []),
        set(at(flag, me), false),
      ]),
    ];
    expect(names(dekker(0), dekker(1))).toEqual([]);
  });
});

describe("who starves", () => {
  it("has a way to it that is possible, and who goes on beside it", () => {
    const scene = of([step("first"), ...waits], [forever([set(go, true), set(go, false)])]);
    const [found] = starvation(scene).starving;
    expect(found?.others).toEqual(["T1"]);
    expect(replay(translate(scene), found?.schedule ?? []).failedAt).toBeNull();
  });

  it("is not told of a graph that was not seen whole", () => {
    expect(starvation(of(waits, [forever([set(go, true), set(go, false)])]), 2)).toEqual({
      starving: [],
      complete: false,
    });
  });
});

describe("the components of a graph", () => {
  it("are the sets of states that lead to each other", () => {
    const edges = [
      [0, 1],
      [1, 2],
      [2, 0],
      [2, 3],
      [3, 4],
      [4, 3],
      [5, 5],
    ].map(([from = 0, to = 0]) => ({ from, to }));
    const found = components(edges, new Set([0, 1, 2, 3, 4, 5]));
    expect(found.map((set_) => [...set_].sort())).toEqual([[3, 4], [0, 1, 2], [5]]);
    expect(components(edges, new Set([0, 1, 3]))).toHaveLength(3);
  });
});

import { describe, expect, it } from "vitest";
import {
  abba,
  assign,
  bool,
  choose,
  device,
  dining,
  eq,
  explore,
  idOrNone,
  idSet,
  irqOnHeldLock,
  might_sleep,
  raw_spin_lock,
  raw_spinlock,
  scenario,
  set,
  spin_lock,
  spin_unlock,
  spinlock,
  stay,
  step,
  tasks,
  thread,
  variable,
  wait_until,
} from "../../../lib/index.js";

const a = raw_spinlock("a");
const once = scenario("once", {
  sizes: { cpu: 1 },
  processes: [thread("T", 0, [raw_spin_lock(a), stay()])],
});
const twice = scenario("twice", {
  sizes: { cpu: 1 },
  processes: [thread("T", 0, [raw_spin_lock(a), raw_spin_lock(a)])],
});

describe("a result's summary", () => {
  it("has its bounds, whatever the verdict", () => {
    expect(explore(once).summary).toBe("nothing wrong in all 2 states of 1 CPU");
    expect(explore(once, { properties: ["deadlock", "misuse"] }).summary).toBe(
      "no deadlock, no misuse in all 2 states of 1 CPU",
    );
    const reductions = { local: true, symmetry: true };
    expect(explore(once, { reductions }).summary).toMatch(
      /^nothing wrong in all \d reduced states? of 1 CPU$/,
    );
    expect(explore(twice).summary).toBe("deadlock in 1 step (2 states of 1 CPU)");
    expect(explore(once, { maxStates: 1 }).summary).toMatch(
      /^inconclusive: cut short \(states\) after \d+ states of 1 CPU/,
    );
  });
});

describe("states by depth", () => {
  it("add up to all states, whatever is merged, and are counted when asked for", () => {
    for (const merge of [false, true]) {
      const reductions = { local: merge, symmetry: merge };
      const result = explore(dining(4), { depths: true, reductions });
      const { depths, states, depth } = result;
      expect(depths?.[0]).toBe(1);
      expect(depths).toHaveLength(depth + 1);
      expect(depths?.every((count) => count > 0)).toBe(true);
      expect(depths?.reduce((sum, count) => sum + count, 0)).toBe(states);
    }
    expect(explore(once).depths).toBeNull();
  });

  it("are those of the lines of a straight program", () => {
    expect(explore(once, { depths: true }).depths).toEqual([1, 1]);
  });
});

describe("a result's warnings", () => {
  it("name what one task alone on one CPU cannot show, of what was asked and is not violated", () => {
    expect(explore(once).warnings).toEqual([
      "no deadlock with 1 cpu: a task alone on it can wait only for itself; try 2",
      "no corruption with 1 cpu: a task alone on it is never two at once; try 2",
    ]);
    expect(explore(once, { properties: ["assert"] }).warnings).toEqual([]);
    expect(explore(twice).warnings).toHaveLength(1);
  });

  it("are silent where an interrupt or another task shares the one CPU: both show there", () => {
    expect(explore(irqOnHeldLock()).verdict).toBe("deadlock");
    expect(explore(irqOnHeldLock({ fixed: true })).warnings).toEqual([]);
    const task = idSet("task");
    const curr = variable("curr", idOrNone(task), { init: 0 });
    const shared = scenario("shared", {
      sizes: { cpu: 1, task: 2 },
      processes: [
        tasks(
          "T",
          task,
          (me) => ({ cpu: 0, runs: eq(curr, me) }),
          () => [choose(task, (next) => step("switch", { then: [assign(curr, next)] }))],
        ),
      ],
    });
    expect(explore(shared).warnings).toEqual([]);
  });

  it("are silent where nobody but a device has the CPU, and where the program is misused", () => {
    const only = device("only", [step("a")]);
    const devices = scenario("devices", { sizes: { cpu: 1 }, processes: [only] });
    expect(explore(devices).warnings).toEqual([]);
    const l = spinlock("l");
    const sleeps = [spin_lock(l), might_sleep(), spin_unlock(l)];
    const misused = scenario("misuse", { sizes: { cpu: 1 }, processes: [thread("T", 0, sleeps)] });
    expect(explore(misused)).toMatchObject({ verdict: "misuse", warnings: [] });
  });

  it("say where nothing can happen at all", () => {
    const never = variable("never", bool);
    const none = device("none", [wait_until(never), set(never, true)]);
    const empty = scenario("empty", { sizes: { cpu: 2 }, processes: [none] });
    expect(explore(empty).warnings).toEqual([
      "nothing can happen: no process has a step that it could take",
    ]);
  });

  it("do not say so of invisible steps", () => {
    const busy = scenario("busy", {
      sizes: { cpu: 2 },
      processes: [thread("T", 0, [step("a"), step("b")])],
    });
    const { transitions, warnings } = explore(busy, { reductions: { local: true } });
    expect({ transitions, warnings }).toEqual({ transitions: 0, warnings: [] });
  });

  it("are silent where two CPUs were tried, and where nothing is known anyway", () => {
    expect(explore(abba({ fixed: true })).warnings).toEqual([]);
    expect(explore(once, { maxStates: 1 }).warnings).toEqual([]);
  });
});

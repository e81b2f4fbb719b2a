import { describe, expect, it } from "vitest";
import { explore } from "../../lib/explore/index.js";
import {
  CPU,
  forever,
  idSet,
  raw_spin_lock,
  raw_spin_unlock,
  raw_spinlock,
  scenario,
  step,
  tasks,
  variable,
  bool,
  at,
  devices,
  set,
} from "../../lib/machine/index.js";
import { agree } from "./agreement.js";

const l = raw_spinlock("l");
const alike = (cpu: number) =>
  scenario("alike", {
    sizes: { cpu },
    processes: [
      tasks(
        "T",
        CPU,
        (me) => ({ cpu: me }),
        () => [forever([step("a"), raw_spin_lock(l), step("in"), raw_spin_unlock(l)])],
      ),
    ],
  });
const symmetry = { reductions: { local: false, symmetry: true } };

describe("symmetry of more members than are renamed", () => {
  it("still merges the states of some of them, and says which", () => {
    const [five, six, seven] = [5, 6, 7].map((n) => explore(alike(n), symmetry));
    expect(five?.warnings).toEqual([]);
    expect(six?.warnings.join()).toMatch(/only the first 5 members of "cpu" \(6\) change names/);
    expect(seven?.warnings.join()).toMatch(/only the first 5 members of "cpu" \(7\)/);
    // Each further member that has its own name at most multiplies the states by its locations.
    expect((six?.states ?? 0) / (five?.states ?? 1)).toBeLessThan(4);
    expect((seven?.states ?? 0) / (six?.states ?? 1)).toBeLessThan(4);
  });

  it("is not warned of where it was not asked for", () => {
    expect(explore(alike(6), { reductions: { local: true, symmetry: false } }).warnings).toEqual(
      [],
    );
  });

  it("leaves the verdict as it is", () => {
    expect(agree(alike(6))).toEqual([]);
  });

  it("shares what there is room for between two sets", () => {
    const TASK = idSet("task");
    const touched = variable("touched", bool, { per: [TASK] });
    const of = scenario("two sets", {
      sizes: { cpu: 4, task: 4 },
      processes: [
        tasks(
          "T",
          CPU,
          (me) => ({ cpu: me }),
          () => [raw_spin_lock(l), raw_spin_unlock(l)],
        ),
        devices("U", TASK, (me) => [set(at(touched, me), true)]),
      ],
    });
    const { warnings } = explore(of, symmetry);
    expect(warnings.join()).toMatch(/only the first 3 members of "task" \(4\)/);
  });
});

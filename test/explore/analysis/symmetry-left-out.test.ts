import { describe, expect, it } from "vitest";
import { explore } from "../../../lib/explore/index.js";
import { renamedValue, symmetryOf } from "../../../lib/explore/analysis/symmetry.js";
import { unpack } from "../../../lib/explore/codegen/layout/packing.js";
import { Budget } from "../../../lib/explore/search/budget.js";
import { search } from "../../../lib/explore/search/search.js";
import {
  CPU,
  NONE,
  type Scenario,
  and,
  assign,
  at,
  bool,
  eq,
  idOrNone,
  idSet,
  not,
  or,
  raw_spin_lock,
  raw_spin_unlock,
  raw_spinlock,
  scenario,
  set,
  step,
  tasks,
  translate,
  variable,
} from "../../../lib/machine/index.js";

const l = raw_spinlock("l");
const worker = idSet("worker");
const last = variable("last", idOrNone(worker));
const followed = variable("followed", idOrNone(worker), { per: [worker] });
const met = variable("met", bool, { per: [worker] });
const touched = variable("touched", bool, { per: [worker] });
const many = (cpu: number, more = 0) =>
  scenario("threads", {
    sizes: { cpu, ...(more === 0 ? {} : { worker: more }) },
    processes: [
      tasks(
        "T",
        CPU,
        (me) => ({ cpu: me }),
        () => [raw_spin_lock(l), raw_spin_unlock(l)],
      ),
      ...(more === 0
        ? []
        : [
            tasks(
              "W",
              worker,
              () => ({}),
              (me) => [set(at(touched, me), true)],
            ),
          ]),
    ],
  });
const reductions = { local: false, symmetry: true };

const plain = { local: false, symmetry: false };

/** How many states there are, each counted once for all renamings of it. */
function orbits(of: Scenario): number {
  const model = translate(of);
  const { renamings } = symmetryOf(model);
  const { store, compiled } = search(model, plain, new Budget({}));
  const { packing } = compiled;
  const least = new Set<string>();
  for (let id = 0; id < store.count; id++) {
    const state = unpack(packing, store.words, id * packing.words);
    const names = renamings.map((by) => {
      const renamed: number[] = [];
      for (const [at, slot] of model.slots.entries()) {
        renamed[by.slots[at] ?? at] = renamedValue(slot, state[at] ?? 0, by);
      }
      return renamed.join();
    });
    least.add(names.reduce((a, b) => (a < b ? a : b)));
  }
  return least.size;
}

/** Workers that note who came last, and whom each has followed. */
const followers = (workers: number): Scenario =>
  scenario("followers", {
    sizes: { cpu: 2, worker: workers },
    processes: [
      tasks(
        "W",
        worker,
        () => ({}),
        (me) => [
          step("follow", {
            then: [assign(at(followed, me), last), assign(at(met, me), true), assign(last, me)],
          }),
        ],
      ),
    ],
    finally: {
      "somebody came last": and(
        not(eq(last, NONE)),
        or(at(met, last), eq(at(followed, last), NONE)),
      ),
    },
  });

describe("a set with more renamings than are tried", () => {
  it("has as many of its members renamed as can be, and is named", () => {
    const six = explore(many(6), { reductions });
    expect(six.reductions).toEqual({ local: false, symmetry: ["cpu"] });
    expect(six.summary).toMatch(/reduced/);
    expect(six.warnings).toEqual([
      expect.stringMatching(/^the 6 of cpu are interchangeable, and only 5 of them were given new/),
    ]);
    expect(six.states).toBe(orbits(many(6)));
    expect(explore(many(6), { reductions: plain })).toMatchObject({
      states: 2 ** 6 + 6 * 2 ** 5,
      verdict: six.verdict,
    });
  });

  it("has none renamed where others leave no room, and says so", () => {
    const both = explore(many(5, 5), { reductions });
    expect(both.reductions.symmetry).toEqual(["cpu"]);
    expect(both.warnings).toContainEqual(
      expect.stringMatching(/^the 5 of worker are interchangeable, and each was given its own/),
    );
  });

  it("leaves those that are renamed all beside it", () => {
    const both = explore(many(3, 6), { reductions });
    expect(both.reductions.symmetry).toEqual(["cpu", "worker"]);
    expect(both.warnings).toContainEqual(
      expect.stringMatching(/^the 6 of worker are interchangeable, and only 4 of them/),
    );
  });

  it("is searched in one state for all that are alike, and none that are not", () => {
    const six = followers(6);
    const found = explore(six, { reductions });
    expect(found.states).toBe(orbits(six));
    expect(found.verdict).toBe(explore(six, { reductions: plain }).verdict);
    expect(found.warnings).toContainEqual(expect.stringMatching(/only 5 of them/));
  });

  it("is not named where all are renamed, or where it was not asked for", () => {
    expect(explore(many(5), { reductions })).toMatchObject({ reductions, warnings: [] });
    expect(explore(many(6), { reductions: { symmetry: false } }).warnings).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { explore } from "../../../lib/explore/index.js";
import {
  CPU,
  at,
  bool,
  idSet,
  raw_spin_lock,
  raw_spin_unlock,
  raw_spinlock,
  scenario,
  set,
  tasks,
  variable,
} from "../../../lib/machine/index.js";

const l = raw_spinlock("l");
const worker = idSet("worker");
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

describe("a set with more renamings than are tried", () => {
  it("is named, and the states are not called reduced", () => {
    const six = explore(many(6), { reductions });
    expect(six.reductions).toEqual({ local: false, symmetry: false });
    expect(six.summary).not.toMatch(/reduced/);
    expect(six.warnings).toEqual([expect.stringMatching(/^the 6 of cpu are interchangeable/)]);
    const plain = explore(many(6), { reductions: { local: false, symmetry: false } });
    expect(six.states).toBe(plain.states);
  });

  it("is named beside those that are renamed", () => {
    const both = explore(many(3, 6), { reductions });
    expect(both.reductions.symmetry).toEqual(["cpu"]);
    expect(both.summary).toMatch(/reduced/);
    expect(both.warnings).toContainEqual(expect.stringMatching(/^the 6 of worker/));
  });

  it("is not named where all are renamed, or where it was not asked for", () => {
    expect(explore(many(5), { reductions })).toMatchObject({ reductions, warnings: [] });
    expect(explore(many(6), { reductions: { symmetry: false } }).warnings).toEqual([]);
  });
});

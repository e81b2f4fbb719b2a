import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Statement,
  check,
  eq,
  forever,
  if_,
  inside,
  not,
  raw_spin_lock,
  raw_spin_unlock,
  scenario,
  section,
  set,
  step,
  thread,
  translate,
} from "../../../lib/machine/index.js";
import { dining } from "../../../lib/atlas/stories/index.js";
import type { Reductions } from "../../../lib/explore/index.js";
import { Budget } from "../../../lib/explore/search/budget.js";
import { unpack } from "../../../lib/explore/codegen/layout/packing.js";
import { type Search, search } from "../../../lib/explore/search/search.js";
import { renamedValue, symmetryOf } from "../../../lib/explore/analysis/symmetry.js";
import { kvm } from "../../../lib/kvm/index.js";
import { agree } from "../agreement.js";
import { a, b, morePieces, pieces, x, y0 } from "../random-pieces.js";
import { make, makesSense, scenarios } from "../random-scenarios.js";
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";

const kernelC = await loadKernelC();

/** How many states there are up to renaming. */
function orbits({ store, compiled }: Search): number {
  const { model, packing } = compiled;
  const { renamings } = symmetryOf(model);
  const found = new Set<string>();
  for (let id = 0; id < store.count; id++) {
    const state = unpack(packing, store.words, id * packing.words);
    const names = renamings.map((by) => {
      const renamed: number[] = [];
      for (const [at_, slot] of model.slots.entries()) {
        renamed[by.slots[at_] ?? at_] = renamedValue(slot, state[at_] ?? 0, by);
      }
      return renamed.join();
    });
    found.add(names.sort()[0] ?? "");
  }
  return found.size;
}

/** FUZZ_RUNS=1000 tries more, some seven a second. */
const runs = Number(process.env["FUZZ_RUNS"] ?? 30);

describe("with each reduction on and off", () => {
  it(
    "terminal states, violations and shortest lengths of random programs agree",
    () => {
      fc.assert(
        fc.property(scenarios, (parts) => {
          const of = make(parts);
          fc.pre(makesSense(of));
          agree(of);
        }),
        { numRuns: runs },
      );
    },
    Math.max(300_000, runs * 2000),
  );

  it("one state stands for all its renamings: as many are kept as there are orbits", () => {
    const alike = (body: readonly Statement[], cpus: 2 | 3) => {
      const first = [...body];
      const none = { second: [], third: [], softly: null, watched: false };
      return make({ first, handler: first, kind: "alike", loop: true, cpus, ...none });
    };
    const cases = [
      ...[...pieces, ...morePieces].map((piece) => alike(piece, 2)),
      alike(pieces[6] ?? [], 3),
      kvm(kernelC, { fix: "final", cpus: 2, vcpus: 1 }),
      kvm(kernelC, { fix: "final", cpus: 1, vcpus: 2 }),
    ];
    for (const of of cases) {
      const model = translate(of);
      const plain = search(model, { local: false, symmetry: false }, new Budget({}));
      const kept = search(model, { local: false, symmetry: true }, new Budget({}));
      expect(kept.store.count).toBe(orbits(plain));
    }
  });

  it("a process that waits for a lock in another's endless loop is not forgotten", () => {
    const loop = [forever([raw_spin_lock(a), raw_spin_unlock(a)])];
    const held = [raw_spin_lock(a), forever([raw_spin_unlock(a), raw_spin_lock(a)])];
    for (const body of [loop, held]) {
      const processes = [thread("T0", 0, body), thread("T1", 1, loop)];
      agree(scenario("turns", { sizes: { cpu: 2 }, processes }));
    }
  });

  it("a check that fails before any state is stored has its schedule", () => {
    const processes = [thread("T0", 0, [raw_spin_unlock(b)])];
    agree(scenario("at once", { sizes: { cpu: 1 }, processes }));
  });

  it("where a process is can be asked by a step of another", () => {
    const ask = [
      if_(eq(inside("s"), 1), [set(y0, true)]),
      step("y", { then: [check(not(y0), "y")] }),
    ];
    const asked = [section("s", [set(x, 1), set(x, 0)]), set(x, 2)];
    const processes = [thread("T0", 0, ask), thread("T1", 1, asked)];
    expect(agree(scenario("asked", { sizes: { cpu: 2 }, processes }))).toEqual(["assert"]);
  });

  it("dining philosophers agree", () => {
    agree(dining(4));
  });
});

describe("each reduction alone", () => {
  const of = kvm(kernelC, { fix: "final", cpus: 2, vcpus: 2 });
  const states = (reductions: Reductions) =>
    search(translate(of), reductions, new Budget({})).store.count;

  it("leaves states out, and more together", () => {
    const alone = [
      states({ local: true, partialOrder: false, symmetry: false }),
      states({ local: true, symmetry: false }),
      states({ local: true, symmetry: ["cpu"] }),
      states({ local: true, symmetry: ["vcpu"] }),
      states({ local: true, symmetry: true }),
    ];
    const [local = 0, guarded = 0, cpus = 0, vcpus = 0, all = 0] = alone;
    expect(local).toBeLessThan(353_962);
    expect(guarded).toBeLessThan(local);
    for (const one of [cpus, vcpus]) expect([one < guarded, one > all]).toEqual([true, true]);
  });
});

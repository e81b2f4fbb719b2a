import { Worker } from "node:worker_threads";
import { afterEach, describe, expect, it } from "vitest";
import { dining } from "../../../lib/atlas/stories/index.js";
import { type ExploreOptions, explore } from "../../../lib/explore/index.js";
import { type Threads, threadsKey } from "../../../lib/explore/parallel/threads.js";
import { Budget } from "../../../lib/explore/search/budget.js";
import { search } from "../../../lib/explore/search/search.js";
import { nodeThreads } from "../../../lib/host/node-threads.js";
import { kvm } from "../../../lib/kvm/index.js";
import { type Scenario, translate } from "../../../lib/machine/index.js";
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";

const kernelC = await loadKernelC();

/** A thread runs JavaScript: that of the build. */
const built = nodeThreads(new URL("../../../dist/host/thread.js", import.meta.url));
const early: Threads = { ...built, enough: 0 };

const whole = { local: false, symmetry: false };
const reduced = { local: true, symmetry: true };

/** All that a search finds, state by state. */
function found(
  of: Scenario,
  reductions: typeof whole,
  options: ExploreOptions,
  threads: Threads | null,
  learning?: number,
) {
  const model = translate(of);
  const done = search(model, reductions, new Budget(options), options, learning, null, threads);
  const { store, transitions, depth, levels, findings, cutShort, deadEnd, assumptions } = done;
  const { count, parents, transitions: by } = store;
  return {
    words: store.words.slice(0, count * done.compiled.packing.words),
    parents: parents.slice(0, count),
    by: by.slice(0, count),
    guards: assumptions.guards,
    ...{ transitions, depth, levels, findings, cutShort, deadEnd },
  };
}

describe("a search in several threads", () => {
  const cases: readonly (readonly [string, Scenario, typeof whole])[] = [
    ["a proof without reductions", dining(7), whole],
    ["the KVM case, reduced", kvm(kernelC, { fix: "final", cpus: 2, vcpus: 2 }), reduced],
    ["a deadlock", kvm(kernelC, { mutant: "m2", cpus: 2, vcpus: 2 }), reduced],
    ["a corruption", kvm(kernelC, { changes: ["sched-in-unlocked"], cpus: 2, vcpus: 1 }), reduced],
  ];
  for (const [what, of, reductions] of cases) {
    it(`finds the same states in the same order: ${what}`, () => {
      const alone = found(of, reductions, {}, null);
      for (const jobs of [2, 3]) {
        expect(found(of, reductions, { jobs }, early)).toEqual(alone);
      }
    });
  }

  it("learns the same where it assumed too much", () => {
    const of = kvm(kernelC, { fix: "final", cpus: 2, vcpus: 2 });
    const alone = found(of, reduced, {}, null, 5);
    expect(found(of, reduced, { jobs: 2 }, early, 5)).toEqual(alone);
  });

  it("ends at the same depth", () => {
    const options = { maxDepth: 12 };
    const alone = found(dining(7), whole, options, null);
    expect(found(dining(7), whole, { ...options, jobs: 2 }, early)).toEqual(alone);
  });
});

describe("a thread that goes wrong", () => {
  const of = kvm(kernelC, { fix: "final", cpus: 2, vcpus: 2 });
  const run = (threads: Threads) => () => found(of, whole, { jobs: 2 }, threads);

  it("ends the search with what it says", () => {
    const search = '(function () { throw new Error("no such engine"); })';
    const failing: Threads = {
      ...early,
      start: (count, task) => {
        early.start(count, { ...task, search });
      },
    };
    expect(run(failing)).toThrow(/thread of this search says: no such engine.*--jobs 1/);
  });

  it("is not waited for without end, though it took some states along", () => {
    const vanishing: Threads = {
      enough: 0,
      patience: 1,
      start: (_, { shared }) => {
        const source = `const { workerData } = require("node:worker_threads");
          const [given, taken] = [0, 1];
          const control = new Int32Array(workerData, 0, 2);
          while (Atomics.load(control, given) <= Atomics.load(control, taken)) ;
          Atomics.add(control, taken, 1);`;
        new Worker(source, { eval: true, workerData: shared }).unref();
      },
    };
    expect(run(vanishing)).toThrow(/does not answer/);
  });
});

describe("jobs", () => {
  afterEach(() => {
    Reflect.deleteProperty(globalThis, threadsKey);
  });

  it("are one where there are no threads, and that is said", () => {
    const { warnings } = explore(dining(3), { jobs: 2 });
    expect(warnings).toContain(
      "there are no other threads where this runs, so that it was one job",
    );
  });

  it("give the same answer, with counterexamples as short", () => {
    const of = kvm(kernelC, { mutant: "m2", cpus: 2, vcpus: 2 });
    const alone = explore(of, { reductions: whole });
    Object.assign(globalThis, { [threadsKey]: early });
    const { seconds, megabytes, ...both } = explore(of, { reductions: whole, jobs: 2 });
    expect(seconds).toBeGreaterThan(0);
    expect(megabytes).toBeGreaterThan(0);
    expect(alone).toMatchObject(both);
  });

  it("are a whole number, of a search breadth first", () => {
    expect(() => explore(dining(3), { jobs: 0 })).toThrow(RangeError);
    expect(() => explore(dining(3), { jobs: 1.5 })).toThrow(RangeError);
    expect(() => explore(dining(3), { jobs: 2, strategy: "depth" })).toThrow(TypeError);
  });
});

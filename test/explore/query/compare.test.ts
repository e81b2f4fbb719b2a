import { describe, expect, it } from "vitest";
import {
  type Behaviour,
  behavioursOf,
  compare,
  printComparison,
} from "../../../lib/explore/index.js";
import { kvmFiles, kvmInC } from "../../../lib/kvm/index.js";
import { replay, translate } from "../../../lib/machine/index.js";
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";

const kernelC = await loadKernelC();

/** Two threads that count, with or without a lock around it. */
const counting = (lock: string, unlock: string) =>
  kernelC(
    `
static DEFINE_SPINLOCK(lock);
static int count; /* 0..2 */

static void add(void)
{
	${lock}
	int seen = count;

	count = seen + 1;
	${unlock}
}`,
    { threads: ["add on 0", "add on 1"] },
  );
const racing = counting("", "");
const locked = counting("spin_lock(&lock);", "spin_unlock(&lock);");

const texts = (all: readonly Behaviour[], kind: Behaviour["kind"]): readonly string[] =>
  all.filter((one) => one.kind === kind).map(({ what }) => what);

describe("two versions compared", () => {
  it("differ by the races that a lock takes away, and by the wait that it brings", () => {
    const { added, gone, complete } = compare(racing, locked);
    expect(complete).toBe(true);
    expect(texts(gone, "race").length).toBeGreaterThan(0);
    expect(texts(gone, "race").every((what) => what.endsWith("on count"))).toBe(true);
    expect(texts(added, "race")).toEqual([]);
    expect(texts(added, "wait")).toEqual(["add() for lock holding nothing"]);
  });

  it("are the other way round the other way round", () => {
    const [there, back] = [compare(racing, locked), compare(locked, racing)];
    expect(back.added.map(({ what }) => what)).toEqual(there.gone.map(({ what }) => what));
    expect(back.gone.map(({ what }) => what)).toEqual(there.added.map(({ what }) => what));
  });

  it("do not differ where they are the same but for their names", () => {
    const again = { ...locked, name: "another" };
    expect(printComparison(compare(locked, again))).toMatch(/^Nothing can happen that could not/);
  });

  it("say so where a search was cut short", () => {
    expect(compare(racing, locked, { maxStates: 3 }).complete).toBe(false);
  });

  it("have a schedule to each behaviour that can be replayed", () => {
    const { all, scenario } = behavioursOf(locked);
    const model = translate(scenario);
    for (const { schedule } of all) expect(() => replay(model, schedule())).not.toThrow();
  });

  it("of the case show what a mutant makes possible: the deadlock, and who waits holding what", () => {
    const size = { cpus: 2, vcpus: 1 };
    const of = (changes: readonly "irqs-on"[]) =>
      kvmInC(kernelC, kvmFiles({ changes }), "kvm", size);
    const { added } = compare(of([]), of(["irqs-on"]));
    expect(texts(added, "failure")).toContain("deadlock");
    expect(texts(added, "wait").some((what) => what.includes("holding own"))).toBe(true);
  });
});

import { createTwoFilesPatch } from "diff";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import {
  type Given,
  type JudgeOptions,
  type FixName,
  hiddenBugs,
  judge,
  judgeMemory,
  kvmFiles,
  printVerdict,
  scoreOf,
  smallestHidden,
} from "../../../lib/kvm/index.js";
import { kvmFunction } from "../../../lib/kvm/c/function-text.js";
import { KernelCError, PatchError } from "../../../lib/kernel-c/index.js";
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";

const kernelC = await loadKernelC();
const thread = fileURLToPath(new URL("../../../../shared/seed", import.meta.url));
const memory = judgeMemory();

const judged = (fix: Given, options: JudgeOptions = {}) =>
  judge(kernelC, fix, { ...options, memory });

const fates = (fix: Given, options: JudgeOptions = {}) => {
  const { quadrant, bugs } = judged(fix, options);
  return { quadrant, bugs: Object.fromEntries(bugs.map(({ bug, fate }) => [bug, fate.kind])) };
};

/** What becomes of each bug under the merged rule. */
const merged = {
  m2: "reported",
  m3: "reported",
  m4: "reported",
  m5: "reported",
  m8: "reported",
  "remote-cpu": "hidden",
  "stale-cpu": "hidden",
  "vcpu-exit": "harmless",
};

describe("a fix on the bench", () => {
  it("that is the merged rule is silent and right, and hides only what it takes on trust", () => {
    expect(fates({ fix: "final" })).toEqual({ quadrant: "both find nothing", bugs: merged });
  });

  it("has the same answers as the mail in which it was sent", (test) => {
    if (!existsSync(thread)) return test.skip("the thread is not beside the project");
    const [mail = ""] = readdirSync(thread);
    expect(fates(readFileSync(`${thread}/${mail}`, "utf8"))).toEqual(fates({ fix: "final" }));
  });

  it("is judged in the reader's words as in the case's own: a bug of several files or new functions is tried", () => {
    const inWords = kvmFunction("pi_enable_wakeup_handler", { fix: "out1" });
    const named = fates({ fix: "out1" });
    expect(fates(inWords)).toEqual(named);
    expect(named.bugs).toMatchObject({ "remote-cpu": "hidden", "vcpu-exit": "harmless" });
  });

  it("that gives sched_out alone another subclass hides m2 and m8", () => {
    const verdict = judged({ fix: "out1" }, { bugs: ["m2", "m3", "m8"] });
    expect(hiddenBugs(verdict).map(({ bug }) => bug)).toEqual(["m2", "m8"]);
    expect(scoreOf("out1", verdict)).toMatchObject({ lockdep: null, explorer: "safe" });
    const text = printVerdict(verdict, ({ bug }) => `because ${bug}`);
    expect(text).toMatch(
      /m2 +sched_in takes.*\n +HIDDEN: lockdep is silent; deadlock[^;]*\n +because m2\n/,
    );
    expect(text).toMatch(/m3 +.*\n +reported as circular: /);
    expect(text.replace(/\s+/g, " ")).toContain("sched_in takes wakeup/0 inside rq");
  });

  it("adds and drops orders, and hides those of which lockdep is told nothing", () => {
    const cost = (fix: Given) => judged(fix, { bugs: [], vcpus: 1 }).cost;
    expect(cost({ fix: "out1" })).toEqual({
      adds: ["rq -> wakeup/1"],
      drops: ["rq -> wakeup/0"],
      hides: [],
    });
    // The handler wakes under the lock as ever, and says that it does not.
    expect(cost({ fix: "lie" })).toEqual({
      adds: [],
      drops: ["wakeup/0 -> pi"],
      hides: ["wakeup -> pi"],
    });
    // Here it really does not.
    expect(cost({ fix: "defer" })).toEqual({ adds: [], drops: ["wakeup/0 -> pi"], hides: [] });
    expect(cost({})).toEqual({ adds: [], drops: [], hides: [] });
  });

  it("is said which arm with a lock in it never ran, and none that ran from another place", () => {
    const arms = (name: string, from: string, to: string) => {
      const fix = kvmFunction(name).replace(from, to);
      expect(fix).toContain(to);
      return judged(fix, { bugs: [] }).lockdep.neverRan;
    };
    const lock = "raw_spin_lock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu))";
    const tried = `while (!${lock.replace("lock", "trylock")})\n\t\t\tcpu_relax()`;
    expect(arms("vmx_vcpu_pi_load", lock, tried)).toEqual([]);
    const never = `static bool quirk;\n\n\tif (quirk)\n\t\t${lock};\n\tif (kvm_vcpu_is`;
    expect(arms("vmx_vcpu_pi_put", "if (kvm_vcpu_is", never)).toEqual([
      "raw_spin_lock(&per_cpu(wakeup_vcpus_on_cpu_lock, cpu)) in vmx_vcpu_pi_put()",
    ]);
  });

  it("that makes a bug harmless is not said to hide it", () => {
    const defer = judged({ fix: "defer" }, { bugs: ["m3"] });
    expect(hiddenBugs(defer)).toEqual([]);
    expect(printVerdict(defer)).toMatch(/m3 .*\n +harmless: lockdep is silent/);
  });

  it("that fails by itself hides what fails in another way", () => {
    const { result, bugs } = judged({ fix: "rcu" }, { bugs: ["m3", "stale-cpu"] });
    expect(result.verdict).toBe("corruption");
    expect(bugs.map(({ fate }) => fate.kind)).toEqual(["fails anyway", "hidden"]);
  });

  it("that does what another does is told of with its own lines", () => {
    const known = judgeMemory();
    const lines = ["", "\n\n"].map((more) => {
      const put = `void vmx_vcpu_pi_put(struct kvm_vcpu *vcpu)\n{${more}\n\tBUG_ON(vcpu->cpu == 1);\n}`;
      const { violations } = judge(kernelC, put, { bugs: [], vcpus: 1, memory: known }).result;
      return Number(/BUG_ON.*posted_intr\.c:(\d+)/.exec(violations.assert?.message ?? "")?.[1]);
    });
    expect(known.explored.size).toBe(1);
    expect(lines[1]).toBe((lines[0] ?? 0) + 2);
  });

  it("that was judged before, with some bugs or others, is not looked at again and gets the same verdict", () => {
    const known = judgeMemory();
    const options: JudgeOptions = { memory: known, vcpus: 1, bugs: ["m2", "stale-cpu"] };
    const first = judge(kernelC, { fix: "out1" }, options);
    const sizes = (): number[] =>
      [known.explored, known.results, known.fixes, known.bugs].map(({ size }) => size);
    const before = sizes();
    const again = judge(kernelC, { fix: "out1" }, { ...options, bugs: ["stale-cpu", "m2"] });
    expect(sizes()).toEqual(before);
    expect(printVerdict({ ...again, bugs: again.bugs.toReversed() })).toBe(printVerdict(first));
  });

  it("that is judged within other bounds is looked at again only where they cut it short", () => {
    const known = judgeMemory();
    const within = (maxStates: number, fix: FixName): boolean => {
      const options = { memory: known, bugs: [], vcpus: 1, explore: { maxStates } };
      return judge(kernelC, { fix }, options).result.complete;
    };
    // One does what the other does, with other subclasses.
    expect([within(50, "none"), within(50, "out1"), known.explored.size]).toEqual([
      false,
      false,
      1,
    ]);
    expect([within(100_000, "none"), within(60, "out1"), known.explored.size]).toEqual([
      true,
      true,
      2,
    ]);
  });

  it("that is judged on another machine is looked at there", () => {
    const known = judgeMemory();
    const states = [1, 2].map(
      (vcpus) => judge(kernelC, { fix: "final" }, { memory: known, bugs: [], vcpus }).result.states,
    );
    expect(states[0]).toBeLessThan(states[1] ?? 0);
  });

  it("that is reported has lockdep switched off before any bug comes", () => {
    const none = judged({}, { bugs: ["m2"] });
    expect(scoreOf("none", none).bugs).toEqual([{ bug: "m2", fate: "lockdep is off" }]);
    expect(printVerdict(none).replace(/\s+/g, " ")).toMatch(
      /takes wakeup\/0 inside rq[^.]*: a circle /,
    );
  });

  it("is printed in lines that a narrow notebook has room for, each below its heading", () => {
    const verdict = judged({ fix: "out1" }, { bugs: ["m2", "remote-cpu"] });
    const why = "CPU 0 asks for wakeup[cpu0] as wakeup/1, which to lockdep is another class than ";
    const lines = printVerdict(verdict, () => `${why}${why}`.trim()).split("\n");
    expect(lines.filter((line) => line.length > 88)).toEqual([]);
    const headings = lines.flatMap((line) => /^\S.{0,11}/.exec(line)?.[0].trim() ?? []);
    expect(headings).toEqual([
      ...["lockdep", "explorer", "together", "adds edges", "drops edges", "hides edges"],
      ...["m2", "remote-cpu", "The smallest"],
    ]);
  });

  it("that is cut short is neither right nor wrong", () => {
    const cut = judge(kernelC, { fix: "final" }, { bugs: ["m3"], explore: { maxStates: 100 } });
    expect(cut.quadrant).toBe("inconclusive");
  });

  it("tells the smallest bug that it hides with the lines of that", () => {
    const verdict = judged({ fix: "final" }, { bugs: ["remote-cpu", "stale-cpu"] });
    expect(smallestHidden(verdict)?.bug).toBe("stale-cpu");
    expect(printVerdict(verdict)).toMatch(
      /smallest bug that it hides is stale-cpu, 1 line:\n +-\tvcpu->cpu = cpu;$/,
    );
    expect(smallestHidden(judged({ fix: "two-locks" }, { bugs: ["m3"] }))).toBe(null);
  });

  it("has bugs tried in the form that still applies, or says that they cannot be", () => {
    // A reader's own deferral has moved the lines of the handler: the form of the ready one fits.
    const deferral = diffOf("defer");
    expect(fates(deferral, { bugs: ["m7"] }).bugs).toEqual({ m7: "harmless" });
    const rewritten = `
void pi_wakeup_handler(void)
{
	struct vcpu_vmx *vmx;

	guard(raw_spinlock)(this_cpu_ptr(&wakeup_vcpus_on_cpu_lock));
	list_for_each_entry(vmx, this_cpu_ptr(&wakeup_vcpus_on_cpu), pi_wakeup_list)
		if (vmx->pi_desc.on) kvm_vcpu_wake_up(&vmx->vcpu);
}`;
    const [m2, m7] = judged([rewritten, diffOf("out1")], { bugs: ["m2", "m7"] }).bugs;
    expect(m2?.fate.kind).toBe("hidden");
    expect(m7?.fate.kind === "cannot be tried" && m7.fate.why).toMatch(/posted_intr\.c/);
  });
});

describe("what a fix may be", () => {
  const own = `
#define PI_LOCK_SCHED_OUT SINGLE_DEPTH_NESTING

static void pi_enable_wakeup_handler(struct kvm_vcpu *vcpu) {
	struct vcpu_vmx *vmx = to_vmx(vcpu);

	raw_spin_lock_nested(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu), PI_LOCK_SCHED_OUT);
	list_add_tail(&vmx->pi_wakeup_list, &per_cpu(wakeup_vcpus_on_cpu, vcpu->cpu));
	raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
	if (pi_set_nv(&vmx->pi_desc, POSTED_INTR_WAKEUP_VECTOR))
		__apic_send_IPI_self(POSTED_INTR_WAKEUP_VECTOR);
}`;

  it("is functions of the case in C, with what they need", () => {
    expect(fates(own, { bugs: ["m2", "m3"] })).toEqual(
      fates({ fix: "out1" }, { bugs: ["m2", "m3"] }),
    );
  });

  it("is a whole file", () => {
    const file = kvmFiles({ fix: "out1" }).find((one) => one.file === "posted_intr.c")?.text ?? "";
    expect(fates(file, { bugs: ["m2"] })).toEqual(fates({ fix: "out1" }, { bugs: ["m2"] }));
  });

  it("is C and a diff on top of it", () => {
    const rest = `--- a/posted_intr.c
+++ b/posted_intr.c
@@ -90,6 +90,8 @@
 	if (pi_desc->nv == POSTED_INTR_WAKEUP_VECTOR) {
 		raw_spin_lock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
+		spin_acquire(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu).dep_map, 1, 0, _RET_IP_);
 		list_del(&vmx->pi_wakeup_list);
+		spin_release(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu).dep_map, _RET_IP_);
 		raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
 	}
`;
    expect(fates([own, rest], { bugs: ["m2", "m3", "stale-cpu"] }).bugs).toEqual({
      m2: "reported",
      m3: "reported",
      "stale-cpu": "hidden",
    });
  });

  it.each([
    ["does not compile", own.replace("raw_spin_lock_nested", "raw_spin_lok"), KernelCError],
    ["has none of the case's functions", "static int other(void) { return 1; }", PatchError],
    [
      "is a diff that does not apply",
      diffOf("out1").replaceAll("list_add_tail", "hlist_add"),
      PatchError,
    ],
  ])("is refused if it %s", (_, text, error) => {
    expect(() => judged(text)).toThrow(error);
  });
});

/** A fix as a diff of the whole file, as a reader would send it. */
function diffOf(fix: "defer" | "out1"): string {
  const [before, after] = [kvmFiles(), kvmFiles({ fix })].map(
    (files) => files.find(({ file }) => file === "posted_intr.c")?.text ?? "",
  );
  return createTwoFilesPatch("a/posted_intr.c", "b/posted_intr.c", before ?? "", after ?? "");
}

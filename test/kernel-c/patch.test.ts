/** Patches: all of one is applied, or nothing, and it is said where it would nearly have fitted. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { PatchError, applyPatchTo } from "../../lib/kernel-c/index.js";
import { bothOn } from "../../lib/verdict/index.js";
import { loadKernelC } from "./parser.js";

const kernelC = await loadKernelC();
const text = readFileSync(new URL("./stories/abba.c", import.meta.url), "utf8");

const fix = `--- a/drivers/abba.c
+++ b/drivers/abba.c
@@ -20,6 +20,6 @@
 {
-	mutex_lock(&b);
 	mutex_lock(&a);
-	mutex_unlock(&a);
+	mutex_lock(&b);
 	mutex_unlock(&b);
+	mutex_unlock(&a);
 }
`;

const judged = (of: string): string => {
  const { result, report } = bothOn(kernelC(of));
  return `${result.verdict}, ${report?.kind ?? "silent"}`;
};

const refusal = (patch: string): string => {
  try {
    applyPatchTo(text, "abba.c", patch);
  } catch (error) {
    if (error instanceof PatchError) return error.message;
    throw error;
  }
  return "";
};

/** A lock of another CPU that is taken with what lockdep is told beside it, as for posted interrupts. */
const wakeup = `/*
 * lab: cpus 2
 * lab: hardirq pi_wakeup_handler on 0
 * lab: thread sched_out on 0 forever
 */
static DEFINE_PER_CPU(raw_spinlock_t, wakeup_lock);
static raw_spinlock_t rq_lock;
static raw_spinlock_t pi_lock;

static void pi_wakeup_handler(void)
{
	raw_spinlock_t *spinlock = &per_cpu(wakeup_lock, smp_processor_id());

	raw_spin_lock(spinlock);
	raw_spin_lock(&pi_lock);
	raw_spin_lock(&rq_lock);
	raw_spin_unlock(&rq_lock);
	raw_spin_unlock(&pi_lock);
	raw_spin_unlock(spinlock);
}

static void sched_out(void)
{
	int cpu = smp_processor_id();

	local_irq_disable();
	raw_spin_lock(&rq_lock);
	raw_spin_lock(&per_cpu(wakeup_lock, cpu));
	raw_spin_unlock(&per_cpu(wakeup_lock, cpu));
	raw_spin_unlock(&rq_lock);
	local_irq_enable();
}
`;

const annotation = `--- a/wakeup.c
+++ b/wakeup.c
@@ -30,6 +30,7 @@ static void sched_out(void)
 	local_irq_disable();
 	raw_spin_lock(&rq_lock);
-	raw_spin_lock(&per_cpu(wakeup_lock, cpu));
+	raw_spin_lock_nested(&per_cpu(wakeup_lock, cpu),
+			     SINGLE_DEPTH_NESTING);
 	raw_spin_unlock(&per_cpu(wakeup_lock, cpu));
 	raw_spin_unlock(&rq_lock);
 	local_irq_enable();
`;

describe("a patch", () => {
  it("silences a false positive, and changes nothing that the code does", () => {
    expect(judged(wakeup)).toBe("safe, circular");
    expect(judged(applyPatchTo(wakeup, "wakeup.c", annotation).text)).toBe("safe, silent");
  });

  it("mends the order of two locks", () => {
    const { text: patched, changed } = applyPatchTo(text, "abba.c", fix);
    expect(judged(text)).toBe("deadlock, circular");
    expect(judged(patched)).toBe("safe, silent");
    expect(changed.map((line) => patched.split("\n")[line - 1]?.trim())).toEqual([
      "mutex_lock(&b);",
      "mutex_unlock(&a);",
    ]);
  });

  it("is found in a mail, with what stands around it, and quoted in an answer", () => {
    const mail = `Subject: [PATCH] abba: one order\n\nTake a first.\n---\n drivers/abba.c | 4 ++--\n\ndiff --git a/drivers/abba.c b/drivers/abba.c\nindex 1..2 100644\n${fix}-- \n2.49.0\n`;
    expect(applyPatchTo(text, "abba.c", mail).text).toBe(applyPatchTo(text, "abba.c", fix).text);
    const answer = mail.replace(/^/gm, "> ");
    expect(applyPatchTo(text, "abba.c", answer).text).toBe(applyPatchTo(text, "abba.c", fix).text);
  });

  it("applies with other line numbers, and where a mail has turned tabs into blanks", () => {
    const moved = fix.replace("-20,6 +20,6", "-120,6 +121,6");
    expect(applyPatchTo(text, "abba.c", moved).text).toBe(applyPatchTo(text, "abba.c", fix).text);
    const blanks = fix.replace(/\t/g, "        ");
    expect(judged(applyPatchTo(text, "abba.c", blanks).text)).toBe("safe, silent");
  });

  it("leaves out of each hunk as much of its context as does not fit, and no more", () => {
    const lines = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    const numbers = `${lines.join("\n")}\n`;
    const patch = `--- a/n
+++ b/n
@@ -1,3 +1,3 @@
-one
+ONE
 two
 III
@@ -8,3 +8,3 @@
 VIII
 nine
-ten
+TEN
`;
    const { text: made, fuzz } = applyPatchTo(numbers, "n", patch);
    expect([made, fuzz]).toEqual([numbers.replace("one", "ONE").replace("ten", "TEN"), 1]);
  });

  it("shows a hunk that does not apply beside the nearest place, and applies none of the others", () => {
    const second = `@@ -1,3 +1,3 @@
-/* Two mutexes, taken in two orders. */
+/* Two mutexes, taken in one order. */
 #include <linux/mutex.h>
 
`;
    const wrong = fix.replace("-	mutex_unlock(&a);", "-	mutex_unlock(&c);");
    const said = refusal(wrong.replace("@@ -20", `${second}@@ -20`));
    expect(said).toContain(
      "abba.c:18: hunk 2 of 2 (@@ -20,6 +20,6 @@) does not apply; the nearest place:",
    );
    expect(said).toContain("mutex_unlock(&c);   <- the patch");
    expect(said).toContain("mutex_unlock(&a);   <- the text");
    expect(said).toContain("Nothing was applied.");
  });

  it("is refused where it is none, is cut off, or is for another file", () => {
    expect(refusal("take a first")).toContain("there is no diff in the patch");
    expect(refusal(fix.split("\n").slice(0, 6).join("\n"))).not.toBe("");
    const two = fix + fix.replaceAll("abba.c", "other.c");
    expect(applyPatchTo(text, "abba.c", two).changed).toHaveLength(2);
    expect(refusal(two.replaceAll("abba.c", "third.c"))).toContain("and not for abba.c");
  });
});

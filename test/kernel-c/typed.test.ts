/** What a kernel developer types: each idiom works, and both verdicts are those that were found by hand. */
import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { bothOn } from "../../lib/verdict/index.js";
import { loadKernelC } from "./parser.js";

const kernelC = await loadKernelC();
const folder = new URL("./typed/", import.meta.url);

/**
 * The explorer's verdict and lockdep's, found by hand: lockdep knows no bit locks, no tasklets, no end of an
 * hrtimer, no conditions that are waited for under a lock, and no counts of references.
 */
const says = {
  "deadlock, circular": [
    "array-of-pointers",
    "cancel-in-remove",
    "cancel-under-lock",
    "del-timer",
    "delayed-work",
    "flush",
    "operations",
    "out-unlock",
    "timer-under-lock",
  ],
  "deadlock, inconsistent": [
    "irq-and-tasklet",
    "per-cpu-in-irq",
    "request-irq",
    "seqlock-in-tick",
    "softirq",
  ],
  "deadlock, recursive": ["flush-from-within", "macros", "rwsem-upgrade"],
  "deadlock, silent": [
    "barrier-again",
    "bit-lock-in-irq",
    "hrtimer-function",
    "kthread-loop",
    "tasklet-kill",
    "wait-under-lock",
  ],
  "misuse, silent": ["kref-from-zero"],
  "safe, silent": [
    "bit-fields",
    "cpumask",
    "dekker",
    "double-rq-lock",
    "downgrade",
    "fallthrough",
    "flag-bits",
    "guards",
    "hashed-locks",
    "hlist-rcu",
    "kref",
    "last-reference",
    "list-del-init",
    "list-move",
    "lock-addresses",
    "lock-free-push",
    "mcs-per-cpu",
    "rcu-list",
    "semaphore",
    "seqlock",
    "statement-expression",
    "store-buffering",
    "transfer",
    "trylock-retry",
    "wait-timeout",
    "warn-on-if",
  ],
};

describe("a file as a kernel developer types it", () => {
  const expected = Object.entries(says).flatMap(([verdicts, names]) =>
    names.map((name) => [name, verdicts] as const),
  );

  it("is in the table", () => {
    const files = readdirSync(folder).map((name) => name.replace(".c", ""));
    expect(expected.map(([name]) => name).sort()).toEqual(files.sort());
  });

  it.each(expected)("%s: %s", (name, verdicts) => {
    const text = readFileSync(new URL(`${name}.c`, folder), "utf8");
    const { result, report, quadrant } = bothOn(kernelC(text));
    expect(`${result.verdict}, ${report?.kind ?? "silent"}`).toBe(verdicts);
    if (result.verdict === "deadlock" && report !== null) expect(quadrant).toBe("both find it");
  });
});

/** Who waits for what only it uses waits, and holds what it holds: no step is left out because none follows it. */
import { describe, expect, it } from "vitest";
import { explore } from "../../lib/explore/index.js";
import { loadKernelC } from "../../lib/notebook/kernel-c.js";

const kernelC = await loadKernelC();
const waiting = (body: string): string => `
#include <linux/mutex.h>
static DEFINE_MUTEX(m);
static int done; /* 0..2 */
static DECLARE_WAIT_QUEUE_HEAD(wq);

/* lab: thread a */
static void a(void)
{
${body}
}

/* lab: thread b */
static void b(void)
{
	mutex_lock(&m);
	mutex_unlock(&m);
}
`;

/** What `a` does; wherever it waits it waits for itself. */
const waits: readonly (readonly [string, string])[] = [
  [
    "after a choice, with a lock",
    "done = nondet_bool();\nmutex_lock(&m);\nsmp_cond_load_acquire(&done, VAL);\nmutex_unlock(&m);",
  ],
  [
    "after a choice within the lock",
    "mutex_lock(&m);\ndone = nondet_bool();\nsmp_cond_load_acquire(&done, VAL);\nmutex_unlock(&m);",
  ],
  [
    "in one of two branches, with no lock",
    "if (nondet_bool()) {\ndone = 1;\nsmp_cond_load_acquire(&done, VAL == 2);\n}",
  ],
  [
    "for what nobody sets",
    "mutex_lock(&m);\nsmp_cond_load_acquire(&done, VAL);\nmutex_unlock(&m);",
  ],
  [
    "in a loop on a local",
    "int x = nondet_bool();\nmutex_lock(&m);\nwhile (x != 1)\ncpu_relax();\nmutex_unlock(&m);",
  ],
  [
    "in a wait queue",
    "if (nondet_bool()) {\ndone = 1;\nmutex_lock(&m);\nwait_event(wq, done == 2);\nmutex_unlock(&m);\n}",
  ],
];

describe("a wait for what only the waiter uses", () => {
  it.each(waits)("is found: %s", (_, body) => {
    const scenario = kernelC(waiting(body), { file: "waits.c" });
    expect(explore(scenario).verdict).toBe("deadlock");
    const plain = explore(scenario, { reductions: { local: false, symmetry: false } });
    expect(plain.verdict).toBe("deadlock");
  });

  it("is none where one of two ways always leads on", () => {
    const goesOn =
      "done = nondet_bool();\nmutex_lock(&m);\nif (done)\ndone = 0;\nmutex_unlock(&m);";
    expect(explore(kernelC(waiting(goesOn), { file: "goes-on.c" })).verdict).toBe("safe");
  });
});

import { describe, expect, it } from "vitest";
import { explore } from "../../lib/explore/index.js";
import { translate } from "../../lib/machine/index.js";
import { loadKernelC } from "./parser.js";

const kernelC = await loadKernelC();

/** A thread that goes one way or another, again and again, and one that waits to be let go. */
const chooser = (choice: string, otherwise: string) => `
static DEFINE_MUTEX(m);
static int done;	/* 0..1 */
static struct completion x;

static void works(void)
{
	if (${choice})
		complete(&x);
	else
		${otherwise}
}

static void waits(void)
{
	wait_for_completion(&x);
	done = 1;
}
/* lab: thread works */
/* lab: thread waits */
`;

describe("a choice that no code decides", () => {
  it("of nondet_bool() is made before what follows, and who has chosen to wait has to", () => {
    const result = explore(kernelC(chooser("nondet_bool()", "wait_until(done);")));
    expect(result.verdict).toBe("deadlock");
  });

  it("of nondet_anytime() is open until something of what follows is done", () => {
    const result = explore(kernelC(chooser("nondet_anytime()", "wait_until(done);")));
    expect([result.verdict, result.complete]).toEqual(["safe", true]);
  });

  it("of nondet_anytime() may rest where one of the ways may", () => {
    const resting = chooser("nondet_anytime()", "idle_until(done);").replace(
      /\/\* lab: thread waits \*\//,
      "",
    );
    expect(explore(kernelC(resting)).verdict).toBe("safe");
  });

  it("of nondet_anytime() that comes to the end without a step is made before", () => {
    const result = explore(kernelC(chooser("nondet_anytime()", ";")));
    expect(result.verdict).toBe("deadlock");
  });
});

describe("a choice of nondet_member()", () => {
  const picks = (condition: string, before: string) => `
static int x;	/* 0..3 */
static DEFINE_PER_CPU(int, seen);	/* 0..1 */

static void works(void)
{
	for (;;) {
		${before}
		int cpu = nondet_member(cpu, any, ${condition});
		if (cpu >= 0)
			per_cpu(seen, cpu) = 1;
		x = 0;
	}
}
static void looks(void)
{
	per_cpu(seen, 0) = x > 1;
}
/* lab: thread works on 0 */
/* lab: thread looks on 1 */
`;

  it("is no step of its own where no other process has a say in it", () => {
    const [works] = translate(kernelC(picks("true", "x = 1;"))).processes;
    const labels = works?.leaving.flat().map(({ label }) => label) ?? [];
    expect(labels.filter((label) => label.includes("nondet_member"))).toEqual([]);
    expect(labels).toContain("x = 1");
  });

  it("is a step where it depends on what others change", () => {
    const [works] = translate(kernelC(picks("!per_cpu(seen, any)", "x = 1;"))).processes;
    const labels = works?.leaving.flat().map(({ label }) => label) ?? [];
    expect(labels.some((label) => label.includes("nondet_member"))).toBe(true);
  });
});

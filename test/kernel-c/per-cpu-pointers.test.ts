/** Pointers that change at run time and lead to what each CPU has one of: the nodes of a queue, run queues. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { bothOn } from "../../lib/verdict/index.js";
import { loadKernelC } from "./parser.js";

const kernelC = await loadKernelC();
const read = (name: string): string =>
  readFileSync(new URL(`./typed/${name}.c`, import.meta.url), "utf8");

const judged = (text: string): string => {
  const { result, report } = bothOn(kernelC(text));
  return `${result.verdict}, ${report?.kind ?? "silent"}`;
};

function changed(name: string, from: string, to: string): string {
  const text = read(name);
  expect(text).toContain(from);
  return judged(text.replace(from, to));
}

describe("a queue of the nodes of CPUs", () => {
  it.each([
    ["nobody waits for its turn", "while (!smp_load_acquire(&me->locked))", "if (0)", "misuse"],
    ["nobody is told of its turn", "smp_store_release(&next->locked, 1);", ";", "livelock"],
    ["three CPUs queue", "lab: cpus 2", "lab: cpus 3", "safe"],
    [
      "the tail stays at who has left",
      "if (cmpxchg(&tail, me, NULL) == me)",
      "if (READ_ONCE(tail) == me)",
      "livelock",
    ],
  ])("is judged as written: %s", (_, from, to, verdict) => {
    expect(changed("mcs-per-cpu", from, to)).toBe(`${verdict}, silent`);
  });
});

describe("two run queues that are locked at once", () => {
  it.each([
    ["in any order", "if (rq1 > rq2)", "if (0)", "deadlock, silent"],
    [
      "without a subclass",
      "_nested(&rq2->__lock, SINGLE_DEPTH_NESTING)",
      "(&rq2->__lock)",
      "safe, recursive",
    ],
    ["with three CPUs", "lab: cpus 2", "lab: cpus 3", "safe, silent"],
  ])("are judged as written: %s", (_, from, to, verdicts) => {
    expect(changed("double-rq-lock", from, to)).toBe(verdicts);
  });
});

it("a first value of what is per CPU is that of each", () => {
  const text = `/* lab: thread f on all */
/* lab: cpus 2 */
struct node { int left; /* 0..2 */ };
static struct node other = { .left = 1 };
static DEFINE_PER_CPU(struct node, nodes) = { .left = 2 };
static struct node *some = &other;
static void f(void)
{
	struct node *own = this_cpu_ptr(&nodes);
	BUG_ON(own->left != 2);
	BUG_ON(READ_ONCE(some)->left == 0);
	WRITE_ONCE(some, own);
}
`;
  expect(judged(text)).toBe("safe, silent");
  expect(judged(text.replace("== 0", "== 1"))).toBe("assert, silent");
});

/** What is said of texts that make no sense: as a compiler says it, all of it, with what to write instead. */
import { describe, expect, it } from "vitest";
import { explore } from "../../lib/explore/index.js";
import { loadKernelC } from "./parser.js";
import { head, said } from "./said.js";

const kernelC = await loadKernelC();

describe("a count that begins where it cannot be", () => {
  const at = (declared: string, init = ""): string =>
    `/* lab: thread f on 0 */\n${declared}\n${init}\nstatic void f(void) { down(&s); }\n`;

  it.each([
    ["static DEFINE_SEMAPHORE(s, -1);", "", "t.c:2:25: the first value is -1"],
    [
      "static struct semaphore s;",
      "static void __init init(void) { sema_init(&s, -1); }",
      "t.c:2:25: the first value is -1, and the values are 0..1",
    ],
    [
      "static struct semaphore s;",
      "static void __init init(void) { sema_init(&s, 5000000000); }",
      "t.c:2:25: the first value is 5000000000, and the values are",
    ],
    [
      "static struct semaphore s;\nstatic refcount_t r = REFCOUNT_INIT(-1);",
      "",
      "t.c:3:19: the first value is -1",
    ],
    [
      "static struct semaphore s = __SEMAPHORE_INITIALIZER(s, -2);",
      "",
      "t.c:2:25: the first value is -2, and the values are 0..1",
    ],
  ])("%s %s", (declared, init, message) => {
    const all = said(at(declared, init));
    expect(all).toContain(message);
    // Where it is used is not wrong once more.
    expect(all).not.toContain("no such name");
  });

  it("is the number that an initialiser has", () => {
    const verdict = (init: string): string =>
      explore(
        kernelC(
          `/* lab: thread f on 0 */\nstatic struct semaphore s = ${init};\nstatic void f(void) { down(&s); down(&s); }\n`,
        ),
      ).verdict;
    expect(verdict("__SEMAPHORE_INITIALIZER(s, 1)")).toBe("deadlock");
    expect(verdict("__SEMAPHORE_INITIALIZER(s, 2)")).toBe("safe");
  });

  it("may be below zero where a count is signed, as an atomic_t is, and its range has it", () => {
    const counts = (range: string): string | null =>
      said(
        `/* lab: thread f on 0 */\nstatic atomic_t n = ATOMIC_INIT(-5); ${range}\nstatic void f(void) { atomic_inc(&n); }\n`,
      );
    expect(counts("")).toBeNull();
    expect(counts("/* -5..3 */")).toBeNull();
    expect(counts("/* 0..3 */")).toContain(
      "t.c:2:17: the first value is -5, and the values are 0..3",
    );
  });
});

/** A body of f(), and what is said of it. */
const wrong: readonly (readonly [string, RegExp])[] = [
  ["raw_spin_lok(&l);", /no such call: raw_spin_lok\(\); did you mean raw_spin_lock\(\)\?/],
  ["raw_spin_lock(&m);", /&m is a struct mutex, and not a raw_spinlock_t/],
  ["mutex_lock(m);", /mutex_lock\(\) wants an address: write &m/],
  ["a.k = 3;", /struct foo has no member k; did you mean n\?/],
  ["yy = 2;", /no such name: yy/],
  ["x = 1.5;", /1\.5 is no whole number/],
  ["f();", /f\(\) > f\(\) calls itself: calls are inlined, so write a loop/],
  ["raw_spin_lock(&l, 1);", /raw_spin_lock\(lock\) is given 2 arguments/],
  ["mutex_lock_nested(&m, x);", /x has to be a constant/],
  ["goto out;", /no such label: out/],
  ["break;", /break outside of a loop/],
  ['asm volatile("nop");', /assembler/],
  ["x = sizeof(a);", /sizes of types/],
  ["list_for_each_thing(p, &l) { }", /no such loop: list_for_each_thing\(\)/],
  ["scoped_guard(mutx, &m) { }", /no such guard: mutx/],
  ["int y[1]; y[2] = 1;", /there are elements 0 to 0, and not 2/],
  ["struct bar b;", /no such structure: struct bar/],
  ["strct foo *p;", /./],
  ["spinlok_t s;", /no such type: spinlok_t; did you mean spinlock_t\?/],
  ["switch (x) { case x: break; }", /x is no constant/],
  ["per_cpu(x, 0) = 1;", /x is not per CPU/],
  ["a = a;", /is a structure/],
  ["m = 1;", /mutex/],
  ["x = 99999999999;", /too large/],
  ["WRITE_ONCE(3, 1);", /has no place/],
];

describe("a fault is said where it is", () => {
  it.each(wrong)("%s", (body, message) => {
    const text = `${head}static void f(void)\n{\n\t${body}\n}\n`;
    const all = said(text);
    expect(all).toMatch(message);
    expect(all?.split("\n")[0]).toMatch(/^t\.c:9:\d+: /);
  });

  it("all of them, each once, in the order of the text", () => {
    const bodies = wrong.slice(0, 6).map(([body]) => `\t${body}`);
    const text = `${head}static void f(void)\n{\n${bodies.join("\n")}\n}\n`;
    const lines = [...(said(text) ?? "").matchAll(/^t\.c:(\d+):/gm)].map(([, line]) =>
      Number(line),
    );
    expect(lines).toEqual([9, 10, 11, 12, 13, 14]);
  });

  it("with the line, and a caret below its place", () => {
    const text = "/* lab: thread f on 0 */\nvoid f(void)\n{\n\tspin_lok(&l);\n}\n";
    expect(said(text)).toBe(
      "t.c:4:2: no such call: spin_lok(); did you mean spin_lock()?\n" +
        "    4 | \tspin_lok(&l);\n" +
        "      | \t^~~~~~~~",
    );
  });

  it("where a ; is missing, and of the calls around it", () => {
    const text =
      "/* lab: thread f */\nstatic int x;\nvoid f(void)\n{\n\tx = 1\n\tmutex_lok(0);\n}\n";
    expect(said(text)).toContain("t.c:5:7: expected ; here\n    5 | \tx = 1\n      | \t     ^");
    expect(said(text)).toContain("no such call: mutex_lok(); did you mean mutex_lock()?");
  });

  it("once, where a variable is declared and not where it is used", () => {
    const body = "int k = nothing(1);\n\tx = k + k;\n\tif (k) x = 1;";
    const text = `${head}static void f(void)\n{\n\t${body}\n}\n`;
    expect(said(text)?.match(/^t\.c:/gm)).toHaveLength(1);
  });

  it("of one variable of a declaration, and not of those behind it", () => {
    const body = "int k = nothing(1), other;\n\tother = x;\n\tx = other;";
    const text = `${head}static void f(void)\n{\n\t${body}\n}\n`;
    expect(said(text)?.match(/^t\.c:/gm)).toHaveLength(1);
  });

  it("of a call, and not of what its entry is declared with", () => {
    const text = `/* lab: thread f on 0 */
static DECLARE_WAIT_QUEUE_HEAD(wq);
static void f(void)
{
	DECLARE_WAITQUEUE(wait, current);

	add_wait_queue(&wq, &wait);
}
`;
    expect(said(text)).toMatch(
      /^t\.c:7:2: add_wait_queue\(\) is not in the subset: prepare_to_wait\(\)/,
    );
    expect(said(text)?.match(/^t\.c:/gm)).toHaveLength(1);
  });

  it("of a pointer into an array of each CPU, with what can be pointed to", () => {
    const text = `struct node { struct node *next; };
static DEFINE_PER_CPU(struct node, node[2]);
static struct node *tail;
/* lab: thread f on 0 */
static void f(void)
{
	struct node *me = &per_cpu(node, smp_processor_id())[1], *before;

	before = xchg(&tail, me);
	if (before)
		before->next = me;
}
`;
    expect(said(text)).toMatch(/is in an array of each CPU: .* static struct node node\[N\]/);
    expect(said(text)?.match(/^t\.c:/gm)).toHaveLength(1);
  });

  it.each(["module_init", "fs_initcall", "late_initcall_sync", "console_initcall"])(
    "but of no %s() of an init function",
    (call) => {
      const text = `static int __init set_up(void)\n{\n\treturn 0;\n}\n${call}(set_up);\n`;
      expect(said(`${text}/* lab: thread f on 0 */\nstatic void f(void) { }`)).toBeNull();
    },
  );

  it("of what a comment says, and not that nothing runs", () => {
    const faults = said("/* lab: thread f(0) on own */ void f(int k) { }");
    expect(faults?.match(/^t\.c:/gm)).toHaveLength(1);
    expect(faults).toMatch(/lab: thread FUNCTION \[on CPU\] \[forever\] is wanted/);
  });

  it("of the lines in comments too", () => {
    expect(said("void f(void) { }")).toMatch(/nothing runs: a comment says what does/);
    expect(said("/* lab: thraed f on 0 */ void f(void) { }")).toMatch(/did you mean thread\?/);
    expect(said("/* lab: thread g on 0 */ void f(void) { }")).toMatch(/no such function: g\(\)/);
    expect(said("/* lab: thread f on 3 */ /* lab: cpus 2 */ void f(void) { }")).toMatch(/no CPU 3/);
  });
});

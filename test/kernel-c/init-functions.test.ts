/** What runs first without a comment that says so: `module_init()`, and threads of `kthread_run()`. */
import { describe, expect, it } from "vitest";
import { explore } from "../../lib/explore/index.js";
import { bothOn } from "../../lib/verdict/index.js";
import { loadKernelC } from "./parser.js";

const kernelC = await loadKernelC();

const verdictOf = (text: string): string => {
  const { result, report } = bothOn(kernelC(text));
  return `${result.verdict}, ${report?.kind ?? "silent"}`;
};

const asserts = (set: string, more = ""): string => `
static int x; /* 0..3 */
${more}
static int __init foo_init(void)
{
	${set}
	return 0;
}
module_init(foo_init);
/* lab: thread user */
static void user(void) { BUG_ON(x != 2); }
`;

describe("a function of module_init()", () => {
  it("has run before anybody else begins", () => {
    expect(verdictOf(asserts("x = 1; x++;"))).toBe("safe, silent");
    expect(verdictOf(asserts("x = 1;"))).toBe("assert, silent");
    expect(verdictOf(asserts("x = 2;").replace("module_init(", "late_initcall_sync("))).toBe(
      "safe, silent",
    );
    const inComment = asserts("x = 2;").replace(
      "module_init(foo_init);",
      "// module_init(foo_init);",
    );
    expect(verdictOf(inComment)).toBe("assert, silent");
  });

  it("runs once, where a comment or a caller runs it", () => {
    expect(verdictOf(`/* lab: thread foo_init */${asserts("x = 2;")}`)).toBe("assert, silent");
    expect(
      verdictOf(asserts("x++;", "").replace("{ BUG_ON", "{ foo_init(); foo_init(); BUG_ON")),
    ).toBe("safe, silent");
  });

  it("leaves out what nobody knows, and no more", () => {
    expect(
      verdictOf(
        asserts(
          'int major = register_chrdev(0, "foo", &fops); if (major < 0) return major; cls = class_create("foo"); x = 2;',
        ),
      ),
    ).toBe("safe, silent");
  });

  it("is told with what was left out, each once", () => {
    const said = (set: string): readonly string[] => explore(kernelC(asserts(set))).warnings;
    const [warning] = said("register_foo(1); register_foo(2); cls = class_create(x); x = 2;");
    expect(warning).toMatch(
      /^the lab does not know register_foo\(\) in foo_init\(\), class_create\(\) in foo_init\(\), and leaves that out/,
    );
    expect(said("x = 2;").join()).not.toContain("leaves that out");
  });

  it.each([
    ["mutex_lok(&m); x = 2;", "no such call: mutex_lok(); did you mean mutex_lock()?"],
    ["mutex_lock(m); x = 2;", "mutex_lock() wants an address"],
    ["x = 2; if (mutex_trylock(&n)) x = 1;", "no such name: n"],
  ])("says what is wrong with locks: %s", (set, message) => {
    expect(() => kernelC(asserts(set, "static DEFINE_MUTEX(m);"))).toThrow(message);
  });

  it("lets several run, one after the other", () => {
    const second =
      "static int __init bar_init(void) { x++; return 0; }\nsubsys_initcall(bar_init);";
    expect(verdictOf(asserts("x = 1;").replace("/* lab", `${second}\n/* lab`))).toBe(
      "safe, silent",
    );
  });

  it("has its interrupts and its work after it", () => {
    const text = asserts(
      "INIT_WORK(&work, work_fn); request_irq(5, handler, 0, NULL, NULL); schedule_work(&work); x = 2;",
      `static struct work_struct work;
static void work_fn(struct work_struct *w) { BUG_ON(x == 1); }
static irqreturn_t handler(int irq, void *dev) { BUG_ON(x != 2); return IRQ_HANDLED; }`,
    );
    expect(verdictOf(text)).toBe("safe, silent");
    // A work may run as soon as it is queued.
    expect(verdictOf(text.replace("x == 1", "x == 0"))).toBe("assert, silent");
  });

  it("shows lockdep which locks it takes", () => {
    const lock = (one: string, other: string): string =>
      `mutex_lock(&${one}); mutex_lock(&${other}); mutex_unlock(&${other}); mutex_unlock(&${one});`;
    const text = asserts(
      `${lock("a", "b")} x = 2;`,
      "static DEFINE_MUTEX(a); static DEFINE_MUTEX(b);",
    ).replace("BUG_ON", `${lock("b", "a")} BUG_ON`);
    expect(verdictOf(text)).toBe("safe, circular");
  });

  it("is nothing that runs, if nothing else does", () => {
    const alone = asserts("x = 2;").replace("/* lab: thread user */", "");
    expect(() => kernelC(alone)).toThrow("nothing runs: a comment says what does");
    const withIrq = alone.replace("x = 2;", "request_irq(5, user, 0, NULL, NULL);");
    expect(verdictOf(withIrq)).toBe("assert, silent");
  });
});

const thread = (loop: string, more = ""): string => `
static struct task_struct *task;
static int pending; /* 0..2 */
static struct foo { int seen; } foo;
static int worker(void *data)
{
	struct foo *of = data;
	${loop}
	return 0;
}
static int __init foo_init(void)
{
	pending = 1;
	task = kthread_run(worker, &foo, "worker/%d", 0);
	if (IS_ERR(task))
		return PTR_ERR(task);
	${more}
	return 0;
}
module_init(foo_init);
/* lab: thread foo_exit */
static void foo_exit(void)
{
	kthread_stop(task);
	BUG_ON(!foo.seen);
}
`;

describe("a thread of kthread_run()", () => {
  it("begins when it is started, with its data, and can be stopped", () => {
    expect(verdictOf(thread("BUG_ON(!pending); of->seen = 1;"))).toBe("safe, silent");
    expect(verdictOf(thread("BUG_ON(pending);"))).toBe("assert, silent");
    expect(verdictOf(thread("of->seen = pending > 1;", "pending = 2;"))).toBe("assert, silent");
  });

  it("sleeps through kthread_stop(), where it asks before it is no more running", () => {
    const sleeps = (first: string, then: string): string =>
      thread(`of->seen = 1; while (!kthread_should_stop()) { ${first} ${then} schedule(); }`);
    const state = "set_current_state(TASK_INTERRUPTIBLE);";
    expect(verdictOf(sleeps(state, ""))).toBe("deadlock, silent");
    expect(verdictOf(sleeps(state, "if (kthread_should_stop()) break;"))).toBe("safe, silent");
  });

  it("is one, and says so where there would be two", () => {
    const twice = thread("of->seen = 1;", 'kthread_run(worker, &foo, "second");');
    const { verdict, violations } = explore(kernelC(twice));
    expect(verdict).toBe("misuse");
    expect(violations.misuse?.message).toContain("worker() is one thread, and is started again");
    const other = thread("of->seen = 1;", 'kthread_run(worker, NULL, "second");');
    expect(explore(kernelC(other)).verdict).toBe("misuse");
  });

  it("is the one of the comment, where that names it", () => {
    const said = `/* lab: thread worker on 0 */${thread("of->seen = 1;")}`;
    expect(kernelC(said).processes.filter(({ name }) => name === "worker")).toHaveLength(1);
    expect(verdictOf(said)).toBe("safe, silent");
    const two = `/* lab: thread worker */\n/* lab: thread worker */${thread("")}`;
    expect(() =>
      kernelC(two.replace("module_init(foo_init);", "/* lab: thread foo_init */")),
    ).toThrow("several threads of it begin at once");
  });
});

/** What a developer pastes from the kernel: it works, or the answer says what to write instead. */
import { describe, expect, it } from "vitest";
import { KernelCError } from "../../lib/kernel-c/index.js";
import { explore } from "../../lib/explore/index.js";
import { translate } from "../../lib/machine/index.js";
import { loadKernelC } from "./parser.js";

const kernelC = await loadKernelC();

const head = `/* lab: thread f on 0 */
/* lab: thread g on 1 */
static DEFINE_SPINLOCK(a);
static DEFINE_SPINLOCK(b);
static int x; /* 0..9 */
static void g(void) { spin_lock(&a); x = 3; spin_unlock(&a); }
`;
const inF = (before: string, body: string): string =>
  `${head}${before}\nstatic void f(void)\n{\n\t${body}\n}\n`;

const works: readonly (readonly [what: string, before: string, body: string])[] = [
  [
    "a loop whose head is a macro",
    "#define each(d) for (d = 0; d < 2; d++)",
    "int d; each(d) x = d;",
  ],
  [
    "a loop around one of the kernel's",
    "struct node { struct list_head list; int v; };\nstatic LIST_HEAD(all);\nstatic struct node n1;\n#define each_node(n) \\\n\tlist_for_each_entry(n, &all, list)",
    "struct node *n; list_add(&n1.list, &all); each_node(n) n->v = 1;",
  ],
  [
    "a macro of several lines, in an if without braces",
    "#define both(p, q) \\\n\tdo { \\\n\t\tspin_lock(p); \\\n\t\tspin_lock(q); \\\n\t} while (0)",
    "if (x) both(&a, &b); else both(&a, &b); spin_unlock(&b); spin_unlock(&a);",
  ],
  [
    "max() as it was written before minmax.h",
    "#define larger(p, q) ({ typeof(p) _p = (p); typeof(q) _q = (q); _p > _q ? _p : _q; })",
    "x = larger(x, 2);",
  ],
  ["__auto_type", "", "__auto_type y = x; x = y;"],
  [
    "a macro that prints",
    "#define dbg(fmt, ...) printk(KERN_DEBUG fmt, ##__VA_ARGS__)",
    'dbg("x"); dbg("x %d", x);',
  ],
  [
    "arguments by a name",
    "#define lock_it(l, args...) spin_lock(l)",
    "lock_it(&a, 1, 2); spin_unlock(&a);",
  ],
  [
    "__VA_ARGS__",
    "#define call(fn, ...) fn(__VA_ARGS__)",
    "call(spin_lock, &a); call(spin_unlock, &a);",
  ],
  ["a tracepoint", "", "if (trace_foo_enabled()) x = 9; trace_foo(x, 1);"],
  ["#ifdef inside a function", "", "x = 1;\n#ifdef CONFIG_FOO\n\tx = 99;\n#else\n\tx = 2;\n#endif"],
  [
    "#if with && and comparisons",
    "#define VERSION 3\n#if defined(VERSION) && (VERSION > 2 || IS_ENABLED(CONFIG_FOO))\n#define WORD 4\n#else\n#define WORD 99\n#endif",
    "x = WORD;",
  ],
  [
    "#ifdef inside a structure",
    "struct dev { int n;\n#ifdef CONFIG_FOO\n\tint gone;\n#else\n\tint here;\n#endif\n};\nstatic struct dev dev;",
    "dev.here = 1;",
  ],
  [
    "IS_ENABLED() of what the file defines",
    "#define CONFIG_FOO 1",
    "if (IS_ENABLED(CONFIG_FOO)) x = 1; else x = 99;",
  ],
  ["goto into a loop", "", "int i = 0; goto in; for (i = 0; i < 3; i++) { in: x = i; }"],
  ["goto into an if that is never entered", "", "goto in; if (0) { in: x = 1; }"],
  ["static_assert and BUILD_BUG_ON", "", "BUILD_BUG_ON(sizeof(int) != 4); static_assert(1);"],
  [
    "a register that is written",
    "static void *regs;",
    "writel(1, regs); spin_lock(&a); spin_unlock(&a);",
  ],
  [
    "IS_ERR_VALUE()",
    "static int get(void) { return -EINVAL; }",
    "int e = get(); if (IS_ERR_VALUE(e)) return; x = 99;",
  ],
  [
    "a timer that nothing arms",
    "static void late(struct timer_list *t) { x = 1; }\nstatic DEFINE_TIMER(t, late);",
    "x = 2;",
  ],
  [
    "annotations of sparse",
    "static __always_inline void take(void) __acquires(&a) { spin_lock(&a); }",
    "take(); spin_unlock(&a);",
  ],
];

const answers: readonly (readonly [before: string, body: string, message: RegExp])[] = [
  [
    "",
    "int *p = kmalloc(sizeof(*p), GFP_KERNEL);",
    /kmalloc\(\) is not in the subset: objects are declared here/,
  ],
  ["", "x = sizeof(x);", /sizes of types/],
  ["static void *regs;", "x = readl(regs);", /readl\(\) is not in the subset: what a device says/],
  ["static double d;", "x = 1;", /double: the kernel has no floating point/],
  ["", "switch (x) { case 1 ... 3: x = 1; }", /write a case for each value/],
  ["", "void *p = &&out; goto *p; out: x = 1;", /write a switch with a goto in each case/],
  ["", "x = _Generic(x, int: 1, default: 2);", /_Generic chooses by a type/],
  ["#define CAT(p, q) p##q", "x = CAT(1, 2);", /CAT: ## joins names/],
  [
    "",
    "scoped_cond_guard(mutex_try, return, &a) x = 2;",
    /scoped_cond_guard\(\) is not in the subset/,
  ],
  ["", "l: x = 1; if (x) { l: x = 2; } goto l;", /l: is there twice/],
  ["", "spin_lock_nested(&a, -1);", /-1 is no subclass: they are numbered from 0/],
  ["static int y = 12; /* 0..9 */", "y = 1;", /the first value is 12, and the values are 0\.\.9/],
  [
    "struct p { int v; };\nstatic struct p ps[2], more[2];",
    "struct p *q = &ps[2]; q->v = 1;",
    /there are elements 0 to 1, and not 2/,
  ],
  ["", "typeof(x) y; y = 1;", /typeof\(\) is known of a variable that gets a value/],
  ["union u { int i; };", "x = 1;", /unions are not in the subset: use a struct/],
  ["static void log(const char *fmt, ...) { }", "x = 1;", /parameters that are not named/],
];

describe("what is pasted", () => {
  it.each(works)("works: %s", (_, before, body) => {
    expect(explore(kernelC(inF(before, body), { file: "t.c" })).violations).toEqual({});
  });

  it.each(answers)("is answered: %s %s", (before, body, message) => {
    let said = "";
    try {
      translate(kernelC(inF(before, body), { file: "t.c" }));
    } catch (error) {
      if (!(error instanceof KernelCError)) throw error;
      said = error.message;
    }
    expect(said).toMatch(message);
  });
});

import { describe, expect, it } from "vitest";
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";
import { behindLockdep } from "../../../lib/notebook/lessons/lockdep/behind-lockdep.js";
import { classOfItsOwn } from "../../../lib/notebook/lessons/lockdep/class-of-its-own.js";
import { firstOfSix } from "../../../lib/notebook/lessons/lockdep/first-of-six.js";
import { expectRefused, expectSolved } from "./solved.js";

const kernelC = await loadKernelC();

it("the fifth of the six paths is reported", () => {
  const question = firstOfSix(kernelC);
  expect([1, 2, 3, 4, 5, 6].map((guess) => question.judge(guess)).indexOf(true)).toBe(4);
});

describe("a class of its own", () => {
  const exercise = classOfItsOwn(kernelC);

  it.each([
    [
      "two structs",
      "struct node { raw_spinlock_t lock; } parent; struct leaf { raw_spinlock_t lock; } child;",
    ],
    [
      "the parent's struct",
      "struct root { raw_spinlock_t lock; } parent; struct node { raw_spinlock_t lock; } child;",
    ],
    [
      "a further member beside it",
      "struct node { raw_spinlock_t lock; int depth; } parent; struct leaf { int depth; raw_spinlock_t lock; } child;",
    ],
  ])("is solved by %s", (_, declarations) => {
    expectSolved(exercise, declarations);
  });

  it.each([
    ["one struct", "struct node { raw_spinlock_t lock; }; static struct node parent, child;"],
    ["nothing", ""],
    [
      "functions of one's own",
      "struct node { raw_spinlock_t lock; }; static struct node parent, child;\nstatic void down(void) { }\nstatic void up(void) { }",
    ],
    ["no lock", "struct node { int lock; } parent; struct leaf { int lock; } child;"],
  ])("is not solved by %s", (_, declarations) => {
    expectRefused(exercise, declarations);
  });
});

describe("behind lockdep's back", () => {
  const exercise = behindLockdep(kernelC);
  const locks = "static DEFINE_RAW_SPINLOCK(a);\nstatic DEFINE_RAW_SPINLOCK(b);\n";
  const inside = (lock: string, body: string): string =>
    `raw_spin_lock(&${lock});${body}raw_spin_unlock(&${lock});`;
  const functions = (one: string, other: string): string =>
    `static void one(void) { ${one} }\nstatic void other(void) { ${other} }`;
  const wait = "while (!READ_ONCE(ready)) cpu_relax();";
  const set = "WRITE_ONCE(ready, true);";
  const flag = `static bool ready;\n${locks}`;
  const nodes = `struct node { raw_spinlock_t lock; } nodes[2];
static void init(struct node *n) { raw_spin_lock_init(&n->lock); }
static void move(struct node *from, struct node *to)
{
	raw_spin_lock(&from->lock);
	raw_spin_lock_nested(&to->lock, SINGLE_DEPTH_NESTING);
	raw_spin_unlock(&to->lock);
	raw_spin_unlock(&from->lock);
}\n`;

  it.each([
    [
      "a flag that is waited for under a lock",
      flag + functions(inside("a", wait), inside("a", set)),
    ],
    [
      "a broken promise",
      nodes + functions("move(&nodes[0], &nodes[1]);", "move(&nodes[1], &nodes[0]);"),
    ],
    ["a flag behind two locks", flag + functions(inside("a", inside("b", wait)), inside("b", set))],
  ])("is solved by %s", (_, answer) => {
    expectSolved(exercise, answer);
  });

  it.each([
    ["two orders", locks + functions(inside("a", inside("b", "")), inside("b", inside("a", "")))],
    ["one order", locks + functions(inside("a", inside("b", "")), inside("a", inside("b", "")))],
    ["nothing", functions("", "")],
    ["no text", ""],
    [
      "waiting without any lock",
      `static bool never;\n${functions("while (!READ_ONCE(never)) cpu_relax();", "while (!READ_ONCE(never)) cpu_relax();")}`,
    ],
    ["a loop that never ends, under a lock", flag + functions(inside("a", wait), inside("a", ""))],
    [
      "a lock taken twice",
      locks + functions("raw_spin_lock(&a); raw_spin_lock(&a);", inside("a", "")),
    ],
    ["a wait beside the locks", flag + functions(`${inside("a", "")} ${wait}`, inside("a", ""))],
    ["never unlocking", locks + functions("raw_spin_lock(&a);", inside("a", ""))],
  ])("is not solved by %s", (_, answer) => {
    expectRefused(exercise, answer);
  });
});

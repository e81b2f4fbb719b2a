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
  const node = "struct node { raw_spinlock_t lock; };\nstatic struct node parent, child;\n";

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
    [
      "structs without a name",
      "static struct { raw_spinlock_t lock; } parent, other;\nstatic struct { raw_spinlock_t lock; } child;",
    ],
    [
      "types of two names",
      "typedef struct { raw_spinlock_t lock; } root_t;\ntypedef struct { raw_spinlock_t lock; } leaf_t;\nstatic root_t parent;\nstatic leaf_t child;",
    ],
    [
      "a struct in the other",
      "struct leaf { raw_spinlock_t lock; };\nstatic struct node { raw_spinlock_t lock; struct leaf leaf; } parent;\n#define child parent.leaf",
    ],
    [
      "a key of its own",
      `${node}static struct lock_class_key leaf_key;\nstatic void init(void) { lockdep_set_class(&child.lock, &leaf_key); }`,
    ],
    [
      "a subclass that the lock has for good",
      `${node}static void init(void) { lockdep_set_subclass(&child.lock, 1); }`,
    ],
    [
      "a key of its own under the old name",
      `${node}static struct lock_class_key leaf_key;\nstatic void init(void) { lockdep_set_class_and_name(&child.lock, &leaf_key, "&node->lock"); }`,
    ],
    [
      "two lines that initialise",
      `${node}static void init(void)\n{\n\traw_spin_lock_init(&parent.lock);\n\traw_spin_lock_init(&child.lock);\n}`,
    ],
    [
      "a line that initialises one of them",
      `${node}static void init(void) { raw_spin_lock_init(&child.lock); }`,
    ],
    [
      "static initialisers",
      "struct node { raw_spinlock_t lock; };\nstatic struct node parent = { .lock = __RAW_SPIN_LOCK_UNLOCKED(parent.lock) };\nstatic struct node child = { .lock = __RAW_SPIN_LOCK_UNLOCKED(child.lock) };",
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
    [
      "one line that initialises both",
      `${node}static void init(struct node *n) { raw_spin_lock_init(&n->lock); }`,
    ],
    ["locking that is defined away", `${node}#define raw_spin_lock(x)\n#define raw_spin_unlock(x)`],
    ["trying instead", `${node}#define raw_spin_lock(x) raw_spin_trylock(x)`],
    [
      "one lock by two names",
      "struct node { raw_spinlock_t lock; };\nstatic struct node parent;\n#define child parent",
    ],
    [
      "two elements of an array",
      "struct node { raw_spinlock_t lock; };\nstatic struct node nodes[2];\n#define parent nodes[0]\n#define child nodes[1]",
    ],
    [
      "a second name for the type",
      "struct node { raw_spinlock_t lock; };\ntypedef struct node leaf_t;\nstatic struct node parent;\nstatic leaf_t child;",
    ],
    [
      "a lock that is kept from lockdep",
      `${node}static void init(void) { lockdep_set_novalidate_class(&child.lock); }`,
    ],
    ["lockdep switched off", `${node}static void init(void) { lockdep_off(); }`],
    [
      "mutexes",
      "struct node { struct mutex lock; } parent; struct leaf { struct mutex lock; } child;",
    ],
    [
      "a report about something else",
      `${node}static DEFINE_RAW_SPINLOCK(a);\n/* lab: thread twice on 0 */\nstatic void twice(void) { raw_spin_lock(&a); raw_spin_lock(&a); }`,
    ],
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
    [
      "a lock that is tried again and again",
      locks +
        functions(
          inside("a", "while (!raw_spin_trylock(&b)) cpu_relax(); raw_spin_unlock(&b);"),
          inside("b", inside("a", "")),
        ),
    ],
    [
      "telling lockdep what is not so",
      locks +
        functions(
          inside(
            "a",
            `spin_release(&a.dep_map, _RET_IP_); ${inside("b", "")} spin_acquire(&a.dep_map, 0, 0, _RET_IP_);`,
          ),
          inside("b", inside("a", "")),
        ),
    ],
    [
      "a completion that is waited for under a mutex",
      "static DECLARE_COMPLETION(done);\nstatic DEFINE_MUTEX(m);\n" +
        functions(
          "mutex_lock(&m); wait_for_completion(&done); mutex_unlock(&m);",
          "mutex_lock(&m); complete(&done); mutex_unlock(&m);",
        ),
    ],
    [
      "a semaphore, of which lockdep knows nothing",
      "static DEFINE_SEMAPHORE(s, 1);\nstatic DEFINE_MUTEX(m);\n" +
        functions(
          "mutex_lock(&m); down(&s); up(&s); mutex_unlock(&m);",
          "down(&s); mutex_lock(&m); mutex_unlock(&m); up(&s);",
        ),
    ],
    [
      "a lock that is a bit",
      "static unsigned long word;\n" +
        locks +
        functions(
          inside("a", "bit_spin_lock(0, &word); bit_spin_unlock(0, &word);"),
          `bit_spin_lock(0, &word); ${inside("a", "")} bit_spin_unlock(0, &word);`,
        ),
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
    [
      "lockdep switched off",
      locks +
        functions(
          `${inside("a", "")} lockdep_off(); ${inside("a", inside("b", ""))} lockdep_on();`,
          inside("b", inside("a", "")),
        ),
    ],
    [
      "locks that are kept from lockdep",
      `${locks}static void init(void) { lockdep_set_novalidate_class(&a); lockdep_set_novalidate_class(&b); }\n` +
        functions(inside("a", inside("b", "")), inside("b", inside("a", ""))),
    ],
    [
      "an assertion of its own in the place of an end",
      flag + functions(inside("a", wait), inside("a", "BUG_ON(1);")),
    ],
    [
      "a function that calls itself",
      "static DEFINE_RAW_SPINLOCK(a);\nstatic void one(void) { raw_spin_lock(&a); raw_spin_unlock(&a); one(); }\n" +
        "static void other(void) { raw_spin_lock(&a); raw_spin_unlock(&a); }",
    ],
    [
      "sleeping under a lock",
      locks + functions("raw_spin_lock(&a); schedule(); raw_spin_unlock(&a);", inside("a", "")),
    ],
    [
      "a third thread that never ends",
      `${flag}/* lab: thread third on 2 */\nstatic void third(void) { ${inside("a", wait)} }\n` +
        functions(inside("a", ""), inside("a", "")),
    ],
    [
      "a wait for something that is called a lock",
      `static int my_lock;\n${locks}` +
        functions(
          `${inside("a", "")} smp_cond_load_acquire(&my_lock, VAL == 1);`,
          inside("a", "my_lock = 1; my_lock = 0;"),
        ),
    ],
  ])("is not solved by %s", (_, answer) => {
    expectRefused(exercise, answer);
  });
});

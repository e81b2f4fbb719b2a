import { describe, expect, it } from "vitest";
import { lockdepOn } from "../../lib/verdict/index.js";
import { loadKernelC } from "./parser.js";

const kernelC = await loadKernelC();

const both = `
/* lab: thread both on 0 */
static void both(void)
{
	raw_spin_lock(&one.lock);
	raw_spin_lock(&other.lock);
	raw_spin_unlock(&other.lock);
	raw_spin_unlock(&one.lock);
}
`;
const node = "struct node { raw_spinlock_t lock; };\n";
const pair = `${node}static struct node one, other;\n`;
const seen = (declarations: string) => {
  const lockdep = lockdepOn(kernelC(declarations + both));
  return lockdep.report?.kind ?? lockdep.graph().classes.map(({ name }) => name);
};

describe("a class of locks", () => {
  it("is that of a member, where nothing else is said", () => {
    expect(seen(pair)).toBe("recursive");
    expect(seen(`${pair}static void init(struct node *n) { raw_spin_lock_init(&n->lock); }`)).toBe(
      "recursive",
    );
  });

  it("is that of one lock, where a line initialises this one, whether it runs or not", () => {
    const line = (name: string) => `raw_spin_lock_init(&${name}.lock);`;
    const names = ["&one.lock", "&other.lock"];
    expect(seen(`${pair}static void init(void)\n{\n${line("one")}\n${line("other")}\n}`)).toEqual(
      names,
    );
    expect(seen(`${pair}static void init(void) { ${line("other")} }`)).toEqual([
      "&node->lock",
      "&other.lock",
    ]);
  });

  it("is that of one lock, where a static initialiser names it", () => {
    const named = (name: string) =>
      `static struct node ${name} = { .lock = __RAW_SPIN_LOCK_UNLOCKED(${name}.lock) };\n`;
    expect(seen(node + named("one") + named("other"))).toEqual(["one.lock", "other.lock"]);
  });
});

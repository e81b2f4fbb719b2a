import { describe, expect, it } from "vitest";
import { lockdepOn } from "../../lib/verdict/index.js";
import { loadKernelC } from "./parser.js";

const kernelC = await loadKernelC();

const text = (comparison: string, first: number, second: number): string => `
/* lab: thread both on 0 */
static struct mutex nodes[3];
static int node_cmp(const struct lockdep_map *a, const struct lockdep_map *b)
{
	${comparison}
}
static void nodes_init(int at)
{
	lockdep_set_lock_cmp_fn(&nodes[at], node_cmp, NULL);
}
static void both(void)
{
	mutex_lock(&nodes[${String(first)}]);
	mutex_lock(&nodes[${String(second)}]);
	mutex_unlock(&nodes[${String(second)}]);
	mutex_unlock(&nodes[${String(first)}]);
}
`;
const said = (comparison: string, first: number, second: number) =>
  lockdepOn(kernelC(text(comparison, first, second))).report?.kind;

describe("lockdep_set_lock_cmp_fn() in C", () => {
  it.each([
    ["as a difference", "return a < b ? -1 : a > b;"],
    ["in statements", "if (a < b) { return -1; } else if (a == b) return 0; return (int)(a > b);"],
  ])("lets two locks of a class be held in its order alone: %s", (_, comparison) => {
    expect(said(comparison, 0, 2)).toBeUndefined();
    expect(said(comparison, 2, 0)).toBe("recursive");
  });

  it("takes its word for either, where it is no order", () => {
    expect(said("return -1;", 0, 1)).toBeUndefined();
    expect(said("return -1;", 1, 0)).toBeUndefined();
  });

  it("says where a comparison looks at more than two addresses, or is none", () => {
    expect(() => said("return a->key - b->key;", 0, 1)).toThrow(
      /:6:9: .*a comparison looks at the two addresses here/,
    );
    expect(() => said("while (a) ;", 0, 1)).toThrow(/:6:2: a comparison is made of if and return/);
    expect(() => said(";", 0, 1)).toThrow(/node_cmp\(\): it returns nothing/);
  });
});

/** Bits of a word whose numbers change at run time, and what looks at all of them at once. */
import { describe, expect, it } from "vitest";
import { explore } from "../../lib/explore/index.js";
import { loadKernelC } from "./parser.js";

const kernelC = await loadKernelC();

const verdictOf = (text: string): string => explore(kernelC(text)).verdict;
const alone = (body: string, declared = "static DECLARE_BITMAP(map, 3);"): string =>
  verdictOf(`/* lab: thread f */
${declared}
static void f(void) { int i, n = 0; ${body} }
`);

describe("a bitmap", () => {
  it.each([
    ["has no bit at first", "BUG_ON(!bitmap_empty(map, 3)); BUG_ON(find_first_bit(map, 3) != 3);"],
    ["finds the first", "set_bit(1, map); set_bit(2, map); BUG_ON(find_first_bit(map, 3) != 1);"],
    ["finds the first that is not", "set_bit(0, map); BUG_ON(find_first_zero_bit(map, 3) != 1);"],
    ["finds the next", "set_bit(0, map); set_bit(2, map); BUG_ON(find_next_bit(map, 3, 1) != 2);"],
    [
      "goes through those that are",
      "set_bit(0, map); set_bit(2, map); for_each_set_bit(i, map, 3) n += i + 1; BUG_ON(n != 4);",
    ],
    [
      "goes through the others",
      "set_bit(1, map); for_each_clear_bit(i, map, 3) n += i; BUG_ON(n != 2);",
    ],
    [
      "stops at a break",
      "bitmap_fill(map, 3); for_each_set_bit(i, map, 3) { n++; break; } BUG_ON(n != 1);",
    ],
    [
      "is filled, counted and emptied",
      "bitmap_fill(map, 3); BUG_ON(!bitmap_full(map, 3) || bitmap_weight(map, 3) != 3); bitmap_zero(map, 3); BUG_ON(!bitmap_empty(map, 3));",
    ],
    [
      "takes a number that is known at run time",
      "for (i = 0; i < 3; i++) set_bit(i, map); i = 1; clear_bit(i, map); BUG_ON(test_bit(i, map) || !test_bit(2, map)); BUG_ON(bitmap_weight(map, 3) != 2);",
    ],
  ])("%s", (_, body) => {
    expect(alone(body)).toBe("safe");
    // What was found is asked about in each.
    expect(alone(body.replace(/!= (\d)/, "== $1").replace("BUG_ON(!bit", "BUG_ON(bit"))).toBe(
      "assert",
    );
  });

  it("may be a member of a structure", () => {
    const declared =
      "struct dev { DECLARE_BITMAP(busy, 2); int x; /* 0..1 */ };\nstatic struct dev d;";
    expect(alone("set_bit(1, d.busy); BUG_ON(find_first_bit(d.busy, 2) != 1);", declared)).toBe(
      "safe",
    );
  });

  const allocates = (claims: string): string => `/* lab: thread f */
/* lab: thread f */
static DECLARE_BITMAP(map, 2);
static int users[2]; /* 0..1 */
static void f(void)
{
	int id = find_first_zero_bit(map, 2);
	if (id >= 2 || ${claims})
		return;
	users[id]++;
	users[id]--;
	clear_bit(id, map);
}
`;

  it("gives each number to one, where finding and claiming are one step", () => {
    expect(verdictOf(allocates("test_and_set_bit(id, map)"))).toBe("safe");
    expect(verdictOf(allocates("(set_bit(id, map), 0)"))).toBe("misuse");
  });

  it("is left by a number beyond it", () => {
    const { verdict, violations } = explore(
      kernelC(allocates("test_and_set_bit(id + 1, map)").replace("{\n", "{\n\tset_bit(0, map);\n")),
    );
    expect([verdict, violations.misuse?.message]).toEqual([
      "misuse",
      expect.stringMatching(/test_and_set_bit\(id \+ 1, map\) is outside of its 2 elements/),
    ]);
  });

  it("needs to know how many bits it has", () => {
    const text =
      "/* lab: thread f */\nstatic unsigned long word;\nstatic int k;\nstatic void f(void) { set_bit(k, &word); }\n";
    expect(() => kernelC(text)).toThrow(/how many bits it has is not known; for_each_set_bit\(\)/);
    expect(verdictOf(text.replace("int k;", "int k; /* 0..3 */"))).toBe("safe");
    expect(() => kernelC(text.replace("k, &word", "64, &word"))).toThrow("from 0 to 63");
    expect(() => alone("set_bit(3, map);")).toThrow("map has bits 0 to 2, and not 3");
  });
});

/** Texts that make no sense, and no sense at all. */
import { readFileSync, readdirSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { head, said } from "../said.js";

describe("no text makes it fail from within, or hang", () => {
  const words = [
    "int ",
    "x",
    "static ",
    "struct foo",
    "{",
    "}",
    "(",
    ")",
    ";",
    " = ",
    "&",
    "*",
    "->",
    ".",
    "if ",
    "while ",
    "for ",
    "(;;)",
    "return ",
    "goto out;",
    "out:",
    "mutex_lock",
    "raw_spin_lock",
    "list_for_each_entry",
    "(&l)",
    "(&m)",
    "0",
    "1",
    "#define F(x) ",
    "F(F(x))",
    "DEFINE_MUTEX(m);",
    "DEFINE_PER_CPU(int, p);",
    "per_cpu(p, x)",
    "do ",
    "switch (x) ",
    "case 1:",
    "guard(mutex)(&m);",
    "a->n",
    "[2]",
    "\n",
    "/* lab: thread f on 0 */",
    "void f(void) {",
    "/*",
    "*/",
    '"',
    "container_of(x, struct foo, n)",
    "? :",
    ",",
    "++",
    "cmpxchg(&x, 0, 1)",
    "try_cmpxchg",
    "swap(x, x);",
  ];
  const text = fc.array(fc.constantFrom(...words), { maxLength: 40 }).map((all) => all.join(""));

  it("of pieces of C", () => {
    fc.assert(
      fc.property(text, (pieces) => {
        said(`${head}${pieces}\nstatic void f(void) { ${pieces} }`);
      }),
      { numRuns: 400, interruptAfterTimeLimit: 30_000 },
    );
  });

  it("of files that somebody broke, in thousands of ways", () => {
    const texts = ["small", "natural", "stories"].flatMap((folder) => {
      const url = new URL(`../${folder}/`, import.meta.url);
      return readdirSync(url).map((file) => readFileSync(new URL(file, url), "utf8"));
    });
    const pieces = texts.map((one) => one.match(/\w+|\s+|[^\w\s]/g) ?? []);
    const all = pieces.flat();
    const change = fc.record({
      how: fc.constantFrom("drop", "replace", "insert", "swap"),
      at: fc.nat(),
      with: fc.nat(),
    });
    const broken = fc
      .tuple(fc.nat(pieces.length - 1), fc.array(change, { minLength: 1, maxLength: 4 }))
      .map(([which, changes]) => {
        const made = [...(pieces[which] ?? [])];
        for (const { how, at, with: other } of changes) {
          const place = at % made.length;
          const piece = all[other % all.length] ?? "";
          if (how === "drop") made.splice(place, 1 + (other % 5));
          else if (how === "replace") made[place] = piece;
          else if (how === "insert") made.splice(place, 0, piece);
          else made.splice(place, 1, made[other % made.length] ?? "");
        }
        return made.join("");
      });
    const runs = process.env["LAB_LONG_TESTS"] === "1" ? 5000 : 250;
    fc.assert(
      fc.property(broken, (one) => {
        const begun = performance.now();
        said(one);
        expect(performance.now() - begun).toBeLessThan(10_000);
      }),
      { numRuns: runs, interruptAfterTimeLimit: 50_000 },
    );
  });

  it("of any characters, nor of a text with one piece gone", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (any) => {
        said(any);
        said(`${head}static void f(void) { ${any} }`);
      }),
      { numRuns: 200, interruptAfterTimeLimit: 20_000 },
    );
  });
});

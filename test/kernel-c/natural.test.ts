/** C as kernel developers write it: what it does, and what a mistake in it does. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { bothOn } from "../../lib/verdict/index.js";
import { loadKernelC } from "./parser.js";

const kernelC = await loadKernelC();

const textOf = (name: string): string =>
  readFileSync(new URL(`./natural/${name}.c`, import.meta.url), "utf8");

function judge(text: string): string {
  const { result, report } = bothOn(kernelC(text));
  return `${result.verdict}, ${report?.kind ?? "silent"}`;
}

/** Each file as it is, and with a line changed as somebody might. */
const files: readonly {
  readonly name: string;
  readonly says: string;
  readonly mistakes: readonly (readonly [string, string, string])[];
}[] = [
  {
    name: "accounts",
    says: "safe, silent",
    mistakes: [
      ["{ .balance = 3 }", "{ .balance = 4 }", "assert, silent"],
      [
        "transfer(&accounts[0], &accounts[1], 1)",
        "transfer(&accounts[0], &accounts[0], 1)",
        "deadlock, silent",
      ],
      ["WRITE_ONCE(done, true)", "WRITE_ONCE(done, false)", "deadlock, silent"],
      ["i < NR", "i <= NR", "misuse, silent"],
      ["/* 0..10 */", "/* 0..3 */", "misuse, silent"],
    ],
  },
  {
    name: "ordered-locks",
    says: "safe, silent",
    mistakes: [
      ["if (x < y)", "if (true)", "deadlock, silent"],
      ["if (head)", "head = NULL; if (!head)", "misuse, silent"],
    ],
  },
  {
    name: "per-cpu",
    says: "safe, inconsistent",
    mistakes: [
      ["lab: hardirq handler on 0", "lab: hardirq handler on all", "safe, inconsistent"],
      [
        "if (!raw_spin_trylock(this_cpu_ptr(&l)))\n\t\tgoto out;",
        "raw_spin_lock(this_cpu_ptr(&l));",
        "safe, inconsistent",
      ],
      ["local_irq_save(flags);", "flags = 1;", "deadlock, inconsistent"],
    ],
  },
  {
    name: "list",
    says: "safe, silent",
    mistakes: [
      ["if (list_empty(&queue))\n\t\t\t", "", "corruption, silent"],
      [
        "spin_lock(&qlock);\n\tlist_for_each_entry",
        "list_for_each_entry",
        "corruption, bad-unlock",
      ],
      ["continue;", "break;", "safe, silent"],
      ["it->v = 1;\n\t\tit->v = 0;", "list_del(&it->node);\n\t\tbreak;", "corruption, silent"],
    ],
  },
  {
    name: "refcount",
    says: "safe, silent",
    mistakes: [["atomic_dec_and_test(&(r))", "atomic_dec_return(&(r)) <= 1", "assert, silent"]],
  },
  {
    name: "guards",
    says: "safe, silent",
    mistakes: [["guard(mutex)(&m);", "mutex_lock(&m);", "deadlock, recursive"]],
  },
  {
    name: "kinds",
    says: "safe, silent",
    mistakes: [["spin_lock_bh(&s);", "spin_lock(&s);", "deadlock, inconsistent"]],
  },
  { name: "members", says: "safe, silent", mistakes: [] },
];

describe.each(files)("$name.c", ({ name, says, mistakes }) => {
  it(`is ${says}`, () => {
    expect(judge(textOf(name))).toBe(says);
  });

  it.each(mistakes)("with %j -> %j is %s", (from, to, wrong) => {
    const text = textOf(name);
    expect(text).toContain(from);
    expect(judge(text.replace(from, to))).toBe(wrong);
  });
});

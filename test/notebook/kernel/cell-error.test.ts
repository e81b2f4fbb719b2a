/** What is wrong with the C of a cell is shown on the cell's own lines. */
import { describe, expect, it } from "vitest";
import { KernelCError, c } from "../../../lib/kernel-c/index.js";
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";
import { thrownError } from "../../../lib/notebook/kernel/cell-error.js";

const kernelC = await loadKernelC();

function thrownBy(text: string): unknown {
  try {
    kernelC(text, { file: "count.c" });
  } catch (error) {
    return error;
  }
  return null;
}

const body = `
/* lab: thread f */
static DEFINE_MUTEX(m);
static void f(void)
{
	mutx_lock(&m);
	x = 1;
	mutex_unlock(&m);
}
`;
const cell = `import { c } from "lockdep-lab";\nconst text = c\`${body}\`;\nkernelC(text, { file: "count.c" })`;

describe("an error in the C of a cell", () => {
  it("names the cell's lines, all of them, with a caret below what is wrong", () => {
    const { ename, evalue, traceback } = thrownError(thrownBy(body), {
      source: cell,
      output: null,
    });
    expect(ename).toBe("KernelCError");
    expect(evalue).toBe(
      "line 7: no such call: mutx_lock(); did you mean mutex_lock()?\nline 8: no such name: x",
    );
    expect(traceback.slice(0, 3)).toEqual([
      "KernelCError: the C of this cell was not understood",
      "line 7:\n    \tmutx_lock(&m);\n    \t^~~~~~~~~\n  no such call: mutx_lock(); did you mean mutex_lock()?",
      "line 8:\n    \tx = 1;\n    \t^\n  no such name: x",
    ]);
  });

  it("counts what stands before a text on its first line", () => {
    const text = "/* lab: thread f */ static void f(void) { mutx_lock(); }";
    const source = `const bad = c\`${text}\`;`;
    const { traceback } = thrownError(thrownBy(text), { source, output: null });
    const [, shown = "", caret = ""] = (traceback[1] ?? "").split("\n").slice(0, 3);
    expect(shown.slice(caret.indexOf("^"), caret.lastIndexOf("~") + 1)).toBe("mutx_lock");
  });

  it("finds the line where the text was put together", () => {
    const lock = "mutx_lock(&m);";
    const source = cell.replace(lock, `\${call}`).concat(`\nconst call = "mutx_lock(&m);";`);
    const { evalue } = thrownError(thrownBy(body), { source, output: null });
    expect(evalue).toContain("line 8: no such name: x");
  });

  it("is told as it is where the text stands elsewhere", () => {
    const thrown = thrownBy(body);
    const { traceback } = thrownError(thrown, { source: "kernelC(earlier)", output: null });
    expect(traceback[0]).toContain("count.c:6:2: no such call: mutx_lock()");
  });

  it("is known by what it says, whichever copy of the lab threw it", () => {
    const error = new KernelCError(c`x`, []);
    expect(thrownError(error, { source: "x", output: null }).ename).toBe("KernelCError");
  });
});

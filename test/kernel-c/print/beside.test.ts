/** C beside its statements: nothing that runs is left out, and a reader sees the two side by side. */
import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { besideStatements, besideText } from "../../../lib/kernel-c/index.js";
import { mutex, mutex_lock, scenario, thread, translate } from "../../../lib/machine/index.js";
import { besideStatements as figure } from "../../../lib/views/public.js";
import { loadKernelC } from "../parser.js";

const kernelC = await loadKernelC();
const folders = ["small", "stories", "natural"].map(
  (name) => new URL(`../${name}/`, import.meta.url),
);
const files = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((file) => file.endsWith(".c"))
    .map((file) => [file, readFileSync(new URL(file, folder), "utf8")] as const),
);

describe("C beside its statements", () => {
  it("shows each line that is a step with what it does, in every file", () => {
    const missing = files.flatMap(([file, text]) => {
      const made = kernelC(text, { file });
      const rows = besideStatements(made).flatMap((of) => of.rows);
      const shown = new Map(rows.map(({ line, statements }) => [line, statements]));
      const lines = new Set(
        translate(made).transitions.flatMap(({ at }) => (at === null ? [] : [at.line])),
      );
      return [...lines]
        .filter((line) => shown.has(line) && shown.get(line)?.length === 0)
        .map((line) => `${file}:${String(line)}`);
    });
    // What a loop does between its rounds stands behind its body, and a `do` is a loop from its first line on.
    expect(missing).toEqual([]);
  });

  it("closes each bracket that it opens", () => {
    for (const [file, text] of files) {
      for (const { name, rows } of besideStatements(kernelC(text, { file }))) {
        const all = rows.flatMap(({ statements }) => statements).join("\n");
        const count = (of: RegExp): number => all.match(of)?.length ?? 0;
        expect(`${file} ${name} ${String(count(/\[/g))}`).toBe(
          `${file} ${name} ${String(count(/\]/g))}`,
        );
      }
    }
  });

  it("reads as a reader of both would write it", () => {
    const text = `/* lab: thread add(1) on 0 */
static DEFINE_SPINLOCK(lock);
static int count; /* 0..3 */

static void add(int by)
{
	int i;

	for (i = 0; i < 2; i++) {
		spin_lock(&lock);
		if (count > 2)
			goto out;
		count += by;
		spin_unlock(&lock);
	}
	return;
out:
	spin_unlock(&lock);
}
`;
    expect(`\n${besideText(besideStatements(kernelC(text))).join("\n")}\n`).toMatchInlineSnapshot(`
      "
         5  static void add(int by)
         6  {
         7      int i;
         8
         9      for (i = 0; i < 2; i++) {  set(i, 0),
                                           while_(lt(i, 2), [
        10          spin_lock(&lock);        spin_lock(lock),
        11          if (count > 2)           set(t0, count),
                                             if_(lt(2, t0), [
                                               goto_("out"),
                                             ]),
        12              goto out;
        13          count += by;             set(t1, count),
                                             set(count, add(t1, 1)),
        14          spin_unlock(&lock);      spin_unlock(lock),
                                             set(i, add(i, 1)),
                                           ]),
                                           goto_("end"),
                                           label("out"),
        15      }
        16      return;
        17  out:
        18      spin_unlock(&lock);        spin_unlock(lock),
                                           label("end"),
        19  }
      "
    `);
  });

  it("is a figure with the same text, and a table that can be copied", () => {
    const made = kernelC(
      "/* lab: thread f */\nstatic DEFINE_MUTEX(m);\nstatic void f(void)\n{\n\tmutex_lock(&m);\n\tmutex_unlock(&m);\n}\n",
    );
    const { text, textHtml, svg } = figure(made);
    expect(text).toContain("mutex_lock(&m);    mutex_lock(m),");
    expect(textHtml).toContain("mutex_lock(&amp;m);");
    expect(svg).toContain("mutex_unlock(m),");
  });

  it("is of kernel C alone", () => {
    const m = mutex("m");
    const written = scenario("written", { sizes: {}, processes: [thread("T", [mutex_lock(m)])] });
    expect(() => besideStatements(written)).toThrow(
      "written: no C here; besideStatements() takes what kernelC() returns",
    );
  });
});

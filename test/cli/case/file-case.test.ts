/** Files in the place of a case: kernel C with patches, and modules from anywhere. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { type CaseOrFile, caseOrFile } from "../../../lib/cli/case/file-case.js";
import { explore } from "../../../lib/explore/index.js";

const folder = mkdtempSync(join(tmpdir(), "lab-files-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const abba = fileURLToPath(new URL("../../kernel-c/stories/abba.c", import.meta.url));
const plain: CaseOrFile = { case: "kvm-pi" };

const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

const verdict = async (path: string, options: CaseOrFile = plain): Promise<string> => {
  const of = await caseOrFile(path, options);
  const { kind } = await of.lockdep(options);
  return `${explore((await of.make(options)).scenario).verdict}, ${kind ?? "silent"}`;
};

const fix = `--- a/abba.c
+++ b/abba.c
@@ -20,4 +20,4 @@
-	mutex_lock(&b);
 	mutex_lock(&a);
-	mutex_unlock(&a);
+	mutex_lock(&b);
 	mutex_unlock(&b);
+	mutex_unlock(&a);
`;

describe("a file of C", () => {
  it("has both verdicts, with a patch those of the patched text", async () => {
    expect(await verdict(abba)).toBe("deadlock, circular");
    const patch = file("fix.diff", fix);
    expect(await verdict(abba, { ...plain, patch })).toBe("safe, silent");
  });

  it("is refused as a compiler does it, with the place", async () => {
    const wrong = file(
      "wrong.c",
      "/* lab: thread f on 0 */\nvoid f(void)\n{\n\tspin_lok(&l);\n}\n",
    );
    await expect(caseOrFile(wrong, plain)).rejects.toThrow(
      /^wrong\.c:4:2: no such call: spin_lok\(\); did you mean spin_lock\(\)\?\n {4}4 \|/,
    );
    await expect(caseOrFile(join(folder, "none.c"), plain)).rejects.toThrow("cannot read");
    await expect(caseOrFile(abba, { ...plain, patch: file("no.diff", "no") })).rejects.toThrow(
      "there is no diff",
    );
  });

  it("says which line puts two threads on one CPU", async () => {
    const twice = file(
      "twice.c",
      "/* lab: thread f on 0 */\n/* lab: thread g on 0 */\nstatic int x;\nvoid f(void) { x = 1; }\nvoid g(void) { x = 2; }\n",
    );
    await expect(caseOrFile(twice, plain)).rejects.toThrow(
      /twice\.c:2:4: f\(\) and g\(\) each have CPU 0 for themselves/,
    );
  });

  it("takes no options of cases, and a case takes no patch", async () => {
    await expect(caseOrFile(abba, { ...plain, fix: "final" })).rejects.toThrow(
      "--fix is for cases",
    );
    const dining = { ...plain, case: "dining", patch: "x" };
    await expect(caseOrFile(undefined, dining)).rejects.toThrow("--patch is for");
    await expect(caseOrFile("abba.txt", plain)).rejects.toThrow("a file of C");
  });
});

describe("a module", () => {
  const module = (condition: string): string => `import * as lab from "lockdep-lab";
import { ready } from "./ready.js";
export default lab.scenario("s", {
  sizes: { cpu: 1 },
  processes: [lab.thread("waits", 0, [lab.wait_until(${condition})])],
});
`;
  const ready = (more = ""): string =>
    file(
      "ready.ts",
      `import { bool, variable } from "lockdep-lab";\nexport const ready = variable("ready", bool);\n${more}`,
    );

  it("is refused where JavaScript is asked about what a state has, with the place", async () => {
    ready();
    const lost = file("lost.ts", module("!ready"));
    await expect(caseOrFile(lost, plain)).rejects.toThrow(
      /lost\.ts:5:54: lab\.wait_until\(\): ready has no value .* write not\(ready\)$/,
    );
    const plainScript = file("lost.mjs", module("ready && ready"));
    await expect(caseOrFile(plainScript, plain)).rejects.toThrow(/lost\.mjs:5:54: .* write and\(/);
    ready("export const both = ready || ready;\n");
    const other = file("other.ts", module("ready"));
    await expect(caseOrFile(other, plain)).rejects.toThrow(/ready\.ts:3:21: ready has no value/);
  });

  it("may ask about what is known where it is read", async () => {
    ready("export const other = ready.name === 'ready' && ready;\n");
    const fine = file("fine.ts", module("ready.name.length > 3 ? lab.not(ready) : ready"));
    expect(await verdict(fine)).toBe("safe, silent");
  });
});

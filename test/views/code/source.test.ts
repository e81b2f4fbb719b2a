/** Kernel C as a cell shows it: coloured, numbered, and what a patch changes is marked. */
import { describe, expect, it } from "vitest";
import { PatchError } from "../../../lib/kernel-c/index.js";
import { mutex, mutex_lock, scenario, thread } from "../../../lib/machine/index.js";
import { source } from "../../../lib/views/public.js";
import { loadKernelC } from "../../kernel-c/parser.js";

const text = `/* lab: thread f */
static DEFINE_MUTEX(m);
static int count;

static void f(void)
{
	mutex_lock(&m);
	count = 1;
	mutex_unlock(&m);
}
`;
const patch = `--- a/kernel.c
+++ b/kernel.c
@@ -7,3 +7,3 @@
 	mutex_lock(&m);
-	count = 1;
+	count = 2;
 	mutex_unlock(&m);
`;

/** The lines of the HTML, without markup. */
const htmlLines = (html = ""): readonly string[] =>
  (html.match(/<div[^>]*>.*?<\/div>/g) ?? []).map((row) =>
    row
      .replace(/<[^>]*>/g, "")
      .replaceAll("&lt;", "<")
      .replaceAll("&amp;", "&"),
  );

describe("kernel C as a figure", () => {
  it("has every line with its number", () => {
    const { text: plain, textHtml } = source(text);
    expect(plain.split("\n")[1]).toBe("   2   static DEFINE_MUTEX(m);");
    expect(htmlLines(textHtml)).toHaveLength(10);
    expect(htmlLines(textHtml)[6]).toBe("7    mutex_lock(&m);");
  });

  it("colours keywords, types, numbers and comments, each once", () => {
    const { textHtml = "" } = source(text);
    const coloured = [...textHtml.matchAll(/<span style="color:(#\w+)">([^<]*)<\/span>/g)];
    const tone = (of: string): string | undefined =>
      coloured.find(([, , what]) => what === of)?.[1];
    expect(tone("static")).toBeDefined();
    expect(new Set(["static", "int", "1", "/* lab: thread f */"].map(tone)).size).toBe(4);
  });

  it("marks what a patch adds and drops, with a sign beside the colour", () => {
    const { text: plain, textHtml } = source(text, { patch });
    expect(plain.split("\n").filter((line) => /^.{5}[+-]/.test(line))).toEqual([
      "     -     count = 1;",
      "   8 +     count = 2;",
    ]);
    expect(htmlLines(textHtml).filter((line) => /^\d*[+-]/.test(line))).toEqual([
      "-    count = 1;",
      "8+    count = 2;",
    ]);
  });

  it("of a long text shows what is near to a change", () => {
    const long =
      text + Array.from({ length: 80 }, (_, k) => `static int v${String(k)};`).join("\n");
    expect(source(long).text.split("\n")).toHaveLength(90);
    const shown = source(long, { patch }).text.split("\n");
    expect(shown.length).toBeLessThan(20);
    expect(shown).toContain("   8 +     count = 2;");
    expect(shown.at(-1)).toBe("   ...");
  });

  it("shows the text that a scenario was made of", async () => {
    const kernelC = await loadKernelC();
    expect(source(kernelC(text, { file: "f.c" })).alt).toBe("f.c in kernel C: 10 lines.");
  });

  it("of several files shows those that a patch changes", () => {
    const files = ["one.c", "two.c"].map((file) => ({ file, text }));
    const both = source(files).text.split("\n");
    expect(both.filter((line) => /one\.c|two\.c/.test(line))).toHaveLength(2);
    const patched = source(files, { patch: patch.replaceAll("kernel.c", "two.c") });
    expect(patched.alt).toBe("two.c in kernel C: 11 lines, 2 lines changed by a patch.");
    expect(source(text, { patch: "" }).text).toBe(source(text).text);
    expect(source(files, { patch: "" })).toMatchObject({ text: "", alt: /^no file is changed/ });
  });

  it("numbers the lines as errors and steps do, the empty one of a template counted", () => {
    expect(source(`\n${text}`).text.split("\n")[0]).toBe("   2   /* lab: thread f */");
  });

  it("says why it cannot", () => {
    const m = mutex("m");
    const written = scenario("written", { sizes: {}, processes: [thread("T", [mutex_lock(m)])] });
    expect(() => source(written)).toThrow("source(): no C here");
    expect(() => source("static int x;\n", { patch })).toThrow(PatchError);
  });

  it("is an image with the same tokens in their places", () => {
    const { svg } = source(text, { patch });
    expect(svg).toContain("mutex_lock(&amp;m);");
    expect(svg).toContain("f-greenWash");
  });
});

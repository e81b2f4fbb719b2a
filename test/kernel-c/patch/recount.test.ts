import { describe, expect, it } from "vitest";
import { applyPatchTo, recounted } from "../../../lib/kernel-c/index.js";

const text = "a\nb\nc\nd\n";
const patch = (head: string, ...lines: readonly string[]): string =>
  ["--- a/x.c", "+++ b/x.c", head, ...lines].join("\n");

describe("a patch that was edited by hand", () => {
  it("counts the lines that stand in its hunks", () => {
    const wrong = patch("@@ -1,9 +1,9 @@ void f(void)", " a", "+A", "+B", "-b", " c");
    expect(recounted(wrong)).toBe(
      patch("@@ -1,3 +1,4 @@ void f(void)", " a", "+A", "+B", "-b", " c"),
    );
    expect(applyPatchTo(text, "x.c", recounted(wrong)).text).toBe("a\nA\nB\nc\nd\n");
  });

  it("may have several hunks and files", () => {
    const first = patch("@@ -1 +1 @@", " a", "+A");
    const both = `${first}\n@@ -3 +4 @@\n c\n-d\n${patch("@@ -1 +1 @@", "-a")}\n`;
    expect(recounted(both).match(/@@ .* @@/g)).toEqual([
      "@@ -1,1 +1,2 @@",
      "@@ -3,2 +4,1 @@",
      "@@ -1,1 +1,0 @@",
    ]);
  });

  it("keeps empty lines of the context, and leaves out those behind the patch", () => {
    const stripped = patch("@@ -1 +1 @@", " a", "", "+A", "", "");
    expect(recounted(stripped)).toContain("@@ -1,2 +1,3 @@");
  });

  it("is left as it is where it counts right, and where it is no patch", () => {
    for (const as of [patch("@@ -1,1 +1,2 @@", " a", "+A"), "", "no patch"]) {
      expect(recounted(as)).toBe(as);
    }
  });
});

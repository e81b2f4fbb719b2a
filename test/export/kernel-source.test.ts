import { describe, expect, it } from "vitest";
import { html } from "../../lib/export/formats/html.js";
import { kernelSource } from "../../lib/export/kernel-source.js";
import { filesOf, fixtureJob, textOf } from "./exporting.js";
import { notebookText, prose } from "./notebooks.js";

const lockdep =
  "https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/kernel/locking/lockdep.c?h=v6.12";

describe("the name of a kernel's file", () => {
  it("leads to the file, and not where the author leads elsewhere", async () => {
    const text = "# T\n\n`kernel/locking/lockdep.c` and [`kernel/fork.c`](https://example.org/).";
    const page = textOf(
      await filesOf(html, await fixtureJob({ n: notebookText([prose(text)]) })),
      "n.html",
    );
    expect(page).toContain(`href="${lockdep}"`);
    expect(page).not.toContain("tree/kernel/fork.c");
  });

  it.each(["rq->__lock", "lib/index.ts", "kernel/../../x.c", "kernel/locking", "a/kernel/fork.c"])(
    "is not %s",
    (text) => {
      expect(kernelSource(text)).toBeUndefined();
    },
  );
});

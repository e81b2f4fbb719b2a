import { execFileSync } from "node:child_process";
import { beforeAll, expect, it } from "vitest";
import { pdf } from "../../../lib/export/formats/pdf.js";
import { filesOf, fixtureJob } from "../exporting.js";
import { fixture } from "../fixture.js";
import { describeInChromium, onDisk } from "./chromium.js";

describeInChromium("the handout", () => {
  let bytes = Buffer.alloc(0);
  let file = "";
  beforeAll(async () => {
    const files = await filesOf(pdf, await fixtureJob({ fixture }, "teacher"));
    bytes = Buffer.from(files[0]?.data ?? "");
    file = `${onDisk(files)}/fixture.pdf`;
  });

  it("is tagged, has an outline, and keeps figures as vectors", () => {
    const text = bytes.toString("latin1");
    expect(text.startsWith("%PDF-")).toBe(true);
    expect(text).toMatch(/\/StructTreeRoot/);
    expect(text).toMatch(/\/Outlines/);
    // Each of the two images that are broken on purpose is a sign and its mask.
    expect((text.match(/\/Subtype \/Image/g) ?? []).length).toBeLessThanOrEqual(4);
  });

  it("links within itself and to the web, and to no file of this machine", () => {
    const text = bytes.toString("latin1");
    expect(text).toContain("(https://example.org/)");
    expect(text).toMatch(/\/Dest/);
    expect(text).not.toContain("file:///");
  });

  it("numbers its pages and leaves no word out", ({ skip }) => {
    let words = "";
    try {
      words = execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" });
    } catch {
      process.stderr.write("\nNOT RUN, there is no pdftotext: the text of the handout\n");
      skip();
    }
    expect(words).toMatch(/^\s*1\/\d$/m);
    for (const word of [
      "Contents",
      "A table",
      "IPI",
      "{ x: 1 }",
      "Solution",
      "Notes for the teacher",
    ]) {
      expect(words).toContain(word);
    }
  });
});

import { execFileSync } from "node:child_process";
import { beforeAll, expect, it } from "vitest";
import { pdf } from "../../../lib/export/formats/pdf.js";
import { filesOf, fixtureJob } from "../exporting.js";
import { fixture } from "../fixture.js";
import { placesIn } from "../../../lib/export/print/pdf-pages.js";
import { describeInChromium, onDisk } from "./chromium.js";

/** The text of each page, or undefined, said loudly, where nothing reads it. */
function textPages(file: string): string[] | undefined {
  try {
    return execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" }).split("\f");
  } catch {
    process.stderr.write("\nNOT RUN, there is no pdftotext: the text of the handout\n");
    return undefined;
  }
}

describeInChromium("the handout", () => {
  let bytes = Buffer.alloc(0);
  let file = "";
  beforeAll(async () => {
    const files = await filesOf(pdf, await fixtureJob({ fixture }, "teacher"));
    bytes = Buffer.from(files[0]?.data ?? "");
    file = `${onDisk(files)}/fixture.teacher.pdf`;
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

  it("numbers its contents by the pages on which the headings stand", async ({ skip }) => {
    const places = await placesIn(bytes);
    expect([...places.keys()]).toContain("a-table");
    const pages = textPages(file);
    if (pages === undefined) skip();
    const numbers: number[] = [];
    for (const heading of ["A table", "Diagrams", "Exercise"]) {
      const number = Number(new RegExp(`^ *${heading} +(\\d+)$`, "m").exec(pages?.[0] ?? "")?.[1]);
      expect(number).toBe(places.get(heading.toLowerCase().replace(" ", "-")));
      expect(pages?.[number - 1]).toMatch(new RegExp(`^ *${heading}$`, "m"));
      numbers.push(number);
    }
    expect(new Set(numbers).size).toBeGreaterThan(1);
  });

  it("numbers its pages and leaves no word out", ({ skip }) => {
    const words = textPages(file)?.join("\f");
    if (words === undefined) skip();
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

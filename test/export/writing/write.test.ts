import { mkdtempSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ExportFile } from "../../../lib/export/format.js";
import { writeFiles as write, WriteError } from "../../../lib/export/writing/write.js";

const folder = (): string => mkdtempSync(join(tmpdir(), "lab-write-"));

const kind = { format: "html", edition: "student", isWhole: true };
const writeFiles = (out: string, made: AsyncIterable<ExportFile>) => write(out, made, kind);

async function* files(...list: readonly (ExportFile | Error)[]): AsyncGenerator<ExportFile> {
  for (const file of list) {
    await Promise.resolve();
    if (file instanceof Error) throw file;
    yield file;
  }
}

describe("writing files", () => {
  it("puts them in place with their sizes", async () => {
    const out = join(folder(), "new", "deep");
    const written = await writeFiles(out, files({ path: "a/b.txt", data: "né" }));
    expect(written).toEqual([{ path: "a/b.txt", bytes: 3 }]);
    expect(readFileSync(join(out, "a/b.txt"), "utf8")).toBe("né");
    expect(readdirSync(out)).toEqual([".lab-export.json", "a"]);
  });

  it("leaves everything as it was when a file cannot be made", async () => {
    const out = folder();
    writeFileSync(join(out, "a.txt"), "old");
    const failing = writeFiles(out, files({ path: "a.txt", data: "new" }, new Error("no")));
    await expect(failing).rejects.toThrow("no");
    expect(readdirSync(out)).toEqual(["a.txt"]);
    expect(readFileSync(join(out, "a.txt"), "utf8")).toBe("old");
  });

  it("takes the folders away that it made for nothing", async () => {
    const parent = folder();
    await expect(writeFiles(join(parent, "x", "y"), files(new Error("no")))).rejects.toThrow();
    expect(readdirSync(parent)).toEqual([]);
  });

  it.skipIf(process.platform !== "linux")(
    "says where no folder can be made, and does not try forever",
    async () => {
      await expect(writeFiles("/proc/x/y", files())).rejects.toThrow(/no folder can be made/);
    },
  );

  it("says why a folder cannot be used, and what to do", async () => {
    const parent = folder();
    writeFileSync(join(parent, "file"), "");
    const blocked = writeFiles(join(parent, "file", "x"), files({ path: "a", data: "" }));
    await expect(blocked).rejects.toThrow(WriteError);
    await expect(blocked).rejects.toThrow(/choose another --out/);
    const deeper = writeFiles(join(parent, "file", "x", "y"), files({ path: "a", data: "" }));
    await expect(deeper).rejects.toThrow(/a part of the path is a file/);
    mkdirSync(join(parent, "a.html"));
    const covered = writeFiles(
      parent,
      files({ path: "0.html", data: "" }, { path: "a.html", data: "" }),
    );
    await expect(covered).rejects.toThrow(/is a folder/);
    expect(readdirSync(parent).sort()).toEqual(["a.html", "file"]);
  });

  describe("where an earlier export has written", () => {
    const student = { format: "html", edition: "student", isWhole: true };
    const teacher = { ...student, edition: "teacher" };
    const page = (path: string): ExportFile => ({ path, data: path });
    const names = (out: string): string[] => readdirSync(out).filter((one) => !one.startsWith("."));

    it("takes away what it wrote and this one does not, of whichever edition", async () => {
      const out = folder();
      await write(out, files(page("a.teacher.html"), page("b.teacher.html")), teacher);
      writeFileSync(join(out, "own.txt"), "not the export's");
      await write(out, files(page("a.html"), page("old.html")), student);
      expect(names(out).sort()).toEqual(["a.html", "old.html", "own.txt"]);
      await write(out, files(page("a.html")), student);
      expect(names(out).sort()).toEqual(["a.html", "own.txt"]);
    });

    it("leaves other notebooks and other formats of the same edition", async () => {
      const out = folder();
      await write(out, files(page("a.html"), page("b.html")), student);
      await write(out, files(page("a.html")), { ...student, isWhole: false });
      await write(out, files(page("a.pdf")), { ...student, format: "pdf" });
      expect(names(out).sort()).toEqual(["a.html", "a.pdf", "b.html"]);
    });

    it("refuses by name what it must not take away, and changes nothing", async () => {
      const out = folder();
      await write(out, files(page("a.teacher.pdf")), { ...teacher, format: "pdf" });
      await expect(write(out, files(page("a.html")), student)).rejects.toThrow(/a\.teacher\.pdf/);
      expect(names(out)).toEqual(["a.teacher.pdf"]);
      const other = folder();
      await write(other, files(page("a.teacher.html")), teacher);
      writeFileSync(join(other, "a.teacher.html"), "changed by hand");
      await expect(write(other, files(page("a.html")), student)).rejects.toThrow(/changed since/);
      expect(readFileSync(join(other, "a.teacher.html"), "utf8")).toBe("changed by hand");
    });

    it("takes away nothing outside of the folder, whatever the record says", async () => {
      const parent = folder();
      const out = join(parent, "out");
      mkdirSync(out);
      writeFileSync(join(parent, "kept.html"), "x");
      const digest = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881";
      const file = { path: "../kept.html", format: "html", edition: "student", digest };
      writeFileSync(join(out, ".lab-export.json"), JSON.stringify({ files: [file] }));
      await write(out, files(page("a.html")), student);
      expect(readFileSync(join(parent, "kept.html"), "utf8")).toBe("x");
    });

    it("cleans what a killed process has left half-made, and nothing of one that runs", async () => {
      const out = folder();
      mkdirSync(join(out, ".lab-export-999999999-abc"));
      mkdirSync(join(out, `.lab-export-${process.pid}-abc`));
      await write(out, files(page("a.html")), student);
      expect(readdirSync(out).sort()).toEqual([
        `.lab-export-${process.pid}-abc`,
        ".lab-export.json",
        "a.html",
      ]);
    });
  });
});

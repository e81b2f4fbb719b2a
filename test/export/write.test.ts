import { mkdtempSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ExportFile } from "../../lib/export/format.js";
import { writeFiles, WriteError } from "../../lib/export/write.js";

const folder = (): string => mkdtempSync(join(tmpdir(), "lab-write-"));

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
    expect(readdirSync(out)).toEqual(["a"]);
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
    "says where no folder can be made, and does not try for ever",
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
});

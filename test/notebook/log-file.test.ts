import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { logFile, pastedLog } from "../../lib/notebook/log-file.js";

describe("the log that a cell works on", () => {
  it("is a paste as it is, and one of thousands of lines is refused with the way by a file", () => {
    expect(pastedLog("a\nb")).toBe("a\nb");
    expect(() => pastedLog("x\n".repeat(11_000))).toThrow(
      /11001 lines are too many.*logFile\("dmesg\.txt"\)/,
    );
  });

  it("is a file, with backquotes and all", () => {
    const folder = mkdtempSync(join(tmpdir(), "log-"));
    const file = join(folder, "dmesg.txt");
    writeFileSync(file, "a `b` ${c} \\n\n");
    expect(logFile(file)).toBe("a `b` ${c} \\n\n");
    rmSync(folder, { recursive: true });
    expect(() => logFile(file)).toThrow(/cannot be read .*ENOENT.*name a text file/);
  });

  it("says in a page what to do instead of naming a file", () => {
    vi.stubGlobal("process", undefined);
    expect(() => logFile("dmesg.txt")).toThrow(/drop the file into a cell/);
    vi.unstubAllGlobals();
  });
});

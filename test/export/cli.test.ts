import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "../../lib/export/export.js";
import { code, notebookText, prose } from "./notebooks.js";

const lab = join(projectRoot, "dist", "cli", "main.js");

interface Result {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

function run(...args: readonly string[]): Promise<Result> {
  return new Promise((done) => {
    execFile(process.execPath, [lab, "export", ...args], (error, out, err) => {
      done({ status: typeof error?.code === "number" ? error.code : 0, out, err });
    });
  });
}

const folder = (): string => mkdtempSync(join(tmpdir(), "lab-cli-"));

describe.skipIf(!existsSync(lab))("lab export", () => {
  it("says what it does and what it wrote, with sizes", async () => {
    const out = folder();
    const { status, out: text, err } = await run("01-the-splat", "--to", "md", "--out", out);
    expect(status).toBe(0);
    expect(err).toContain("md: 01-the-splat");
    expect(text).toMatch(/01-the-splat\.md\t\d+ kB/);
    expect(readdirSync(out)).toContain("01-the-splat.md");
  });

  it("takes a number for a name, and a path", async () => {
    const path = join(projectRoot, "notebooks", "01-the-splat.ipynb");
    for (const name of ["01", path]) {
      const out = folder();
      expect((await run(name, "--to", "ipynb", "--out", out)).status).toBe(0);
      expect(readdirSync(out)).toEqual([".lab-export.json", "01-the-splat.ipynb"]);
    }
  });

  it.each([
    [
      ["01-the-spalt", "--to", "md"],
      2,
      /^lab export: no notebook is called "01-the-spalt"; did you mean 01-the-splat\?$/m,
    ],
    [["01", "--to", "md", "--out", ""], 2, /names no folder/],
    [["--to", "bok"], 2, /^lab export: no format is called "bok"; did you mean book\?$/m],
    [
      ["--to", "pdf", "--paper", "leter"],
      2,
      /no paper size is called "leter"; did you mean letter/,
    ],
    [["--to", "md", "--address", "course"], 2, /not a web address: one begins with https/],
    [
      ["--to", "word"],
      2,
      /^lab export: no format is called "word"; there are html, .*, nbgrader$/m,
    ],
    [
      ["--to", "md", "--edition", "studnet"],
      2,
      /no edition is called "studnet"; did you mean student/,
    ],
  ])("refuses %j with a hint and writes nothing", async (args, status, message) => {
    const out = folder();
    const result = await run(...(args.includes("--out") ? args : [...args, "--out", out]));
    expect(result.status).toBe(status);
    expect(result.err).toMatch(message);
    expect(readdirSync(out)).toEqual([]);
  });

  it("writes nothing at all when one notebook of several is broken", async () => {
    const [out, broken] = [folder(), join(folder(), "broken.ipynb")];
    writeFileSync(broken, "{");
    const { status, err } = await run("01-the-splat", broken, "--to", "md", "--out", out);
    expect(status).toBe(1);
    expect(err).toContain("broken is not JSON");
    expect(readdirSync(out)).toEqual([]);
  });

  it("refuses a notebook with a cell that failed, unless it was to fail", async () => {
    const error = { output_type: "error", ename: "TypeError", evalue: "no lock", traceback: [] };
    const file = join(folder(), "failing.ipynb");
    const out = folder();
    writeFileSync(file, notebookText([prose("# T"), code("f()", [error])]));
    const { status, err } = await run("01", file, "--to", "md", "--out", out);
    expect(status).toBe(1);
    expect(err).toContain(`cell 2 of ${file} failed when it was last run: TypeError: no lock`);
    expect(readdirSync(out)).toEqual([]);
    writeFileSync(file, notebookText([code("f()", [error], { tags: ["raises-exception"] })]));
    expect((await run(file, "--to", "md", "--out", out)).status).toBe(0);
  });

  it("says in a line why a PDF cannot be made, and what to do", async () => {
    const broken = join(folder(), "chromium");
    writeFileSync(broken, "#!/bin/sh\nexit 1\n", { mode: 0o755 });
    for (const [chromium, why] of [
      ["/nowhere/chromium", /^lab export: PDF needs Chromium or Chrome.*install one.*CHROMIUM/],
      [broken, /^lab export: .*chromium does not start: .+/],
    ] as const) {
      const out = folder();
      const result = await new Promise<Result>((done) => {
        const env = { ...process.env, CHROMIUM: chromium };
        const args = [lab, "export", "01", "--to", "pdf", "--out", out];
        execFile(process.execPath, args, { env }, (error, text, err) => {
          done({ status: typeof error?.code === "number" ? error.code : 0, out: text, err });
        });
      });
      expect(result.status).toBe(1);
      expect(result.err.trim().split("\n").at(-2)).toMatch(why);
      expect(result.err).toMatch(/^Nothing was written\.$/m);
      expect(readdirSync(out)).toEqual([]);
    }
  });

  it("leaves nothing when it is interrupted", async () => {
    const out = join(folder(), "new");
    const child = spawn(process.execPath, [lab, "export", "--to", "book", "--out", out], {
      stdio: "ignore",
    });
    while (!existsSync(out)) await new Promise((done) => setTimeout(done, 20));
    child.kill("SIGINT");
    expect(await once(child, "exit")).toEqual([130, null]);
    expect(existsSync(out)).toBe(false);
  });

  it("says that a folder cannot be written", async () => {
    const file = join(folder(), "file");
    writeFileSync(file, "");
    const { status, err } = await run("01-the-splat", "--to", "md", "--out", join(file, "x"));
    expect(status).toBe(1);
    expect(err).toMatch(/cannot write .*choose another --out/);
  });
});

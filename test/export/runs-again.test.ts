import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createJob, projectRoot } from "../../lib/export/export.js";
import { editions, type Edition } from "../../lib/export/source/edition.js";
import type { ExportFile, Job } from "../../lib/export/format.js";
import { ipynb } from "../../lib/export/formats/ipynb.js";
import { script } from "../../lib/export/formats/ts.js";
import { parseNotebook } from "../../lib/export/source/notebook.js";
import { mimeTypes } from "../../lib/export/outputs/outputs.js";
import { runNotebook } from "../../lib/notebook/client/run-notebook.js";
import { readNotebook } from "../../lib/notebook/document/notebook-file.js";
import { filesOf, textOf } from "./exporting.js";

/** Set LAB_LONG_TESTS=1 to run those whose cells need seconds too, and each student's notebook. */
const long = process.env["LAB_LONG_TESTS"] === "1";
const slow = ["05-mutual-exclusion", "06-the-race-that-remains", "07-subclass-rules"];
const names = [
  "01-the-splat",
  "02-locks-irqs-cpus",
  "03-what-lockdep-knows",
  "04-the-three-paths",
  ...slow,
  "08-try-your-own-fix",
  "09-bring-your-own-splat",
  "10-real-or-false",
];
const skipped = [...slow, "08-try-your-own-fix", "10-real-or-false"];
const quick = long ? names : names.filter((name) => !skipped.includes(name));

/** A folder inside the project, as a reader would have one: imports are looked up from there. */
const folder = join(projectRoot, "node_modules", ".cache", "lab-exported");
const made: { jobs: Partial<Record<Edition, Job>> } = { jobs: {} };

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  for (const edition of editions) made.jobs[edition] = await createJob({ notebooks: [], edition });
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function jobOf(edition: Edition): Job {
  const job = made.jobs[edition];
  if (job === undefined) throw new Error("the notebooks are not read");
  return job;
}

function only(job: Job, name: string): Job {
  return { ...job, sources: job.sources.filter(({ notebook }) => notebook.name === name) };
}

/** Runs a command to its end. */
async function run(
  program: string,
  args: readonly string[],
  input?: string,
): Promise<{ readonly status: unknown; readonly out: string; readonly err: string }> {
  const child = spawn(program, args, { cwd: folder, stdio: "pipe" });
  const [out, err]: [string[], string[]] = [[], []];
  child.stdout.setEncoding("utf8").on("data", (text: string) => out.push(text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => err.push(text));
  child.stdin.end(input);
  const [status] = (await once(child, "close")) as readonly unknown[];
  return { status, out: out.join(""), err: err.join("") };
}

/** What the stored outputs of the notebook print, its figures as their text. */
function storedText(job: Job, name: string): string {
  const cells = only(job, name).sources.flatMap(({ notebook }) => notebook.cells);
  const outputs = cells.flatMap((cell) => (cell.kind === "code" ? cell.outputs : []));
  return outputs
    .map((output) => {
      if (output.kind === "stream") return output.text;
      if (output.kind === "error") return `${output.name}: ${output.value}\n`;
      const text = output.bundle[mimeTypes.text];
      return `${Array.isArray(text) ? text.join("") : String(text)}\n`;
    })
    .join("");
}

describe("an exported script", () => {
  const esbuild = join(
    dirname(createRequire(import.meta.url).resolve("esbuild/package.json")),
    "bin",
    "esbuild",
  );
  /** As the head of the script says. */
  const runScript = async (text: string): ReturnType<typeof run> => {
    const file = join(mkdtempSync(join(folder, "script-")), "script.ts");
    writeFileSync(file, text);
    const stripped = await run(esbuild, ["--format=esm", file]);
    expect(stripped).toMatchObject({ status: 0, err: "" });
    return run(process.execPath, ["--input-type=module", "-"], stripped.out);
  };

  it.each(quick)("%s prints what the notebook's outputs say", async (name) => {
    const job = only(jobOf("teacher"), name);
    const text = textOf(await filesOf(script, job), `${name}.teacher.ts`);
    expect(text).toContain(
      `npx esbuild --format=esm ${name}.teacher.ts | node --input-type=module -`,
    );
    const { status, out, err } = await runScript(text);
    expect({ status, err }).toEqual({ status: 0, err: "" });
    expect(out).toBe(storedText(job, name));
    expect(out.length).toBeGreaterThan(1000);
  });

  it.each(quick)("%s runs to its end without the solutions too", async (name) => {
    const files = await filesOf(script, only(jobOf("student"), name));
    expect(await runScript(textOf(files, `${name}.ts`))).toMatchObject({ status: 0, err: "" });
  });
});

describe("an exported notebook", () => {
  const place = (edition: Edition, files: readonly ExportFile[]): string[] => {
    const home = join(folder, edition);
    mkdirSync(home, { recursive: true });
    return files.map(({ path, data }) => {
      writeFileSync(join(home, path), data);
      return join(home, path);
    });
  };

  it("is valid by nbformat's own schema, in every edition", async ({ skip }) => {
    const python = join(projectRoot, ".venv", "bin", "python");
    if (!existsSync(python)) {
      process.stderr.write("\nNOT RUN, there is no .venv: nbformat's judgement of notebooks\n");
      skip();
    }
    const files: string[] = [];
    for (const edition of editions) {
      files.push(...place(edition, await filesOf(ipynb, jobOf(edition))));
    }
    expect(files).toHaveLength(2 * names.length);
    const check =
      "import sys, nbformat\n" +
      "for f in sys.argv[1:]: nbformat.validate(nbformat.read(f, as_version=4))\n" +
      "print(len(sys.argv) - 1)";
    const judged = await run(python, ["-W", "error", "-c", check, ...files]);
    expect(judged).toEqual({ status: 0, out: `${files.length}\n`, err: "" });
    const broken = join(mkdtempSync(join(tmpdir(), "lab-nb-")), "broken.ipynb");
    writeFileSync(broken, readFileSync(files[0] ?? "", "utf8").replace('"code"', '"kode"'));
    expect((await run(python, ["-c", check, broken])).status).toBe(1);
  });

  it.each(long ? names : names.slice(0, 1))(
    "%s runs again, without the solutions",
    async (name) => {
      const [file = ""] = place("student", await filesOf(ipynb, only(jobOf("student"), name)));
      const { failure } = await runNotebook(file, readNotebook(file));
      expect(failure).toBeNull();
    },
  );

  it("of the teacher's edition holds the same cells, outputs and all, and what the teacher is told", async () => {
    for (const file of place("teacher", await filesOf(ipynb, jobOf("teacher")))) {
      const name = file.slice(file.lastIndexOf("/") + 1).replace(".teacher", "");
      const own = join(projectRoot, "notebooks", name);
      const [there, here] = [file, own].map((one) => parseNotebook(readFileSync(one, "utf8"), ""));
      const told = there?.cells.filter(({ slide }) => slide === "notes") ?? [];
      expect(told.length).toBeGreaterThan(0);
      expect({ ...there, cells: there?.cells.filter((cell) => !told.includes(cell)) }).toEqual(
        here,
      );
      expect(readNotebook(file).metadata["kernelspec"]).toEqual(
        readNotebook(own).metadata["kernelspec"],
      );
    }
  });
});

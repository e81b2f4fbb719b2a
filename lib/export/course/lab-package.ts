/** The lab as npm packs it, for an archive: built, with exact versions of what it needs, and no notebook. */
import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { ExportFile, Source } from "../format.js";
import { fieldOf } from "../json.js";

const run = promisify(execFile);

/** What the package holds besides its own description. */
const packed = ["dist", "lib", "LICENSE", "README.md"] as const;

/**
 * Returns the tarball of `npm pack`, or undefined where npm does not make one.
 *
 * Notebooks are left out, for those of the project have the solutions. npm takes the lock file into a
 * package under the name `npm-shrinkwrap.json` only.
 *
 * @param root the folder of the project, built
 */
export async function labPackage(root: string): Promise<ExportFile | undefined> {
  const stage = await mkdtemp(join(tmpdir(), "lab-package-"));
  try {
    // Not what only debuggers and the next build read.
    const filter = (path: string): boolean => !/\.(?:map|tsbuildinfo)$/.test(path);
    for (const name of packed) {
      await cp(join(root, name), join(stage, name), { recursive: true, filter });
    }
    await cp(join(root, "package-lock.json"), join(stage, "npm-shrinkwrap.json"));
    const description: unknown = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
    const own = {
      ...Object(description),
      files: ["dist", "lib", "npm-shrinkwrap.json"],
      scripts: {},
    } as unknown;
    await writeFile(join(stage, "package.json"), JSON.stringify(own, null, 2));
    const npm = process.platform === "win32" ? "npm.cmd" : "npm";
    const args = ["pack", "--json", "--ignore-scripts", "--offline", "--pack-destination", stage];
    const { stdout } = await run(npm, args, {
      cwd: stage,
      maxBuffer: 2 ** 26,
      // Windows starts .cmd files from a shell alone.
      shell: process.platform === "win32",
    });
    const [made] = JSON.parse(stdout) as readonly unknown[];
    const name = fieldOf(made, "filename");
    if (typeof name !== "string") return undefined;
    return { path: name, data: await readFile(join(stage, name)) };
  } catch {
    return undefined;
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
}

/** Returns the `package.json` of the archive: a script that installs the tarball and runs the notebooks. */
export function usesPackage(tarball: string, sources: readonly Source[]): string {
  const notebooks = sources.map(({ notebook }) => `lab/notebooks/${notebook.name}.ipynb`);
  const description = {
    name: "lockdep-lab-course",
    private: true,
    scripts: {
      prenotebooks: "npm install --no-audit --no-fund",
      notebooks: ["lab run", ...notebooks.map((path) => JSON.stringify(path))].join(" "),
    },
    dependencies: { "lockdep-lab": `file:${tarball}` },
  };
  return `${JSON.stringify(description, null, 2)}\n`;
}

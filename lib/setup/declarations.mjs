/**
 * The lab's declarations in one file, each module under its name in it: a notebook's kernel reads the declarations
 * again for every notebook, and looks at every file of them for every cell.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";

const name = "lockdep-lab";

/**
 * Writes `lockdep-lab.d.ts` of what the entry reaches.
 *
 * @param {string} dist the folder with the declarations that the compiler has written
 */
export async function writeDeclarations(dist) {
  // Only now: what is here runs before any package is installed.
  const { default: ts } = await import("typescript");
  const entry = join(dist, "index.d.ts");
  /** @param {string} file */
  const moduleOf = (file) =>
    file === entry
      ? name
      : `${name}/dist/${relative(dist, file)
          .split(sep)
          .join("/")
          .replace(/\.d\.ts$/, "")}`;
  /** @type {Set<string>} */
  const reached = new Set([entry]);
  const modules = [];
  for (const file of reached) {
    const text = readFileSync(file, "utf8");
    let [written, from] = ["", 0];
    for (const { fileName, pos, end } of ts.preProcessFile(text, true, true).importedFiles) {
      if (!fileName.startsWith(".")) continue;
      const target = join(dirname(file), fileName.replace(/\.js$/, ".d.ts"));
      reached.add(target);
      written += `${text.slice(from, pos)}"${moduleOf(target)}`;
      from = end + 1;
    }
    written += text.slice(from);
    // Inside of a declared module all is declared.
    const declared = written.replace(/^(export )?declare /gm, "$1");
    modules.push(`declare module "${moduleOf(file)}" {\n${declared}}\n`);
  }
  writeFileSync(join(dist, `${name}.d.ts`), modules.join(""));
}

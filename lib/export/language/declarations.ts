/** The declaration files that a book's language service reads: the lab's own, and the language's. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative, sep } from "node:path";
import ts from "typescript";
import { packageFolder } from "./cell-modules.js";
import { libraryFolder, type Declarations } from "./service.js";

const require = createRequire(import.meta.url);

/**
 * Returns all declarations that the lab's entry reaches, and those of the language, by the paths that
 * the service knows them by.
 *
 * @param root the folder of the project
 * @throws Error where the lab was not built
 */
export async function readDeclarations(root: string): Promise<Declarations> {
  const dist = join(root, "dist");
  const lab = await reached(join(dist, "index.d.ts"), (file, { importedFiles }) =>
    importedFiles
      .filter(({ fileName }) => fileName.startsWith("."))
      .map(({ fileName }) => join(dirname(file), fileName.replace(/\.js$/, ".d.ts"))),
  ).catch((cause: unknown) => {
    throw new Error(`${dist} has no declarations: build the lab first, npm run build`, { cause });
  });
  const libraries = dirname(require.resolve("typescript"));
  const library = (name: string): string => join(libraries, `lib.${name}.d.ts`);
  const language = await Promise.all(
    ["es2023", "webworker"].map((name) =>
      reached(library(name), (_, { libReferenceDirectives }) =>
        libReferenceDirectives.map(({ fileName }) => library(fileName)),
      ),
    ),
  );
  const found: Record<string, string> = {
    [`${packageFolder}/package.json`]: JSON.stringify({ types: "./dist/index.d.ts" }),
  };
  for (const [file, text] of lab) {
    found[`${packageFolder}/dist/${relative(dist, file).split(sep).join("/")}`] = text;
  }
  for (const [file, text] of language.flatMap((files) => [...files])) {
    found[`${libraryFolder}/${relative(libraries, file)}`] = text;
  }
  return found;
}

/** Returns the texts of a file and of all that are reached from it. */
async function reached(
  first: string,
  next: (file: string, info: ts.PreProcessedFileInfo) => readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const waiting = [first];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (found.has(file)) continue;
    const text = (await readFile(file, "utf8")).replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n");
    found.set(file, text);
    waiting.push(...next(file, ts.preProcessFile(text, true, true)));
  }
  return found;
}

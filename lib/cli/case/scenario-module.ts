/** The scenario that a module exports: JavaScript or TypeScript, from wherever it lies. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import type { Scenario } from "../../machine/index.js";
import { FileError } from "../frame/file-error.js";
import { lostInModule } from "./module-conditions.js";

/** The property of the global object that holds the library while a module is read. */
const libraryKey = "lockdep-lab.library";

/**
 * Returns the scenario that a module exports: as default, as `scenario`, or the only one.
 *
 * @throws FileError that says what is wrong with the module
 */
export async function scenarioIn(file: string): Promise<Scenario> {
  if (!existsSync(file)) throw new FileError(`cannot read ${file}: there is no such file`);
  const exported = await exportsOf(resolve(file));
  const found = Object.entries(exported).filter((entry): entry is [string, Scenario] =>
    isScenario(entry[1]),
  );
  const chosen =
    found.find(([name]) => name === "default") ??
    found.find(([name]) => name === "scenario") ??
    (found.length === 1 ? found[0] : undefined);
  if (chosen !== undefined) return chosen[1];
  const names = Object.keys(exported).join(", ");
  throw new FileError(
    found.length === 0
      ? `${file} exports no scenario${names === "" ? "" : ` (it exports ${names})`}; write: export default scenario("name", { ... })`
      : `${file} exports several scenarios: ${found.map(([name]) => name).join(", ")}; export one as default`,
  );
}

/** A module imports the library by its name, wherever it lies, and gets that of this very command. */
async function exportsOf(file: string): Promise<Readonly<Record<string, unknown>>> {
  const folder = mkdtempSync(join(tmpdir(), "lockdep-lab-"));
  try {
    const library = await import("../../index.js");
    Reflect.set(globalThis, Symbol.for(libraryKey), library);
    const contents = `export const { ${Object.keys(library).join(", ")} } = globalThis[Symbol.for("${libraryKey}")];`;
    const built = await build({
      entryPoints: [file],
      bundle: true,
      format: "esm",
      platform: "node",
      target: "node20",
      write: false,
      logLevel: "silent",
      sourcemap: "inline",
      plugins: [
        {
          name: "lockdep-lab",
          setup: (of) => {
            of.onResolve({ filter: /^lockdep-lab$/ }, ({ path }) => ({ path, namespace: path }));
            of.onLoad({ filter: /^/, namespace: "lockdep-lab" }, () => ({ contents }));
          },
        },
      ],
    });
    const [output] = built.outputFiles;
    const lost = await lostInModule(file, withoutMap(output?.text ?? ""));
    if (lost.length > 0) throw new FileError(lost.join("\n"));
    const path = join(folder, "scenario.mjs");
    writeFileSync(path, output?.contents ?? "");
    return (await import(pathToFileURL(path).href)) as Readonly<Record<string, unknown>>;
  } catch (error) {
    if (error instanceof FileError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new FileError(`${file}: ${why}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The map stands at the end, in letters that ask nothing. */
const withoutMap = (script: string): string => script.replace(/^\/\/# sourceMappingURL.*$/m, "");

function isScenario(of: unknown): of is Scenario {
  return typeof of === "object" && of !== null && "processes" in of && "sizes" in of;
}

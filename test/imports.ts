/** Which file of lib/ imports which, and what of that is a circle. */
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

/** The folder of the sources. */
export const lib = fileURLToPath(new URL("../lib", import.meta.url));

/** An import, of a value or of a type alone; both paths from `lib`. */
export interface Import {
  readonly from: string;
  /** A file of `lib`, or the name of a package. */
  readonly to: string;
}

/** Returns every import in `lib`, those inside of functions and types included. */
export function allImports(): readonly Import[] {
  const files = readdirSync(lib, { recursive: true, encoding: "utf8" }).filter(
    (name) => /\.(?:ts|mjs)$/.test(name) && !name.endsWith(".d.ts"),
  );
  return files.flatMap((from) => {
    const { importedFiles } = ts.preProcessFile(readFileSync(join(lib, from), "utf8"), true, true);
    return importedFiles.map(({ fileName: named }) => {
      if (!named.startsWith(".")) return { from, to: named };
      return {
        from,
        to: relative(lib, resolve(lib, dirname(from), named)).replace(/\.js$/, ".ts"),
      };
    });
  });
}

/** Returns the layer of a file: its first folder. */
export const layerOf = (file: string): string => file.split("/")[0] ?? "";

/** Returns the room of a file: its folder, or the file itself where it lies beside the rooms of its layer. */
export const roomOf = (file: string): string =>
  file.split("/").length > 2 ? dirname(file) : file.replace(/\.ts$/, "");

/** Returns what reaches itself: the strongly connected components with more than one member. */
export function circles(arrows: readonly Import[]): readonly (readonly string[])[] {
  const next = new Map<string, Set<string>>();
  for (const { from, to } of arrows) next.set(from, (next.get(from) ?? new Set()).add(to));
  const reached = new Map([...next.keys()].map((start) => [start, reach(next, start)]));
  const circular = [...next.keys()].filter((start) => reached.get(start)?.has(start) === true);
  const components = circular.map((start) =>
    circular.filter(
      (other) => reached.get(start)?.has(other) === true && reached.get(other)?.has(start) === true,
    ),
  );
  return components.filter(([first], i) => first === circular[i]).map((of) => [...of].sort());
}

function reach(next: ReadonlyMap<string, ReadonlySet<string>>, start: string): ReadonlySet<string> {
  const seen = new Set<string>();
  const queue = [start];
  for (const at of queue) {
    for (const to of next.get(at) ?? []) {
      if (seen.has(to)) continue;
      seen.add(to);
      queue.push(to);
    }
  }
  return seen;
}

/** What tells one version of the generator from another. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { digestOf } from "./cache-folder.js";

/** The layers that translations and code are made by. */
const layers = ["primitives", "machine", "explore", "kernel-c", "kvm"];

/** What the compiler writes anew whenever it writes any module. */
const buildRecord = ".tsbuildinfo";

/**
 * Returns a text that changes with every build that may write other code.
 *
 * Of a build that is the compiler's own record of it; without one, each module's name, size and time. To look at
 * all modules takes longer than to make the code of a small model.
 *
 * @param root the folder of the layers
 */
export function generatorPrint(root = fileURLToPath(new URL("..", import.meta.url))): string {
  const record = stampOf(root, buildRecord);
  return record ?? digestOf(modulesBelow(root).join("\n"));
}

const modulesBelow = (root: string): readonly string[] =>
  layers.flatMap((layer) =>
    readdirSync(join(root, layer), { recursive: true, encoding: "utf8" })
      .filter((name) => /(?<!\.d)\.[jt]s$/.test(name))
      .sort()
      .map((name) => stampOf(root, join(layer, name)) ?? name),
  );

/** Returns a file's name, size and time; null if there is no such file. */
function stampOf(root: string, name: string): string | null {
  const of = statSync(join(root, name), { throwIfNoEntry: false });
  return of === undefined ? null : `${name} ${String(of.size)} ${String(of.mtimeMs)}`;
}

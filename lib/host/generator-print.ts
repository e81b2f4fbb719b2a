/** What tells one version of the generator from another. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { digestOf } from "./cache-folder.js";

/** The layers that code is made by. */
const layers = ["machine", "explore"];

/**
 * Returns a text that changes with every build that may write other code: of each module's name, size and
 * time. To read them all would take longer than to make the code of a small model.
 */
export function generatorPrint(): string {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const modules = layers.flatMap((layer) =>
    readdirSync(join(root, layer), { recursive: true, encoding: "utf8" })
      .filter((name) => /(?<!\.d)\.[jt]s$/.test(name))
      .sort()
      .map((name) => {
        const { size, mtimeMs } = statSync(join(root, layer, name));
        return `${layer}/${name} ${String(size)} ${String(mtimeMs)}`;
      }),
  );
  return digestOf(modules.join("\n"));
}

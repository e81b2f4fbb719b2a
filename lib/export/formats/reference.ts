/** The reference of the library, which `npm run docs` makes, as part of a book. */
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ExportFile } from "../format.js";

const folder = fileURLToPath(new URL("../../reference", import.meta.url));

/** Returns whether the reference was made. */
export const hasReference = (): boolean => existsSync(join(folder, "index.html"));

/** Returns its files, below `reference/`; none where it was not made. */
export function* referenceFiles(): Generator<ExportFile> {
  if (!hasReference()) return;
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
    const file = join(folder, name);
    if (statSync(file).isFile()) yield { path: `reference/${name}`, data: readFileSync(file) };
  }
}

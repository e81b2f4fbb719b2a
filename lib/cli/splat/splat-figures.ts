/** Writes the figures of `lab splat --draw`. */
import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Figure } from "../../views/draw/figure.js";
import { makeFolder } from "../frame/folder.js";

/**
 * Writes figures into a folder, and says where; a folder that cannot be written is said, and the exit status set.
 *
 * @param name what the file names begin with
 * @param figures by the end of the file's name; null for what there is none of
 */
export function writeFigures(
  folder: string,
  name: string,
  figures: Readonly<Record<string, Figure | null>>,
): void {
  try {
    makeFolder(folder);
    for (const [part, figure] of Object.entries(figures)) {
      if (figure === null) continue;
      const path = join(folder, `${basename(name)}-${part}.svg`);
      writeFileSync(path, figure.svg);
      process.stderr.write(`${path} written\n`);
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${folder}: cannot be written (${why}); name a folder of your own\n`);
    process.exitCode = 1;
  }
}

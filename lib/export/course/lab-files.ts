/** The lab itself, for an archive: all that `npm start` and a JupyterHub's image need, and no notebook. */
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { ExportFile } from "../format.js";

const files = [
  ...[".npmrc", "CITATION.cff", "LICENSE", "README.md"],
  ...["package-lock.json", "package.json", "tsconfig.json"],
] as const;
const folders = [".binder", "lib"] as const;

/** Returns the lab's files below the folder of the project, in the order of their names. */
export async function labFiles(root: string): Promise<ExportFile[]> {
  const inFolders = await Promise.all(
    folders.map(async (folder) => {
      const names = await readdir(join(root, folder), { recursive: true }).catch(() => []);
      return names.map((name) => `${folder}/${name.replaceAll("\\", "/")}`);
    }),
  );
  const found: ExportFile[] = [];
  for (const path of [...files, ...inFolders.flat()].sort()) {
    const file = join(root, path);
    const isFile = await stat(file).then(
      (one) => one.isFile(),
      () => false,
    );
    if (isFile) found.push({ path, data: await readFile(file) });
  }
  return found;
}

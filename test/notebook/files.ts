import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder that cells resolve their imports from. */
export const notebookFolder = fileURLToPath(new URL("../../notebooks", import.meta.url));

/** The lab's notebooks by their file names, in reading order. */
export const notebookNames = readdirSync(notebookFolder)
  .filter((name) => name.endsWith(".ipynb"))
  .sort();

/** The file of a notebook. */
export const notebookFile = (name: string): string => join(notebookFolder, name);

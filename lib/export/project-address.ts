/** Where the project is to be found, as its package says. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fieldOf, textField } from "./json.js";

/** Returns the address that `package.json` in the folder gives, or undefined where it gives none. */
export async function projectAddress(root: string): Promise<string | undefined> {
  const about: unknown = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  return textField(about, "homepage") ?? textField(fieldOf(about, "repository"), "url");
}

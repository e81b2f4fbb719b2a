import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * @param {readonly string[]} parts
 * @returns {string} a digest that changes when any part does
 */
export function fingerprint(parts) {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(`${String(part.length)}:${part}`);
  return hash.digest("hex");
}

/**
 * @param {Uint8Array} bytes
 * @returns {string} their digest
 */
export const fingerprintOfBytes = (bytes) => createHash("sha256").update(bytes).digest("hex");

/**
 * @param {string} folder
 * @param {string} suffix such as `.ts`
 * @returns {string[]} the files below with that suffix, sorted, relative to the folder
 */
export function filesBelow(folder, suffix) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(suffix))
    .sort();
}

/**
 * @param {string} folder
 * @param {readonly string[]} names
 * @returns {string} a digest of names and contents
 */
export function fingerprintOf(folder, names) {
  return fingerprint(names.flatMap((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

/**
 * @param {string} file
 * @returns {unknown} the parsed JSON, or null where there is none
 */
export function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}

/**
 * @param {string} file
 * @param {unknown} value
 */
export function writeJson(file, value) {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}

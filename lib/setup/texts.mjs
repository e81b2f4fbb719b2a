/**
 * The C of lib/atlas and lib/kvm and the patches to it, as modules: what runs in a browser reads no files.
 *
 * A folder of the atlas that has a case.c gets a texts.ts beside it, and so does lib/kvm/c, which has several
 * files. The build makes it anew, and a test compares.
 */
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./project.mjs";

const atlas = join(root, "lib", "atlas");
const kvm = join(root, "lib", "kvm", "c");
const kinds = /** @type {const} */ (["fixes", "mutants", "premises"]);

/** @param {string} text @returns {string} a template literal that stands for the text */
const literal = (text) => `\`${text.replace(/[\\`]|\$(?=\{)/g, "\\$&")}\``;

/** @param {string} folder @returns {readonly (readonly [string, string])[]} name and text of each patch in it */
function patchesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(".diff"))
    .sort()
    .map((file) => [file.slice(0, -".diff".length), readFileSync(join(folder, file), "utf8")]);
}

/** @param {readonly (readonly [string, string])[]} patches @returns {string} as Prettier writes it */
function objectOf(patches) {
  if (patches.length === 0) return "{}";
  const bare = patches.every(([name]) => /^[a-z]\w*$/.test(name));
  const key = (/** @type {string} */ name) =>
    /^[a-z]\w*$/.test(name) || bare ? name : `"${name}"`;
  return `{\n${patches.map(([name, text]) => `    ${key(name)}: ${literal(text)},\n`).join("")}  }`;
}

/** @returns {readonly { readonly file: string, readonly text: string }[]} what the modules are to be */
export function wantedTexts() {
  return [...ofAtlas(), ...ofKvm()];
}

/** @returns {readonly { readonly file: string, readonly text: string }[]} the files of the case, in the order in which they are read */
function ofKvm() {
  if (!existsSync(kvm)) return [];
  const files = ["core.c", "kvm_main.c", "posted_intr.c", "vmx.c", "first_runs.c"];
  const entries = files.map(
    (file) =>
      `    {\n      file: "${file}",\n      text: ${literal(readFileSync(join(kvm, file), "utf8"))},\n    },\n`,
  );
  const patches = ["fixes", "mutants", "changes"].map(
    (kind) => `  ${kind}: ${objectOf(patchesIn(join(kvm, kind)))},\n`,
  );
  const text = `/** Made from the files and patches beside it by lib/setup/texts.mjs. */
import type { KvmTexts } from "./kvm-texts.js";

export const texts: KvmTexts = {
  files: [
${entries.join("")}  ],
${patches.join("")}};
`;
  return [{ file: join(kvm, "texts.ts"), text }];
}

/** @returns {readonly { readonly file: string, readonly text: string }[]} a module for each case of the atlas */
function ofAtlas() {
  if (!existsSync(atlas)) return [];
  return readdirSync(atlas, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(atlas, entry.name, "case.c")))
    .map(({ name }) => {
      const folder = join(atlas, name);
      const fields = [
        `  code: ${literal(readFileSync(join(folder, "case.c"), "utf8"))},\n`,
        ...kinds.map((kind) => `  ${kind}: ${objectOf(patchesIn(join(folder, kind)))},\n`),
      ];
      const text = `/** Made from case.c and the patches beside it by lib/setup/texts.mjs. */
import type { CaseTexts } from "../atlas-case.js";

export const texts: CaseTexts = {
${fields.join("")}};
`;
      return { file: join(folder, "texts.ts"), text };
    });
}

/** Writes the modules whose texts have changed. */
export function writeTexts() {
  for (const { file, text } of wantedTexts()) {
    if (!existsSync(file) || readFileSync(file, "utf8") !== text) writeFileSync(file, text);
  }
}

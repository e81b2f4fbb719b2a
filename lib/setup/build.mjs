import { chmodSync, existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { writeBundle } from "./bundle.mjs";
import { capture } from "./child.mjs";
import { writeDeclarations } from "./declarations.mjs";
import { filesBelow, fingerprint, fingerprintOf, readJson, writeJson } from "./fingerprint.mjs";
import { Problem } from "./problem.mjs";
import { step } from "./progress.mjs";
import { root } from "./project.mjs";
import { writeTexts } from "./texts.mjs";

const lib = join(root, "lib");
const dist = join(root, "dist");
const stamp = join(dist, ".built.json");

/** @typedef {{ print: string, sources: readonly string[] }} Built */

/** @returns {Built | null} what the last complete build was made from */
function lastBuild() {
  const built = /** @type {Partial<Built> | null} */ (readJson(stamp));
  return typeof built?.print === "string" && Array.isArray(built.sources)
    ? { print: built.print, sources: built.sources }
    : null;
}

/** @returns {Built} */
function wantedBuild() {
  const sources = filesBelow(lib, ".ts");
  const print = fingerprint([
    fingerprintOf(lib, sources),
    fingerprintOf(root, [
      "tsconfig.json",
      "package-lock.json",
      "lib/setup/declarations.mjs",
      "lib/setup/bundle.mjs",
    ]),
  ]);
  return { print, sources };
}

async function compile() {
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  const { status, output } = await capture(process.execPath, [tsc, "-p", "tsconfig.json"]);
  if (status === 0) return;
  throw new Problem("the lab does not compile", ["mend the lines above, in lib/"], output);
}

/** Makes modules of the C of lib/, compiles lib/ to dist/ where the sources have changed, and removes what lost its source. */
export async function build() {
  writeTexts();
  const wanted = wantedBuild();
  const last = lastBuild();
  const entry = join(dist, "index.js");
  if (last?.print === wanted.print && existsSync(entry)) return;
  rmSync(stamp, { force: true });
  // An incremental build trusts its own record of what it wrote: it must not outlive the output.
  if (!existsSync(entry)) rmSync(join(dist, ".tsbuildinfo"), { force: true });
  await step("building (tsc)", compile);
  await writeDeclarations(dist);
  await writeBundle(dist);
  const kept = new Set(wanted.sources);
  for (const source of last?.sources.filter((name) => !kept.has(name)) ?? []) {
    for (const suffix of [".js", ".js.map", ".d.ts"]) {
      rmSync(join(dist, source.replace(/\.ts$/, suffix)), { force: true });
    }
  }
  const command = join(dist, "cli", "main.js");
  if (existsSync(command)) chmodSync(command, 0o755);
  writeJson(stamp, wanted);
}

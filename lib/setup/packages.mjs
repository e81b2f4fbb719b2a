import { existsSync, lstatSync, mkdirSync, readlinkSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import process from "node:process";
import { capture } from "./child.mjs";
import { readJson } from "./fingerprint.mjs";
import { Problem } from "./problem.mjs";
import { step } from "./progress.mjs";
import { root } from "./project.mjs";

/**
 * @typedef {{ version?: string, optional?: boolean, devOptional?: boolean, link?: boolean }} Locked
 */

/**
 * @param {unknown} lock
 * @returns {Map<string, Locked>} what a lockfile lists, by place
 */
function lockedPackages(lock) {
  const packages =
    typeof lock === "object" && lock !== null && "packages" in lock ? lock.packages : {};
  return new Map(Object.entries(/** @type {Record<string, Locked>} */ (packages ?? {})));
}

/**
 * npm writes what it has installed to `node_modules/.package-lock.json`, last of all.
 *
 * @param {string} folder with package-lock.json
 * @returns {boolean} whether it differs from what package-lock.json asks for
 */
export function packagesAreStale(folder) {
  const wanted = lockedPackages(readJson(join(folder, "package-lock.json")));
  const present = lockedPackages(readJson(join(folder, "node_modules", ".package-lock.json")));
  return [...wanted].some(([place, { version, optional, devOptional, link }]) => {
    if (place === "" || link) return false;
    const there = present.get(place);
    return there === undefined ? !optional && !devOptional : there.version !== version;
  });
}

const unreachable =
  /ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|SOCKET_TIMEOUT|network/i;

async function install() {
  // npm names itself in its scripts' environment; without it, `npm` is looked up on the path.
  const own = process.env["npm_execpath"];
  const args = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
  const patience = ["--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--fetch-timeout=60000"];
  const { status, output } =
    own?.endsWith(".js") === true
      ? await capture(process.execPath, [own, ...args, ...patience])
      : await capture(process.platform === "win32" ? "npm.cmd" : "npm", [...args, ...patience]);
  if (status === 0) return;
  if (unreachable.test(output)) {
    throw new Problem(
      "npm could not reach its package registry",
      [
        "check the network and any proxy: `npm ping` must answer",
        "`npm config get registry` shows which registry is asked",
        "then run the same command again",
      ],
      output,
    );
  }
  throw new Problem("npm ci failed", ["mend what npm says above, then run again"], output);
}

/** Notebook cells import the lab by its own name, so `node_modules` gets a link to the project. */
function linkSelf() {
  const windows = process.platform === "win32";
  makeLink(join(root, "node_modules", "lockdep-lab"), windows ? root : "..");
  // npx alone would never again find a command that it once looked for before the first build.
  const command = join("..", "..", "dist", "cli", "main.js");
  if (!windows) makeLink(join(root, "node_modules", ".bin", "lab"), command);
}

/**
 * @param {string} link
 * @param {string} target absolute, or from the link's folder
 */
function makeLink(link, target) {
  const there = lstatSync(link, { throwIfNoEntry: false });
  const wanted = resolve(dirname(link), target);
  if (there?.isSymbolicLink() === true && resolve(dirname(link), readlinkSync(link)) === wanted)
    return;
  if (there !== undefined) rmSync(link, { recursive: true, force: true });
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(target, link, "junction");
}

/** Installs the npm packages of the lockfile where they are missing or stale. */
export async function installPackages() {
  if (!existsSync(join(root, "package-lock.json"))) {
    throw new Problem("package-lock.json is missing", [
      "restore it: git checkout package-lock.json",
    ]);
  }
  if (packagesAreStale(root)) await step("installing packages (npm ci)", install);
  linkSelf();
}

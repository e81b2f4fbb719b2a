import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { URL, fileURLToPath } from "node:url";
import { capture } from "./child.mjs";
import { fingerprint, readJson, writeJson } from "./fingerprint.mjs";
import { Problem } from "./problem.mjs";
import { step } from "./progress.mjs";
import { root, venv, venvPython } from "./project.mjs";

const requirements = fileURLToPath(new URL("requirements.txt", import.meta.url));
const stamp = join(venv, ".made.json");
const oldest = /** @type {const} */ ([3, 9]);

/** Says `3 11 ok`, or `3 11 no` where the system's package left out what makes environments. */
const probe = `import sys
try:
    import venv, ensurepip
    has = "ok"
except ImportError:
    has = "no"
print(sys.version_info[0], sys.version_info[1], has)`;

/** @returns {readonly (readonly [string, ...string[]])[]} the commands that may be Python */
function candidates() {
  const named = process.env["PYTHON"];
  if (named !== undefined && named !== "") return [[named]];
  const usual = /** @type {const} */ ([["python3"], ["python"]]);
  return process.platform === "win32" ? [["py", "-3"], ...usual] : usual;
}

/**
 * Finds a Python that can make an environment.
 *
 * @returns {Promise<readonly [string, ...string[]]>} the command and its first arguments
 */
async function findPython() {
  /** @type {string[]} */
  const seen = [];
  for (const command of candidates()) {
    const [program, ...args] = command;
    const { status, output } = await capture(program, [...args, "-c", probe]);
    const [, major, minor, has] = /^(\d+) (\d+) (ok|no)\s*$/m.exec(output) ?? [];
    if (status !== 0 || major === undefined || minor === undefined) {
      seen.push(`${command.join(" ")}: not found`);
    } else if (Number(major) !== oldest[0] || Number(minor) < oldest[1]) {
      seen.push(`${command.join(" ")}: ${major}.${minor}, too old`);
    } else if (has === "no") {
      seen.push(`${command.join(" ")}: ${major}.${minor}, without the venv module`);
    } else {
      return command;
    }
  }
  const noVenv = seen.some((line) => line.endsWith("venv module"));
  throw new Problem(
    `no Python ${oldest.join(".")} or later that can make an environment (${seen.join("; ")})`,
    [
      noVenv
        ? "on Debian and Ubuntu: apt install python3-venv"
        : "install Python 3 (python.org, or your system's packages: apt install python3 python3-venv)",
      "or name one: PYTHON=/path/to/python3 npm start",
    ],
  );
}

/** @param {readonly [string, ...string[]]} python */
async function makeVenv([program, ...args]) {
  rmSync(venv, { recursive: true, force: true });
  const { status, output } = await capture(program, [...args, "-m", "venv", venv]);
  if (status === 0) return;
  throw new Problem(
    `${program} could not make an environment in .venv`,
    ["on Debian and Ubuntu: apt install python3-venv", "or name another: PYTHON=... npm start"],
    output,
  );
}

/** A small package of the list: if this one can be had, so can the rest. */
const small = /^idna==\S+/m;
const patience = 7000;

/** Finds out soon whether there is an index at all: pip itself would try for minutes. */
async function askIndex() {
  const wanted = small.exec(readFileSync(requirements, "utf8"))?.[0] ?? "idna";
  const folder = mkdtempSync(join(tmpdir(), "lab-pip-"));
  try {
    const { status, output } = await capture(
      venvPython,
      [
        ...["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-input"],
        ...["--timeout", "5", "--retries", "0", "--no-deps", "--dest", folder, wanted],
      ],
      {},
      patience,
    );
    if (status !== 0) throw unreachable(output);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} output what pip printed */
function unreachable(output) {
  return new Problem(
    "pip could not reach its package index",
    [
      "check the network and any proxy; `.venv/bin/python -m pip download jupyterlab` shows more",
      "then run the same command again",
    ],
    output,
  );
}

async function installJupyter() {
  const { status, output } = await capture(venvPython, [
    ...["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"],
    ...["--timeout", "20", "--retries", "2", "--requirement", requirements],
  ]);
  if (status === 0) return;
  const network =
    /NewConnectionError|ConnectTimeout|timed out|ProxyError|resolve|unreachable|versions: none/i;
  if (network.test(output)) throw unreachable(output);
  throw new Problem(
    "pip could not install JupyterLab",
    ["`.venv/bin/python -m pip install jupyterlab` shows more", "then run the same command again"],
    output,
  );
}

/** @returns {string} what the environment must have been made from to be kept */
function wantedVenv() {
  // The place is part of it: an environment's programs hold their own absolute path.
  return fingerprint([root, readFileSync(requirements, "utf8")]);
}

/** Makes `.venv` with the pinned JupyterLab where it is missing or stale. */
export async function installPython() {
  const print = wantedVenv();
  const made = /** @type {{ print?: string } | null} */ (readJson(stamp));
  if (made?.print === print && existsSync(venvPython)) return;
  const python = await findPython();
  await step("making a Python environment (.venv)", () => makeVenv(python));
  await step("asking the package index", askIndex);
  await step("installing JupyterLab into it (pip)", installJupyter);
  writeJson(stamp, { print });
}

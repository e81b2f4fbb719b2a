/**
 * `npm start`, `npm test` and `npm run build`: brings everything up to date, then does the work.
 * Plain JavaScript on Node's own modules: it runs before anything is installed.
 */
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { serveBook } from "./book.mjs";
import { build } from "./build.mjs";
import { inherit } from "./child.mjs";
import { serveNotebooks } from "./jupyter.mjs";
import { registerKernel } from "./kernelspec.mjs";
import { checkNode } from "./node-version.mjs";
import { installPackages } from "./packages.mjs";
import { Problem } from "./problem.mjs";
import { root } from "./project.mjs";
import { installPython } from "./python.mjs";

async function installAndBuild() {
  checkNode();
  await installPackages();
  await build();
}

async function installEverything() {
  await installAndBuild();
  await installPython();
  registerKernel();
}

/** Where there can be no Jupyter, says why: the book takes its place. */
async function hasJupyter() {
  try {
    await installPython();
    registerKernel();
    return true;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    process.stderr.write(`\n${error.describe()}\n`);
    process.stderr.write(
      "\n  No JupyterLab then: the notebooks come as a book that runs in the browser.\n",
    );
    return false;
  }
}

const usage = "usage: npm start -- [--book] [--no-browser] [--port N]";

const help = `${usage}

  Installs what is missing into this folder, builds, and opens the notebooks in JupyterLab.

  --book        the notebooks as a book that runs in the browser: needs no Python
  --no-browser  print the address, open nothing
  --port N      serve there, 1 to 65535; otherwise at the first free port
  --help        print this
`;

/**
 * @param {readonly string[]} args
 * @returns {{ book: boolean, browser: boolean, port: number | null } | null} null to print the help
 */
function startOptions(args) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        book: { type: "boolean" },
        "no-browser": { type: "boolean" },
        port: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    });
    if (values.help === true) return null;
    const port = values.port === undefined ? null : Number(values.port);
    if (port !== null && !(Number.isInteger(port) && port > 0 && port < 65536)) {
      throw new Error(`--port ${String(values.port)} is not a port number (1 to 65535)`);
    }
    return { book: values.book === true, browser: values["no-browser"] !== true, port };
  } catch (error) {
    throw new Problem(error instanceof Error ? error.message : String(error), [usage]);
  }
}

/**
 * @param {string | undefined} command
 * @param {readonly string[]} args
 * @returns {Promise<number>} exit status
 */
async function run(command, args) {
  switch (command) {
    case "start": {
      const options = startOptions(args);
      if (options === null) {
        process.stdout.write(help);
        return 0;
      }
      await installAndBuild();
      if (options.book || !(await hasJupyter())) return await serveBook(options);
      return await serveNotebooks(options);
    }
    case "test": {
      await installEverything();
      const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
      return await inherit(process.execPath, [vitest, "run", ...args]);
    }
    case "build":
      await installAndBuild();
      return 0;
    default:
      throw new Problem(`unknown command: ${command ?? "(none)"}`, ["one of: start, test, build"]);
  }
}

const [command, ...args] = process.argv.slice(2);
try {
  process.exitCode = await run(command, args);
} catch (error) {
  if (!(error instanceof Problem)) throw error;
  process.stderr.write(`\n${error.describe()}\n`);
  process.exitCode = 1;
}

import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { get } from "node:http";
import { createServer } from "node:net";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { openPrivately } from "./browser.mjs";
import { Problem } from "./problem.mjs";
import { step } from "./progress.mjs";
import { root, venv, venvPython } from "./project.mjs";

const first = "notebooks/01-the-splat.ipynb";
const usualPort = 8888;
const state = join(venv, "jupyter");
const log = join(state, "server.log");
const config = join(state, "config");

/**
 * Images know no theme but their page's colour scheme: so JupyterLab's theme decides theirs too. And a figure
 * keeps the size that it was drawn in: beside a panel it scrolls, since smaller letters could not be read. In a window of
 * 900 pixels, with the panel folded, all have room that are drawn for it: JupyterLab's own padding would take it where
 * the browser has a scroll bar. Words of a text that wraps stay whole. A chart of
 * Plotly's is as high as its picture: when the panel's width changes, Plotly asks the page how high it is.
 */
const css = `body[data-jp-theme-light="true"] { color-scheme: light; }
body[data-jp-theme-light="false"] { color-scheme: dark; }
.jp-OutputArea-output img[src^="data:image/svg+xml"],
.jp-OutputArea-output .lab-inline > svg,
.jp-OutputArea-output [data-part="picture"] > svg { max-width: none !important; }
.jp-OutputArea-output .lab-inline,
.jp-OutputArea-output [data-part="picture"] { overflow-x: auto; }
.jp-OutputArea-output.jp-RenderedHTMLCommon:has(> .lab-inline, > .lab-player) { padding-right: 0; }
.jp-OutputArea-output.jp-RenderedText pre { word-break: normal; overflow-wrap: anywhere; }
.jp-OutputArea-output .lab-player { max-width: 1000px !important; }
.jp-OutputArea-child:has(> .js-plotly-plot) { overflow-x: auto; }
.jp-OutputArea-output.js-plotly-plot { min-width: 720px; }
.jp-OutputArea-output.js-plotly-plot .plot-container,
.jp-OutputArea-output.js-plotly-plot .svg-container { height: auto !important; }
.jp-OutputArea-output.js-plotly-plot .svg-container > .main-svg:first-child {
  display: block;
  position: relative !important;
}
`;

/**
 * @param {number} port
 * @returns {Promise<boolean>} whether nobody listens there
 */
function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "localhost", () => server.close(() => resolve(true)));
  });
}

/**
 * @param {number | null} asked the port of `--port`; null leaves the choice to the lab
 * @returns {Promise<number>}
 */
async function choosePort(asked) {
  if (asked !== null) {
    if (await isFree(asked)) return asked;
    throw new Problem(`port ${String(asked)} is taken`, [
      "end what listens there, or name another: npm start -- --port 9999",
      "without --port the lab takes the first free one",
    ]);
  }
  for (let port = usualPort; port < usualPort + 50; port += 1) {
    if (await isFree(port)) return port;
  }
  throw new Problem(`ports ${String(usualPort)} to ${String(usualPort + 49)} are all taken`, [
    "name a free one: npm start -- --port 9999",
  ]);
}

/** @returns {Record<string, string>} all that Jupyter reads and writes stays inside `.venv` */
function environment() {
  return {
    JUPYTER_CONFIG_DIR: config,
    JUPYTER_DATA_DIR: join(state, "data"),
    JUPYTER_RUNTIME_DIR: join(state, "runtime"),
    JUPYTERLAB_SETTINGS_DIR: join(state, "settings"),
    JUPYTERLAB_WORKSPACES_DIR: join(state, "workspaces"),
    IPYTHONDIR: join(state, "ipython"),
  };
}

/**
 * @param {string} url
 * @returns {Promise<boolean>} whether the server answers there
 */
function answers(url) {
  return new Promise((resolve) => {
    get(url, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    }).on("error", () => resolve(false));
  });
}

/**
 * Signs the lab's own ten notebooks, as `jupyter trust` does: JupyterLab shows no figure of one that is not signed
 * until its cells have run here. What a reader has brought in is left as it is.
 *
 * @returns {Promise<void>} done, or not: then the figures come with "Run All Cells"
 */
function trustOwnNotebooks() {
  const folder = join(root, "notebooks");
  const own = readdirSync(folder).filter((name) => /^(?:0[1-9]|10)-[a-z-]+\.ipynb$/.test(name));
  const files = own.map((name) => join(folder, name));
  const child = spawn(venvPython, ["-m", "nbformat.sign", ...files], {
    env: { ...process.env, ...environment() },
    stdio: "ignore",
  });
  return new Promise((resolve) => {
    child.on("error", () => resolve());
    child.on("close", () => resolve());
  });
}

/**
 * Serves the notebooks in JupyterLab until Ctrl-C, or until the server is shut down from within.
 *
 * @param {{ browser: boolean, port: number | null }} options
 * @returns {Promise<number>} exit status
 */
export async function serveNotebooks({ browser, port: asked }) {
  const port = await choosePort(asked);
  const token = randomBytes(24).toString("hex");
  mkdirSync(join(config, "custom"), { recursive: true });
  writeFileSync(join(config, "custom", "custom.css"), css);
  await trustOwnNotebooks();
  const output = openSync(log, "w");
  const asRoot = process.getuid?.() === 0 ? ["--allow-root"] : [];
  const child = spawn(
    venvPython,
    [
      ...["-m", "jupyterlab", "--no-browser", `--port=${String(port)}`, ...asRoot],
      ...["--ServerApp.port_retries=0", `--ServerApp.root_dir=${root}`],
      ...[
        "--LabApp.extension_manager=readonly",
        "--LabApp.custom_css=True",
        "--KernelSpecManager.ensure_native_kernel=False",
      ],
      ...["--KernelSpecManager.allowed_kernelspecs=tslab"],
      ...["--MultiKernelManager.default_kernel_name=tslab"],
    ],
    {
      cwd: root,
      env: { ...process.env, ...environment(), JUPYTER_TOKEN: token },
      stdio: ["ignore", output, output],
      // In its own process group, so that Ctrl-C reaches it through us and it asks no question.
      detached: true,
    },
  );
  closeSync(output);
  /** @type {Promise<number>} */
  const ended = new Promise((resolve) => {
    child.on("error", () => resolve(127));
    child.on("close", (status) => resolve(status ?? 1));
  });
  let stopping = false;
  const stop = () => {
    if (stopping) {
      child.kill("SIGKILL");
      return;
    }
    stopping = true;
    process.stderr.write("\n  stopping JupyterLab and its kernels ...\n");
    child.kill("SIGTERM");
  };
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, stop);
  }
  const base = `http://localhost:${String(port)}`;
  await step("starting JupyterLab", () => ready(`${base}/api?token=${token}`, ended));
  const url = `${base}/lab/tree/${first}?token=${token}`;
  process.stdout.write(`\n  ${url}\n\n  Ctrl-C stops everything.\n`);
  const opened = browser && !stopping ? openPrivately(url, state) : null;
  const status = await ended;
  if (opened !== null) rmSync(opened, { force: true });
  if (stopping || status === 0) {
    process.stderr.write("  stopped\n");
    return 0;
  }
  throw new Problem(
    `JupyterLab ended with status ${String(status)}`,
    ["its log is above, whole in .venv/jupyter/server.log", "run npm start again"],
    readFileSync(log, "utf8"),
  );
}

/**
 * @param {string} url
 * @param {Promise<number>} ended
 */
async function ready(url, ended) {
  let over = false;
  void ended.then(() => {
    over = true;
  });
  const deadline = Date.now() + 60_000;
  while (!over && Date.now() < deadline) {
    if (await answers(url)) return;
    await sleep(150);
  }
  throw new Problem(
    over ? "JupyterLab ended at once" : "JupyterLab did not answer within 60 s",
    ["its log is above, whole in .venv/jupyter/server.log", "a fresh environment: rm -r .venv"],
    readFileSync(log, "utf8"),
  );
}

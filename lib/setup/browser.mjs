import { spawn } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";

/**
 * Opens the address in the reader's browser, where there is one.
 *
 * @param {string} url
 */
export function openBrowser(url) {
  const [program, args] =
    process.platform === "darwin"
      ? ["open", [url]]
      : process.platform === "win32"
        ? ["cmd", ["/c", "start", "", url.replaceAll("&", "^&")]]
        : ["xdg-open", [url]];
  const child = spawn(program, args, { stdio: "ignore", detached: true });
  // The URL is on the terminal: a machine without a browser needs no error.
  child.on("error", () => undefined);
  child.unref();
}

/**
 * Opens an address with a secret in it. Other users of the machine can read the arguments of programs,
 * so the browser is given a file that this user alone can read, which leads there.
 *
 * @param {string} url
 * @param {string} folder where the file may be
 * @returns {string} the file, to be removed when the address no longer answers
 */
export function openPrivately(url, folder) {
  const file = join(folder, "open.html");
  const target = url.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  const page =
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Opening JupyterLab</title>' +
    '<meta name="referrer" content="no-referrer">' +
    `<meta http-equiv="refresh" content="0;url=${target}">` +
    `<p><a href="${target}">Open JupyterLab</a></p></html>\n`;
  rmSync(file, { force: true });
  writeFileSync(file, page, { mode: 0o600, flag: "wx" });
  openBrowser(pathToFileURL(file).href);
  return file;
}

import { spawn } from "node:child_process";
import process from "node:process";

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

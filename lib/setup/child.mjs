import { spawn } from "node:child_process";
import process from "node:process";
import { clearTimeout, setTimeout } from "node:timers";
import { root } from "./project.mjs";

/**
 * @typedef {object} Outcome
 * @property {number} status exit status; 127 when the program could not be started
 * @property {string} output what it printed on both streams
 */

/**
 * Runs a program to its end and keeps what it prints.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {Readonly<Record<string, string>>} [extra] environment variables to add
 * @param {number} [limit] milliseconds after which it is ended; status 124 then, as timeout(1) has it
 * @returns {Promise<Outcome>}
 */
export function capture(program, args, extra = {}, limit = Infinity) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, ...extra },
      stdio: ["ignore", "pipe", "pipe"],
    });
    /** @type {string[]} */
    const chunks = [];
    child.stdout.on("data", (chunk) => chunks.push(String(chunk)));
    child.stderr.on("data", (chunk) => chunks.push(String(chunk)));
    let late = false;
    const timer =
      limit === Infinity
        ? undefined
        : setTimeout(() => {
            late = true;
            child.kill("SIGKILL");
          }, limit);
    child.on("error", (error) => {
      clearTimeout(timer);
      resolve({ status: 127, output: error.message });
    });
    child.on("close", (status) => {
      clearTimeout(timer);
      resolve({ status: late ? 124 : (status ?? 1), output: chunks.join("") });
    });
  });
}

/**
 * Runs a program on this terminal.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @returns {Promise<number>} exit status
 */
export function inherit(program, args) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, stdio: "inherit" });
    child.on("error", () => resolve(127));
    child.on("close", (status) => resolve(status ?? 1));
  });
}

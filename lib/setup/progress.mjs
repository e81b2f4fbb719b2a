import process from "node:process";
import { clearInterval, setInterval } from "node:timers";

/**
 * Says on stderr what is being done and how long it took; a step that is up to date says nothing.
 *
 * @template T
 * @param {string} what such as `installing packages (npm ci)`
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(what, work) {
  const began = Date.now();
  const seconds = () => `${((Date.now() - began) / 1000).toFixed(0)} s`;
  const live = process.stderr.isTTY;
  process.stderr.write(live ? `  ${what} ...` : `  ${what} ...\n`);
  const ticker = live
    ? setInterval(() => process.stderr.write(`\r  ${what} ... ${seconds()}`), 1000)
    : undefined;
  let outcome = "failed";
  try {
    const result = await work();
    outcome = "done";
    return result;
  } finally {
    clearInterval(ticker);
    process.stderr.write(`${live ? "\r" : ""}  ${what}: ${outcome}, ${seconds()}\n`);
  }
}

import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { openBrowser } from "./browser.mjs";
import { Problem } from "./problem.mjs";
import { step } from "./progress.mjs";
import { root } from "./project.mjs";

/**
 * Serves the notebooks as a book whose cells run in the browser, until Ctrl-C: that needs Node alone.
 *
 * @param {{ browser: boolean, port: number | null }} options
 * @returns {Promise<number>} exit status
 */
export async function serveBook({ browser, port }) {
  const module = pathToFileURL(join(root, "dist", "export", "book-server.js")).href;
  /** @type {{ serveBook: (options: object) => Promise<{ url: string, close: () => Promise<void> }> }} */
  const { serveBook: serve } = await import(module);
  const server = await step("making the book", () => serve(port === null ? {} : { port })).catch(
    (/** @type {unknown} */ error) => {
      throw new Problem(error instanceof Error ? error.message : String(error), [
        "`npx lab export --to book --out book` writes the same as files",
      ]);
    },
  );
  process.stdout.write(`\n  ${server.url}\n\n  Ctrl-C stops everything.\n`);
  if (browser) openBrowser(server.url);
  await new Promise((resolve) => {
    for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
      process.once(signal, resolve);
    }
  });
  await server.close();
  process.stderr.write("  stopped\n");
  return 0;
}

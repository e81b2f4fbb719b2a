import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { ClosingReport } from "./test/reporting/closing-report.js";

const root = fileURLToPath(new URL(".", import.meta.url));

export default defineConfig({
  root,
  resolve: { alias: { "lockdep-lab": `${root}lib/index.ts` } },
  test: {
    include: ["test/**/*.test.ts"],
    reporters: ["default", new ClosingReport()],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});

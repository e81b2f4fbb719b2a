import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { ClosingReport } from "./test/reporting/closing-report.js";
import { LongestFirst } from "./test/reporting/longest-first.js";

const root = fileURLToPath(new URL(".", import.meta.url));

/** The core. */
const core = "primitives|lockdep|machine|explore|verdict|kernel-c|splat|views|conformance";

/** What runs cells in the test's own process, and lets them change what is global. */
const apart = "test/export/runtime/**/*.test.ts";

/** Files of the core that take eight seconds or more, or processes of their own. */
const long = [
  "test/**/spin.test.ts",
  "test/**/command.test.ts",
  "test/**/browser.test.ts",
  "test/explore/**/{lockup,promela,reductions,shrink,shared-code,strategy,successors,jobs}.test.ts",
  "test/explore/soundness/*.test.ts",
  "test/lockdep/growth.test.ts",
  "test/machine/sleeping.test.ts",
  "test/machine/kernel-locks/ww-mutex.test.ts",
  "test/machine/kernel-sched/scheduler.test.ts",
  "test/splat/{damage,print-read}.test.ts",
  "test/examples.test.ts",
  "test/kernel-c/stories.test.ts",
];

export default defineConfig({
  root,
  resolve: { alias: { "lockdep-lab": `${root}lib/index.ts` } },
  test: {
    reporters: ["default", new ClosingReport()],
    // Two more than there are cores: a third of the time a file waits for a browser, a kernel or a process of its own.
    maxWorkers: availableParallelism() + 2,
    // No other file holds state for the next one, so that they share what they import.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // Far beyond what any test takes on a quiet machine: what runs on a busy one is not wrong for it.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // A page of a busy machine may take more than the second that Vitest waits.
    expect: { poll: { timeout: 20_000 } },
    projects: [
      // `npm run test:fast`
      {
        extends: true,
        test: {
          name: "fast",
          include: [`test/@(${core})/**/*.test.ts`, "test/*.test.ts"],
          exclude: long,
        },
      },
      {
        extends: true,
        test: {
          name: "cases",
          include: ["test/@(kvm|atlas)/**/*.test.ts"],
          exclude: long,
        },
      },
      {
        extends: true,
        test: {
          name: "long",
          include: [...long, `test/!(${core}|kvm|atlas)/**/*.test.ts`],
          exclude: [apart],
        },
      },
      { extends: true, test: { name: "apart", include: [apart], isolate: true } },
    ],
  },
});

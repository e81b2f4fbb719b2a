import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that take a minute or more, those that take longest first. */
const longest = [
  "test/browser/jupyterlab.test.ts",
  "test/notebook/notebooks/08-",
  "test/notebook/notebooks/07-",
  "test/notebook/notebooks/10-",
  "test/kvm/spin.test.ts",
  "test/notebook/notebooks/",
  "test/export/browser/same-results.test.ts",
  "test/export/student-bytes.test.ts",
  "test/kvm/command.test.ts",
  "test/cli/matrix/command.test.ts",
  "test/machine/sleeping.test.ts",
  "test/export/browser/live-versions.test.ts",
  "test/export/browser/pages.test.ts",
  "test/notebook/kernel.test.ts",
];

/**
 * Starts what takes longest first, so that no core is left alone with it at the end; the others in Vitest's order, by
 * their size where nothing is known of an earlier run. What shares what it imports keeps its place.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = longest.findIndex((name) => moduleId.includes(name));
      return at < 0 ? longest.length : at;
    };
    const apart = sorted.filter(({ project }) => project.config.isolate);
    const shared = sorted.filter(({ project }) => !project.config.isolate);
    return [...apart.toSorted((a, b) => rank(a) - rank(b)), ...shared];
  }
}

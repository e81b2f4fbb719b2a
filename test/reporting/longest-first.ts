import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that take a minute or more, those that take longest first. */
const longest = [
  "test/notebook/notebooks/08-",
  "test/export/student-bytes.test.ts",
  "test/browser/jupyterlab.test.ts",
  "test/notebook/notebooks/07-",
  "test/kvm/spin.test.ts",
  "test/export/browser/same-results.test.ts",
  "test/export/writing/killed.test.ts",
  "test/export/runs-again.test.ts",
  "test/export/browser/live-versions.test.ts",
  "test/export/formats/course.test.ts",
  "test/notebook/notebooks/",
  "test/machine/sleeping.test.ts",
  "test/export/browser/live-worker.test.ts",
  "test/export/browser/pages.test.ts",
  "test/export/cli.test.ts",
  "test/export/browser/html.test.ts",
  "test/setup/setup.test.ts",
  "test/export/language/problems.test.ts",
  "test/export/browser/pdf-pages.test.ts",
  "test/kvm/command.test.ts",
  "test/explore/counterexample/shrink.test.ts",
];

/**
 * Starts what takes longest first, so that no core is left alone with it at the end; the others in Vitest's order, by
 * their size where nothing is known of an earlier run. A worker takes the next file of its own project with what it has
 * imported, so that projects stay together.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = longest.findIndex((name) => moduleId.includes(name));
      return at < 0 ? longest.length : at;
    };
    const isLong = ({ project }: TestSpecification): boolean => project.name === "long";
    const long = sorted.filter(isLong).toSorted((a, b) => rank(a) - rank(b));
    return [...long, ...sorted.filter((of) => !isLong(of))];
  }
}

import type { Reporter, TestCase, TestModule } from "vitest/node";

/**
 * Ends a run with what did not run and why, and with one plain line: `12 passed, 0 failed`.
 *
 * A file that could not even be loaded, and a group whose preparation failed, count as a failure.
 */
export class ClosingReport implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string): number =>
      tests.filter((test) => test.result().state === state).length;
    const suites = modules.flatMap((module) => [module, ...module.children.allSuites()]);
    const broken = suites.filter((suite) => suite.errors().length > 0).length;
    const skipped = tests.filter((test) => test.result().state === "skipped");
    const failed = count("failed") + broken + errors.length;
    const lines = [
      ...notRun(skipped),
      `${count("passed")} passed, ${failed} failed` +
        (skipped.length > 0 ? `, ${skipped.length} skipped` : ""),
    ];
    process.stdout.write(`\n${lines.join("\n")}\n`);
  }
}

function notRun(skipped: readonly TestCase[]): string[] {
  if (skipped.length === 0) return [];
  const reasons = skipped.map((test) => {
    const result = test.result();
    const why = result.state === "skipped" ? result.note : undefined;
    return `  ${test.fullName}: ${why ?? "skipped in the test's own code"}`;
  });
  return ["NOT RUN on this machine:", ...reasons, ""];
}

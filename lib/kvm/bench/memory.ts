/** What the bench has looked at: no text is judged twice, and what does the same is explored once. */
import type { Result } from "../../explore/index.js";
import type { SourceFile } from "../../kernel-c/index.js";
import type { BugHeard } from "./bug-heard.js";
import type { PathsHeard } from "./cost.js";
import type { Found } from "./what-it-does.js";

/** What was looked at, by its text or by what it does. */
export interface JudgeMemory {
  /** Results by what the code does. */
  readonly explored: Map<string, Found>;
  /** Results by texts, with the lines of these. */
  readonly results: Map<string, Result>;
  /** What lockdep hears of fixes. */
  readonly fixes: Map<string, PathsHeard>;
  /** What lockdep hears of fixes with a bug. */
  readonly bugs: Map<string, BugHeard>;
}

/**
 * Returns an empty memory; judgements that share one look at each text once, and explore once what does the same.
 *
 * @example
 * const memory = judgeMemory();
 * const kernelC = await loadKernelC();
 * judge(kernelC, { fix: "out1" }, { memory, bugs: [], vcpus: 1 });
 * judge(kernelC, { fix: "out1" }, { memory, bugs: ["m2"], vcpus: 1 });
 * memory.fixes.size // 1
 */
export const judgeMemory = (): JudgeMemory => ({
  explored: new Map(),
  results: new Map(),
  fixes: new Map(),
  bugs: new Map(),
});

/** Returns what is kept under a key, and looks only where nothing is. */
export function keptIn<T>(memory: Map<string, T>, key: string, look: () => T): T {
  const known = memory.get(key);
  if (known !== undefined) return known;
  const found = look();
  memory.set(key, found);
  return found;
}

/** Returns a key of files. */
export const textKey = (files: readonly SourceFile[], ...rest: readonly unknown[]): string =>
  JSON.stringify([...files.map(({ file, text }) => [file, text]), ...rest]);

/** Which locks a report shows only in the hands of readers. */
import type { SplatReport, StackFrame } from "../report.js";
import { foldStack } from "./fold-stack.js";
import { decodeCharacters } from "./usage.js";
import { code } from "./words.js";

/** True where the stack ends in a function that takes a lock for reading. */
export function readsOn(frames: readonly StackFrame[]): boolean {
  const { acquire } = foldStack(frames);
  return acquire !== null && /^(?!rcu).*(?:read_(?:try)?lock|down_read)/.test(acquire);
}

/** True where every use of the class that the report's characters tell of was by a reader. */
export function onlyRead(report: SplatReport, name: string): boolean {
  const { acquiring, holding, connectsSafe, connectsUnsafe, other, chain } = report;
  const mentions = [acquiring, holding, connectsSafe?.lock, connectsUnsafe?.lock, other?.lock];
  const all = [...mentions, ...chain.map(({ lock }) => lock)];
  const lock = all.find((one) => one?.name === name);
  const seen = decodeCharacters(lock?.usage ?? "", report.kernel?.version ?? null).filter(
    ({ used, enabled }) => used || enabled,
  );
  return seen.length > 0 && seen.every(({ read }) => read);
}

/** What it takes for readers to wait for each other; nothing where there are none. */
export function writerNeeded(report: SplatReport, names: readonly string[]): readonly string[] {
  const read = [...new Set(names)].filter((name) => onlyRead(report, name));
  return read.map(
    (name) =>
      `${code(name)} was only seen taken for reading: a reader waits for a reader only if a writer queues between the two.`,
  );
}

/** Which locks a report shows only in the hands of readers. */
import type {
  LockMention,
  SomeParts,
  SplatReport,
  StackFrame,
  UsageState,
} from "../../report/index.js";
import { foldStack, sureNames } from "../../stacks/fold-stack.js";
import { plainName, reporting } from "../../stacks/functions.js";
import { decodeCharacters } from "./usage-characters.js";

/** True where the stack ends in a function that takes a lock for reading. */
export function readsOn(frames: readonly StackFrame[]): boolean {
  const { acquire } = foldStack(frames);
  // `__might_fault()` says that a fault would take the lock of the address space so.
  const inner = sureNames(frames).find((name) => !reporting.test(plainName(name)));
  if (/^_*might_fault$/.test(inner ?? "")) return true;
  return (
    acquire !== null && /^(?!rcu).*(?:read_(?:try)?lock|down_read)|^get_online_cpus$/.test(acquire)
  );
}

/** True where the stack ends in a function that takes a lock, and not for reading. */
const writesOn = (frames: readonly StackFrame[]): boolean =>
  foldStack(frames).acquire !== null && !readsOn(frames);

/**
 * Returns how far a report shows a class in the hands of readers alone: `shown` where it has every use
 * since the first, `perhaps` where only the usage characters say so, which tell nothing of a
 * writer with interrupts off; `no` where somebody writes, or nobody reads.
 *
 * @param mentions the locks that the report speaks of
 */
export function readersOnly(
  report: SplatReport,
  mentions: readonly LockMention[],
  name: string,
): "shown" | "perhaps" | "no" {
  if (!showsReaders(report, mentions, name)) return "no";
  if (hiddenWriterOf(report, mentions, name) !== null) return "no";
  const states = usesOf(report, name).map(({ state }) => state);
  return states.some((state) => state.startsWith("INITIAL")) ? "shown" : "perhaps";
}

/**
 * Returns the stack of a writer of a class whose usage characters tell of readers alone, or null:
 * one who takes it with interrupts off leaves no character, but a first use and edges.
 */
export function hiddenWriterOf(
  report: SplatReport,
  mentions: readonly LockMention[],
  name: string,
): readonly StackFrame[] | null {
  if (!showsReaders(report, mentions, name)) return null;
  const { chain }: SomeParts = report;
  const uses = usesOf(report, name);
  // Since 5.10 a first use for reading has a state of its own.
  const ofReaders = uses.some(({ state }) => state === "INITIAL READ USE");
  const first = uses.find(({ state }) => state === "INITIAL USE");
  if (ofReaders && first !== undefined) return first.frames;
  const links = (chain ?? []).filter((link) => link.lock.name === name);
  return [...uses, ...links].find(({ frames }) => writesOn(frames))?.frames ?? null;
}

const usesOf = (report: SplatReport, name: string): readonly UsageState[] => {
  const { usageBlocks }: SomeParts = report;
  return (usageBlocks ?? [])
    .filter(({ lock }) => lock.name === name)
    .flatMap(({ states }) => states);
};

/** Whether all that the usage characters tell of is done by readers. */
function showsReaders(
  report: SplatReport,
  mentions: readonly LockMention[],
  name: string,
): boolean {
  const lock = mentions.findLast((one) => one.name === name);
  const version = report.kernel?.version ?? null;
  const seen = decodeCharacters(lock?.usage ?? "", version).filter(
    ({ used, enabled }) => used || enabled,
  );
  return seen.length > 0 && seen.every(({ read }) => read);
}

/** What a schedule ends in, in words. */
import type { LockNames } from "../trace/lock-legend.js";
import type { Trace } from "../trace/trace.js";

/** Returns what the trace ends in: who waits for what, held by whom, or the checks that failed. */
export function ending(trace: Trace, names: LockNames): string {
  const failed = trace.steps.flatMap((step) => step.violations);
  const last = trace.steps.at(-1)?.after ?? trace.start;
  const waits = last.cpus.flatMap((cpu, number) => {
    if (cpu.waits === null) return [];
    const { lock, text } = cpu.waits;
    const holder = last.cpus.findIndex((other) => other.held.some((l) => l.id === lock));
    const who = `CPU ${number} (${cpu.running})`;
    if (lock !== null && holder >= 0) {
      return [`${who} waits for ${names.of(lock).short}, held on CPU ${holder}`];
    }
    const why = trace.ends.find(({ process }) => process === cpu.running)?.why;
    const of = lock === null ? text : names.of(lock).short;
    return [`${who} waits for ${of}${why === undefined ? "" : `, ${why}`}`];
  });
  const seen = new Set(last.cpus.map(({ running }) => running));
  const asleep = trace.ends
    .filter(({ process, offCpu }) => !seen.has(process) && !offCpu)
    .map(({ process, label: text, why }) => `${process} waits for ${text}, ${why}`);
  const said = [...failed, ...waits, ...asleep];
  return said.length === 0 ? "nobody waits" : said.join("; ");
}

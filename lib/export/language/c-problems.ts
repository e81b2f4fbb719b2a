/** What is wrong with the C of a cell, as the lab's own translation says it. */
import { KernelCError, type Fault, type KernelC } from "../../kernel-c/index.js";
import { cTemplates, placeOf } from "./c-templates.js";
import type { CellText, Problem } from "./messages.js";

/** A function that can run by itself. */
const runnable = /\bvoid\s+(\w+)\s*\(\s*void\s*\)\s*\{/g;
const says = /\/\*\s*lab:\s*(?:thread|hardirq|softirq|nmi)\b/;

/** Returns the problems in the c`...` templates of the last cell. */
export function cProblems(kernelC: KernelC, cells: readonly CellText[]): Problem[] {
  const own = cTemplates(cells);
  if (own.length === 0) return [];
  const above = cells.flatMap((_, at) =>
    at === cells.length - 1 ? [] : cTemplates(cells.slice(0, at + 1)).map(({ text }) => text),
  );
  return own.flatMap((template) =>
    fewestFaults(kernelC, template.text, above).map(({ at, message }) => {
      const from = placeOf(template, at.start);
      const to = Math.max(from + 1, placeOf(template, at.end));
      return { from, to, message, language: "C" as const };
    }),
  );
}

/**
 * A text may be for use with another one, whose names it takes or whose function it replaces: it is
 * wrong only where it is wrong with each.
 */
function fewestFaults(kernelC: KernelC, text: string, others: readonly string[]): Fault[] {
  let fewest = faultsOf(kernelC, text, "");
  for (const other of others) {
    if (fewest.length === 0) break;
    const found = faultsOf(kernelC, text, `${withoutFunctionsOf(text, other)}\n`);
    if (found.length < fewest.length) fewest = found;
  }
  return fewest;
}

/** The other text, in which the functions that `text` replaces have another name. */
function withoutFunctionsOf(text: string, other: string): string {
  let kept = other;
  for (const [, name = ""] of text.matchAll(runnable)) {
    kept = kept.replace(new RegExp(`\\b${name}\\b`, "g"), `${name}_before`);
  }
  return kept;
}

/** A text says in comments what runs; where it does not, each of its functions is tried by itself. */
function faultsOf(kernelC: KernelC, text: string, before: string): Fault[] {
  const whole = before + text;
  const names = [...text.matchAll(runnable)].map(([, name = ""]) => name);
  const runs = says.test(whole) ? [{}] : names.map((name) => ({ threads: [`${name} on 0`] }));
  const found = runs.flatMap((run) => faultsIn(() => kernelC(whole, run)));
  const moved = found.flatMap(({ at, message }) =>
    at.start < before.length
      ? []
      : [
          {
            at: { ...at, start: at.start - before.length, end: at.end - before.length },
            message,
          },
        ],
  );
  return [...new Map(moved.map((fault) => [`${fault.at.start} ${fault.message}`, fault])).values()];
}

function faultsIn(translate: () => unknown): readonly Fault[] {
  try {
    translate();
    return [];
  } catch (error) {
    if (error instanceof KernelCError) return error.faults;
    throw error;
  }
}

/** DEPT, the dependency tracker that is proposed for Linux: waits and events of contexts. */
import { code } from "../explain/words/words.js";
import { foundIn, type Found } from "./after.js";
import type { OtherReport } from "./other-report.js";

const headline = /^[^A-Za-z]*DEPT: (?<what>\S.*?)\s*$/;

/** Returns what the reports of a text say. */
export const readDept = (text: string): readonly OtherReport[] => foundIn(text, headline).map(told);

/** A context: what begins it, what it waits for, and what it would do after that. */
interface Context {
  readonly name: string;
  start: string | null;
  wait: string | null;
  event: string | null;
}

/** The contexts of the summary; those of the details say the same again. */
function contextsIn(lines: Found["lines"]): readonly Context[] {
  const contexts = new Map<string, Context>();
  let open: Context | null = null;
  for (const { text } of lines) {
    const name = /^\s*context (\w+)\s*$/.exec(text)?.[1];
    if (name !== undefined) {
      open = contexts.get(name) ?? { name, start: null, wait: null, event: null };
      contexts.set(name, open);
      continue;
    }
    const part = /^\s+\[([SWE])\] (\S.*?)\s*$/.exec(text);
    const what = part?.[2];
    if (open === null || what === undefined) continue;
    if (part?.[1] === "S") open.start ??= what;
    else if (part?.[1] === "W") open.wait ??= what;
    else open.event ??= what;
  }
  return [...contexts.values()];
}

function told({ lines, groups }: Found): OtherReport {
  const contexts = contextsIn(lines);
  const part = (text: string | null): string => (text === null ? "what is not shown" : code(text));
  return {
    kind: "dept",
    title: `DEPT: ${groups["what"] ?? ""}`,
    line: lines[0]?.number ?? 0,
    task: null,
    owner: null,
    says: contexts.map(
      ({ name, start, wait, event }) =>
        `Context ${name}: from ${part(start)} on it waits in ${part(wait)}, so that ${part(event)} does not come.`,
    ),
    mend:
      contexts.length === 0
        ? []
        : [
            "DEPT tracks waits and their events, also those that are no locks, as of pages and completions; each context waits for the event of another. One of the waits has to be done outside of its context.",
          ],
    missing: contexts.length === 0 ? ["Its contexts, each with [S], [W] and [E]."] : [],
  };
}

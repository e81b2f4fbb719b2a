/** Reads the reports of other tools in a text, in the order in which they stand there. */
import { inputLines } from "../read/input/input.js";
import { readDept } from "./dept.js";
import type { OtherReport } from "./other-report.js";
import { readSleeping } from "./sleeping.js";
import { readSpinBugs } from "./spin-bug.js";
import { readThreadSanitizer } from "./thread-sanitizer.js";
import { readWitness } from "./witness.js";

const readers: readonly (readonly [RegExp, (text: string) => readonly OtherReport[]])[] = [
  [/BUG: sleeping function called/, readSleeping],
  [/BUG: (?:spin|rw)lock /, readSpinBugs],
  [/DEPT: /, readDept],
  [/lock order reversal|acquiring duplicate lock/, readWitness],
  [/ThreadSanitizer: /, readThreadSanitizer],
];

/**
 * Returns what other tools than lockdep said in a text, of which at least something was read; a
 * headline alone is none.
 */
export function readOthers(text: string): readonly OtherReport[] {
  const wanted = new Set<number>();
  for (const line of inputLines(text)) {
    readers.forEach(([may], at) => {
      if (may.test(line.text)) wanted.add(at);
    });
  }
  return readers
    .filter((_, at) => wanted.has(at))
    .flatMap(([, read]) => read(text))
    .filter(
      ({ mend, says, missing }) =>
        says.length > 0 &&
        (mend.length + says.length > missing.length ||
          !missing.some((each) => each.includes("stack"))),
    )
    .sort((a, b) => a.line - b.line);
}

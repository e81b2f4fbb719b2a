/** What the kernel prints below many of its reports: held locks, CPU line, stack. */
import { emptyDraft, type Draft, type Section } from "../read/draft/draft.js";
import type { Line } from "../read/input/line.js";
import { readHeld } from "../read/sections/held.js";
import { readBacktrace, readCpuLine, readHardware, readWork } from "../read/sections/machine.js";
import { beginsForeign } from "../read/segment/foreign.js";
import { unwrap } from "../read/segment/unwrap.js";
import { headlineIn } from "../read/wording/kinds.js";

/** The parts that other reports share with lockdep's. */
export type MachineParts = Pick<Draft, "held" | "cpuLine" | "backtrace" | "work"> & {
  readonly lines: readonly Line[];
};

const sections: readonly Section[] = [readHeld, readCpuLine, readHardware, readWork, readBacktrace];

/** Returns the parts in the lines after a headline, up to where another report begins. */
export function machineParts(all: readonly Line[]): MachineParts {
  const rest = all.slice(1);
  const next = rest.findIndex(
    ({ text }) => beginsForeign("circular", text) || headlineIn(text) !== null,
  );
  const whole = unwrap(next < 0 ? rest : rest.slice(0, next));
  const { lines } = whole;
  const headline = { kind: "warn", text: all[0]?.text ?? "", at: 0 } as const;
  const draft = emptyDraft(
    { headline, banner: true, lines, strangers: 0, answers: 0, lead: [], prefix: null },
    whole,
  );
  for (let at = 0; at < lines.length;) {
    let taken = 0;
    for (const section of sections) {
      taken = section(lines, at, draft);
      if (taken > 0) break;
    }
    at += Math.max(taken, 1);
    // The stack is the last part.
    if (draft.backtrace.length > 0 && taken > 0) break;
  }
  const { held, cpuLine, backtrace, work } = draft;
  return { held, cpuLine, backtrace, work, lines };
}

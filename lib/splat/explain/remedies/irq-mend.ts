/** The mend of a report about interrupts: the lock that must be held with them off, and where. */
import type { Evidence } from "../../evidence/evidence.js";
import { foldStack } from "../../stacks/fold-stack.js";
import type { IrqEnds } from "../../evidence/irq-ends.js";
import { whereWords } from "../words/state-words.js";
import { switchedOn, switchedWords, type SwitchedOn } from "../../evidence/switched-on.js";
import { code, inPlace, placeOf } from "../words/words.js";

/** Returns what to mend where the lock really is taken both in an interrupt and with it on. */
export function irqMend(evidence: Evidence): readonly string[] {
  const { ends } = evidence;
  if (ends === null) {
    return ["Take the irq-unsafe lock with the interrupt off, wherever it is taken."];
  }
  return [mend(ends), ...otherWay(evidence, ends)];
}

function mend({ irq, unsafe }: IrqEnds): string {
  const off = `${irq}s off`;
  const place = inPlace(unsafe.frames);
  if (irq === "memory reclaim") {
    return `Allocate under ${code(unsafe.name)}${place} with GFP_NOFS, or within memalloc_nofs_save().`;
  }
  const { acquire } = foldStack(unsafe.frames);
  if (/mutex|down|rwsem|rt_|lock_sock/.test(acquire ?? "") || unsafe.name.startsWith("sk_lock-")) {
    return `${code(unsafe.name)} sleeps, so it cannot be taken with ${off}: leave what the ${irq} does to a thread or a work item, or make it a spinlock.`;
  }
  const opened = switchedOn(unsafe.frames);
  if (opened !== null) {
    return `${whoSwitches(opened)} switches ${switchedWords(irq, opened.by)}${byWhat(opened)} while ${code(unsafe.name)} is held: let it restore what was before (spin_unlock_irqrestore() and the like), or call it without that lock.`;
  }
  return `Take ${code(unsafe.name)} with ${off}${by(irq, acquire)}${place}, and wherever else it is taken ${whereWords(irq, false)}.`;
}

const whoSwitches = ({ owner: { name, location } }: SwitchedOn): string =>
  `${code(name)}${location === null ? "" : ` (${location})`}`;

/** ``, by `function()`,`` where it is known. */
const byWhat = ({ by: how }: SwitchedOn): string =>
  how === null ? "" : `, by ${code(`${how.replace(/^_*raw_/, "")}()`)},`;

/** The function that does it, where the one that is called now is known. */
function by(irq: "hardirq" | "softirq", acquire: string | null): string {
  const lock = /(?:spin|read|write)(?=_lock)/.exec(acquire ?? "")?.[0];
  return lock === undefined ? "" : `, by ${lock}_lock${irq === "softirq" ? "_bh" : "_irqsave"}(),`;
}

/** The mends that leave the unsafe lock as it is. */
function otherWay({ report, wanted, holding }: Evidence, ends: IrqEnds): readonly string[] {
  const { irq } = ends;
  const safe = ends.safe.name;
  const unsafe = ends.unsafe.name;
  switch (report.kind) {
    case "irq-safe-unsafe":
      return wanted === null || holding === null
        ? []
        : [
            `Or do not take ${code(wanted.name)} under ${code(holding.name)}${placeOf(wanted, report.backtrace)}: release that first, or leave the inner step to a work item.`,
          ];
    case "irq-inversion":
      return [
        `Or do not take ${code(unsafe)} under ${code(safe)}; or do not take ${code(safe)} ${whereWords(irq, true)}.`,
      ];
    default:
      return [`Or do not take it ${whereWords(irq, true)}: leave that part to a work item.`];
  }
}

/** What to ask about an interrupt. */
import type { Evidence } from "../../evidence/evidence.js";
import { annotations } from "./annotations.js";
import { isOfNmi } from "../../evidence/irq/nmi.js";
import type { IrqEnds } from "../../evidence/irq/irq-ends.js";
import type { SplatQuestion } from "./question.js";
import { isWaitName } from "../suspects/find.js";
import { whereWords } from "../words/state-words.js";
import { isNeverWaited } from "../words/wait-words.js";
import { code } from "../words/words.js";

/** Whether the interrupt can come at all while the lock is held. */
export function interruptMeets({ ends, report, wanted }: Evidence): SplatQuestion {
  if (isOfNmi(report)) {
    return {
      ask: `Can the NMI come while ${wanted === null ? "the lock" : code(wanted.name)} is held, on the same CPU?`,
      why: "The class was seen taken in an NMI and elsewhere, perhaps on different locks or before the handler was there; nothing that the code can switch off keeps an NMI away.",
      ifFalse: [annotations.setClass],
    };
  }
  const irq = ends?.irq ?? "interrupt";
  const unsafe = ends === null ? "the lock" : code(ends.unsafe.name);
  return {
    ask: `Can ${irq === "memory reclaim" ? irq : `that ${irq}`} come while ${unsafe} is ${doneWith(ends?.unsafe.name ?? "")}, on the same CPU?`,
    why:
      ends === null
        ? "The text does not show where the report says which lock is taken where."
        : seen(ends),
    ifFalse: [annotations.setClass],
  };
}

function doneWith(name: string): string {
  if (isNeverWaited(name)) return "entered";
  return isWaitName(name) ? "waited for" : "held";
}

function seen({ irq, safe, unsafe }: IrqEnds): string {
  const inside = whereWords(irq, true);
  const on = whereWords(irq, false);
  const waited = isNeverWaited(safe.name) ? "entered" : "run or waited for";
  const seenDone = isWaitName(safe.name) ? waited : "taken";
  return safe.name === unsafe.name
    ? `The class was seen ${seenDone} ${inside} and ${on}, perhaps on different locks or before the handler was there.`
    : `${code(safe.name)} is taken ${inside} and ${code(unsafe.name)} ${on}; perhaps that handler takes another lock of its class, or cannot run yet.`;
}

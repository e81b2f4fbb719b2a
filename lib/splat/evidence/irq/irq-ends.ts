/** The two ends of a report about interrupts: what is taken in one, what is held with it on. */
import type {
  InconsistentSplat,
  InversionSplat,
  SplatReport,
  StackFrame,
} from "../../report/index.js";
import { decodeState, interruptionOf, type Interruption } from "../usage/usage-state.js";

/** A class and the stack on which it was seen so. */
export interface IrqEnd {
  readonly name: string;
  /** Innermost first; empty where the report does not show it. */
  readonly frames: readonly StackFrame[];
}

/** Both ends; one class has both in an inconsistent lock state. */
export interface IrqEnds {
  readonly irq: Interruption;
  /** Taken in the interrupt. */
  readonly safe: IrqEnd;
  /** Held while the interrupt can come. */
  readonly unsafe: IrqEnd;
}

/** Returns the two ends of a report about interrupts; null for other kinds, and where one was cut off. */
export function irqEndsOf(report: SplatReport): IrqEnds | null {
  switch (report.kind) {
    case "inconsistent":
      return ofOneClass(report);
    case "irq-safe-unsafe": {
      const { connectsSafe: safe, connectsUnsafe: unsafe } = report;
      if (safe === null || unsafe === null) return null;
      return {
        irq: interruptionOf(report.irqClass ?? safe.cls),
        safe: { name: safe.lock.name, frames: safe.frames },
        unsafe: { name: unsafe.lock.name, frames: unsafe.frames },
      };
    }
    case "irq-inversion":
      return ofInversion(report);
    default:
      return null;
  }
}

function ofOneClass({
  acquiring,
  registered,
  usageTo,
  backtrace,
}: InconsistentSplat): IrqEnds | null {
  const state = usageTo === null ? null : decodeState(usageTo);
  if (acquiring === null || state === null) return null;
  const now = { name: acquiring.name, frames: backtrace };
  const before = { name: acquiring.name, frames: registered?.frames ?? [] };
  const { irq, inside } = state;
  return inside ? { irq, safe: now, unsafe: before } : { irq, safe: before, unsafe: now };
}

/** `print_irq_inversion_bug()`: the other lock has been one end for long, this one is the new one. */
function ofInversion({ acquiring, other, usageBlocks, backtrace }: InversionSplat): IrqEnds | null {
  const state = other === null ? null : decodeState(other.cls);
  if (acquiring === null || other === null || state === null) return null;
  const { irq, inside } = state;
  const block = usageBlocks.find(({ lock }) => lock.name === other.lock.name);
  const seen = block?.states.find((each) => {
    const one = decodeState(each.state);
    return one !== null && one.irq === irq && one.inside === inside;
  });
  const now = { name: acquiring.name, frames: backtrace };
  const before = { name: other.lock.name, frames: seen?.frames ?? [] };
  return inside ? { irq, safe: before, unsafe: now } : { irq, safe: now, unsafe: before };
}

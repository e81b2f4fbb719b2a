/** Interrupts that are raised and not served yet. */
import { type Instance, type Model, type State, cpuOf } from "../../machine/index.js";

/** A handler, and the slot of the bit that raises it. */
interface Line {
  readonly handler: number;
  readonly slot: number;
}

/** Returns what tells which handlers are pending on a CPU, by name. */
export function pendingLines(model: Model): (state: State, cpu: number) => readonly string[] {
  const lines = model.processes.flatMap((process, handler) => linesOf(model, process, handler));
  return (state, cpu) =>
    lines
      .filter(({ handler, slot }) => state[slot] === 1 && cpuOf(model, state, handler) === cpu)
      .map(({ handler }) => model.processes[handler]?.name ?? "");
}

/** The bits that the entry of a handler clears, but for the CPU's IRQ flag. */
function linesOf(model: Model, process: Instance, handler: number): readonly Line[] {
  if (process.kind !== "hardirq" && process.kind !== "softirq") return [];
  const entry = process.leaving.flat().filter(({ facts }) => facts.some(isEntry));
  const cleared = entry.flatMap(({ changes }) =>
    changes.flatMap((change) =>
      change.kind === "assign" && change.value.op === "const" && change.value.value === 0
        ? [change.to]
        : [],
    ),
  );
  return cleared.flatMap((to) => {
    if (to.op !== "slot") return [];
    const name = model.slots[to.slot]?.variable?.name;
    return name === undefined || name === "irqs_enabled" ? [] : [{ handler, slot: to.slot }];
  });
}

const isEntry = ({ fact }: Model["transitions"][number]["facts"][number]): boolean =>
  fact.kind === "enter";

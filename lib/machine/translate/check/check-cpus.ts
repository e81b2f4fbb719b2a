/** Looks whether no two threads have one CPU, each for itself. */
import type { Instance } from "../../model/model.js";
import type { Scenario } from "../../language/scenario.js";

/**
 * Checks that a CPU which a thread has for itself is no other thread's: both would run on it at once. Of
 * tasks that move, or do not always run, that cannot be told beforehand.
 *
 * @throws TypeError that names both threads and the CPU
 */
export function checkCpus({ name: scenario }: Scenario, processes: readonly Instance[]): void {
  const owners = new Map<number, string>();
  for (const { kind, cpu, hasCpu, name } of processes) {
    const always = hasCpu.op === "const" && hasCpu.value !== 0;
    if (kind !== "task" || cpu?.op !== "const" || !always) continue;
    const other = owners.get(cpu.value);
    if (other !== undefined) {
      throw new TypeError(
        `scenario "${scenario}": ${other} and ${name} each have CPU ${String(cpu.value)} for themselves; ` +
          "put one of them on another CPU, or let them take turns with scheduler()",
      );
    }
    owners.set(cpu.value, name);
  }
}

/** JavaScript that looks which processes of a state are at an end, or may wait there forever. */
import { code } from "../text/code.js";
import { ValueWriter } from "../expressions/expression.js";
import type { Target } from "../layout/target.js";
import { loadWords } from "../layout/successor-record.js";
import type { Pass } from "../text/pass.js";
import { conditionalEndOf } from "./conditional-ends.js";
import { bitsOf, lookedAt } from "./move-bits.js";
import type { MovePlan } from "./move-plan.js";

/** Returns `g0`, the name of the first number of a state's bits. */
export const groupName = (group: number): string => `g${String(group)}`;

/** Returns code for a number of the bits of the state that begin at `of`. */
export const bitsAt = (of: string, group: number): string =>
  group === 0 ? `bits[${of}]` : `bits[${of} + ${String(group)}]`;

/** Returns `addBits()` for the groups that have some: statements that add bits to a state's. */
export const addBits = (added: readonly number[], at: (group: number) => string): string =>
  added.flatMap((of, group) => (of === 0 ? [] : [`${at(group)} |= ${String(of)};`])).join(" ");

/**
 * Returns the pass of `addEnds()`, which adds the bits of processes at an end, "moves" and "makes progress" alike. One
 * that comes to an end has moved, so that as a start for "moves here or later" it adds nothing to the states before.
 */
export function endsPass({ model, packing }: Target, plan: MovePlan): Pass {
  const { groups, progressOf } = plan;
  const values = new ValueWriter(packing, "w");
  const own = (process: number): readonly number[] =>
    bitsOf([process, progressOf[process] ?? -1], groups);
  const tables: string[] = [];
  const tests = model.processes.flatMap((process, number) => {
    const { ends, slot, kind } = process;
    if (kind === "device") return [];
    const when = conditionalEndOf(process);
    const rests =
      when === null ? [] : [`if (${values.test(when)}) { ${addBits(own(number), groupName)} }`];
    if (ends.size === 0) return rests;
    const location = values.number({ op: "slot", slot });
    const places = Array.from({ length: values.field(slot).mask + 1 }, (_, at) => at);
    const looked = own(number).flatMap((of, group) => {
      if (of === 0) return [];
      const name = `ends${String(number)}_${String(group)}`;
      const bits = places.map((at) => (ends.has(at) ? of : 0));
      tables.push(`const ${name} = Int32Array.from([${bits.join(", ")}]);`);
      return [`${groupName(group)} |= ${name}[${location}];`];
    });
    return [...looked, ...rests];
  });
  const all = Array.from({ length: groups }, (_, group) => group);
  const first = all.map((g) => `${groupName(g)} = ${bitsAt("slot", g)}`).join(", ");
  return {
    title: "the processes that are at an end",
    source: code`${tables}
      function addEnds(states, at, bits, slot) {
        ${loadWords("w", packing.words, "states", "at")}
        let ${first};
        ${groupName(0)} |= ${lookedAt};
        ${tests}
        ${all.map((g) => `${bitsAt("slot", g)} = ${groupName(g)};`)}
      }`,
    provides: ["addEnds"],
    needs: [],
  };
}

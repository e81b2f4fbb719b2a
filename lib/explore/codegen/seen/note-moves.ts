/** JavaScript that takes note of who moves in which state, and where the steps lead. */
import type { MergedRecord } from "../layout/successor-record.js";
import { roundKinds } from "../../analysis/rounds.js";
import { code } from "../text/code.js";
import { ValueWriter } from "../expressions/expression.js";
import { field, loadWords } from "../layout/successor-record.js";
import type { Target } from "../layout/target.js";
import type { Pass } from "../text/pass.js";
import { addBits, bitsAt } from "./ends.js";
import { bitIn, bitsOf, groupOf, groupSize } from "./move-bits.js";
import type { MovePlan } from "./move-plan.js";
import { marks } from "./seen-functions.js";

/** Bits of who took invisible steps: those of the first processes. */
const mostInvisible = 31;

/** Returns the passes of `noteMoves()`, whose steps of one state come together. */
export function noteMovesPasses(target: Target, plan: MovePlan): Pass[] {
  const off = offPass(target);
  const tables = tablesPass(target, plan);
  return [...(off === null ? [] : [off]), tables, notePass(target, plan, off, tables)];
}

/** `goesRoundOff()`: whether the process of a round has its CPU with IRQs off; null if no round asks. */
function offPass({ rounds, packing, model }: Target): Pass | null {
  const values = new ValueWriter(packing, "w");
  const cases = (rounds?.going ?? []).flatMap(({ number, off }) =>
    off === null ? [] : [`case ${String(number)}: return ${values.test(off)} ? 1 : 0;`],
  );
  if (cases.length === 0) return null;
  const ofRounds = model.transitions.map(({ id, process }) =>
    rounds?.round[id] === roundKinds.lockup ? process : -1,
  );
  return {
    title: "whether a step goes round with IRQs off",
    source: code`const roundOf = Int32Array.from([${ofRounds.join(", ")}]);
      function goesRoundOff(by, states, at) {
        if (roundOf[by] < 0) return 0;
        ${loadWords("w", packing.words, "states", "at")}
        switch (roundOf[by]) {
          ${cases}
        }
        return 0;
      }`,
    provides: ["goesRoundOff"],
    needs: [],
  };
}

function tablesPass({ model }: Target, { groups, movers, progressing }: MovePlan): Pass {
  const bit = (of: number): number => (of < 0 ? 0 : bitIn(of));
  const group = (of: number): number => Math.max(0, groupOf(of));
  const tables: readonly (readonly [string, readonly number[]])[] = [
    ["movedBit", movers.map(bit)],
    ["progressBit", progressing.map(bit)],
    ...(groups === 1
      ? []
      : ([
          ["movedGroup", movers.map(group)],
          ["progressGroup", progressing.map(group)],
        ] as const)),
  ];
  return {
    title: `what is noted of ${String(model.transitions.length)} transitions`,
    source: tables
      .map(([name, numbers]) => `const ${name} = Int32Array.from([${numbers.join(", ")}]);`)
      .join("\n"),
    provides: tables.map(([name]) => name),
    needs: [],
  };
}

function notePass(
  { record, packing }: Target,
  plan: MovePlan,
  off: Pass | null,
  tables: Pass,
): Pass {
  const { groups, progressing } = plan;
  const { merged } = record;
  const slot = groups === 1 ? "id" : `id * ${String(groups)}`;
  const at = (group: string): string => (groups === 1 ? `bits[id]` : `bits[${slot} + ${group}]`);
  const isRound =
    off === null ? "" : ` && goesRoundOff(by, states, id * ${String(packing.words)}) === 0`;
  const progress = progressing.some((of) => of >= 0)
    ? code`const progress = progressBit[by];
        if (progress !== 0${isRound}) ${at("progressGroup[by]")} |= progress;`
    : "";
  return {
    title: "who moves in the states of a batch",
    source: code`function noteMoves(
      batch, end, states, numbers, bits, to, renaming, from, start, marks
    ) {
      let edges = marks[${marks.edges}], count = marks[${marks.count}];
      let open = marks[${marks.open}], openAt = marks[${marks.openAt}], place = 0;
      for (let record = 0; record < end; record += ${record.stride}) {
        const by = ${field(record.transition)};
        if (movedBit[by] !== 0) {
          const id = ${field(record.from)};
          if (id !== open) {
            ${closing(plan)}
            open = id;
            openAt = edges;
            addEnds(states, id * ${packing.words}, bits, ${slot});
          }
          ${at("movedGroup[by]")} |= movedBit[by];
          ${progress}
          to[edges] = numbers[place];
          ${merged === null ? "" : invisible(merged, plan, slot)}
          edges++;
        }
        place++;
      }
      marks[${marks.edges}] = edges;
      marks[${marks.count}] = count;
      marks[${marks.open}] = open;
      marks[${marks.openAt}] = openAt;
    }`,
    provides: ["noteMoves"],
    needs: ["addEnds", ...tables.provides, ...(off === null ? [] : off.provides)],
  };
}

/** Forgets the edges of the open state if nobody waits in it: nothing is to be learnt from them. */
export function closing({ groups, watched }: MovePlan): string {
  const slot = groups === 1 ? "open" : `open * ${String(groups)}`;
  const waits = watched.flatMap((of, group) =>
    of === 0 ? [] : [`(${bitsAt(slot, group)} & ${String(of)}) !== ${String(of)}`],
  );
  return code`if (open >= 0) {
    if (${waits.length === 0 ? "false" : waits.join(" || ")}) {
      from[count] = open;
      start[count] = openAt;
      count++;
    } else edges = openAt;
  }`;
}

/** Who took invisible steps after a step, and who of those made progress. */
function invisible(merged: MergedRecord, { groups, progressOf }: MovePlan, slot: string): string {
  const taken = Array.from({ length: groups }, (_, group) => group)
    .filter((group) => group * groupSize < mostInvisible)
    .map((group) => {
      const mask = String((1 << groupSize) - 1);
      return `${bitsAt(slot, group)} |= moved >>> ${String(group * groupSize)} & ${mask};`;
    });
  const made = progressOf.flatMap((bit, process) =>
    bit < 0 || process >= mostInvisible
      ? []
      : [
          `if ((made & ${String(1 << process)}) !== 0) { ${addBits(bitsOf([bit], groups), (group) => bitsAt(slot, group))} }`,
        ],
  );
  return code`const moved = ${field(merged.moved)};
    if (moved !== 0) {
      ${taken}
      ${made.length === 0 ? "" : `const made = ${field(merged.progressed)};`}
      ${made}
    }
    renaming[edges] = ${field(merged.renaming)};`;
}

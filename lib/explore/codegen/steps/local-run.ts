/** JavaScript that runs a state through the invisible steps of all processes, in frames. */
import { goesRound, roundKinds } from "../../analysis/rounds.js";
import { code } from "../text/code.js";
import { ValueWriter } from "../expressions/expression.js";
import type { ReducedWriter } from "./local-steps.js";
import { mayRun, moveIn, runOf, swapOf, wordNames } from "../layout/names.js";
import type { Pass } from "../text/pass.js";
import { longestRun } from "../layout/search-context.js";
import { inFrame } from "./steps.js";
import { type MergedRecord, field, storeWords, wordsAt } from "../layout/successor-record.js";
import type { Target } from "../layout/target.js";

/**
 * Returns the passes of `runAll()`, which takes invisible steps from the state of each record, in place, until
 * none is left. A process that was stuck before the step that led there is asked only if that step, or an
 * invisible one, may have enabled it.
 */
export function localRunPasses(
  target: Target,
  reducer: ReducedWriter,
  merged: MergedRecord,
): Pass[] {
  const { codes, frames } = target;
  const steppers = reducer.steppers(codes);
  const able = new Map([...steppers].map(([process, { at }]) => [process, at]));
  const runs: Pass = {
    title: "invisible steps of one process",
    source: [...steppers.values()].map(({ source }) => source).join("\n"),
    provides: [...steppers.keys()].map(runOf),
    needs: [
      ...(steppers.size === 0 ? [] : ["transitionIn"]),
      ...reducer.owners.checks(codes),
      ...reducer.guards.needs(codes),
    ],
  };
  return [
    runs,
    tablesPass(target, able, reducer.enabledBy(frames, able)),
    movesPass(target),
    runInvisiblePass(target, reducer, able, merged),
  ];
}

function tablesPass(
  { model, frames, rounds }: Target,
  able: ReadonlyMap<number, readonly boolean[]>,
  enables: readonly number[],
): Pass {
  const progress = [...(rounds?.round ?? [])].map((kind) => (kind === roundKinds.progress ? 1 : 0));
  const tables: readonly (readonly [name: string, type: string, numbers: readonly number[]])[] = [
    ["isProgress", "Uint8Array", progress],
    ["enables", "Int32Array", enables],
    ["processOf", "Int8Array", model.transitions.map(({ process }) => process)],
    ["processIn", "Int8Array", frames.flatMap(({ names }) => names)],
    ...[...able].map(([process, at]) => [mayRun(process), "Uint8Array", at.map(Number)] as const),
  ];
  return {
    title: "what is asked of transitions, processes and locations",
    source: tables
      .map(([name, type, numbers]) => `const ${name} = ${type}.from([${numbers.join(", ")}]);`)
      .join("\n"),
    provides: tables.map(([name]) => name),
    needs: [],
  };
}

/** Functions that let a process run in a frame, and return how many steps it took. */
function movesPass({ frames, packing, record }: Target): Pass {
  const { words } = packing;
  const renamed = wordNames("", words).map((_, at) => `renamed[${String(at)}]`);
  const functions = frames.map((_, frame) => {
    if (frame === 0) {
      return code`function ${moveIn(frame)}(run, batch, record, taken, search) {
        return run(batch, record, taken, 0, search);
      }`;
    }
    return code`function ${moveIn(frame)}(run, batch, record, taken, search) {
      ${swapOf(frame)}(${wordsAt(words)});
      renamed[${record.from}] = ${field(record.from)};
      const count = run(renamed, 0, taken, ${frame}, search);
      if (count !== 0) {
        ${swapOf(frame)}(${renamed.join(", ")});
        ${storeWords(renamed, "batch", "record")}
      }
      return count;
    }`;
  });
  const others = frames.slice(1).map((_, at) => swapOf(at + 1));
  return {
    title: "invisible steps of one process in each frame",
    source: functions.join("\n"),
    provides: frames.map((_, frame) => moveIn(frame)),
    needs: others.length === 0 ? [] : ["renamed", ...others],
  };
}

function runInvisiblePass(
  target: Target,
  reducer: ReducedWriter,
  able: ReadonlyMap<number, readonly boolean[]>,
  merged: MergedRecord,
): Pass {
  const { model, packing, frames, rounds, record } = target;
  const { processes } = model;
  const names = wordNames("w", packing.words);
  const load = names.map((name, at) => `${name} = ${field(at)}`).join(", ");
  const values = new ValueWriter(packing, "w");
  const framed = frames.flatMap(({ processes: of }, frame) => of.map((f) => ({ ...f, frame })));
  const cases = framed.flatMap(({ process, code: own, frame }) => {
    const owns = reducer.owners.owns(process);
    if (!able.has(own) || owns === null) return [];
    const location = values.number({ op: "slot", slot: processes[process]?.slot ?? -1 });
    const name = `processIn[${field(merged.frame)} * ${String(processes.length)} + ${String(process)}]`;
    const progress = `if (isProgress[log[at]] === 1) ${field(merged.progressed)} |= bit;`;
    return [
      code`case ${process}:
        if (${mayRun(own)}[${location}] === 1 && ${values.test(owns)}) {
          let count = ${moveIn(frame)}(${runOf(own)}, batch, record, taken, search);
          if (count !== 0) {
            const bit = 1 << ${name};
            ${field(merged.moved)} |= bit;
            taken += count;
            for (let at = log[0]; count > 0; count--, at--) {
              ask |= enables[log[at]];
              ${goesRound(rounds, process) ? progress : ""}
            }
            if (taken > ${longestRun}) return;
            ${load};
          }
        }
        break;`,
    ];
  });
  return {
    title: "invisible steps of all processes",
    source: code`function runInvisible(batch, record, search) {
      const log = search.log;
      let taken = 0, ask = -1, ${load};
      log[0] = 0;
      if (${field(record.transition)} >= 0) {
        const transition = ${inFrame(target, field(merged.frame), field(record.transition))};
        ask = enables[transition] | 1 << processOf[transition];
      }
      while (ask !== 0) {
        const process = 31 - Math.clz32(ask & -ask);
        ask &= ask - 1;
        switch (process) {
          ${cases}
        }
      }
    }
    function runAll(batch, first, end, search) {
      for (let record = first; record < end; record += ${record.stride}) runInvisible(batch, record, search);
    }`,
    provides: ["runAll"],
    needs: [
      "isProgress",
      "enables",
      "processOf",
      "processIn",
      "transitionIn",
      ...[...able.keys()].flatMap((process) => [mayRun(process), runOf(process)]),
      ...frames.map((_, frame) => moveIn(frame)),
    ],
  };
}

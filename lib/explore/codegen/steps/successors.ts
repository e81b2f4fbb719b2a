/** JavaScript that finds the successors of a state: the steps of all processes, each in its frame. */
import { code, unless } from "../text/code.js";
import { ValueWriter } from "../expressions/expression.js";
import type { ReducedWriter } from "./local-steps.js";
import { checkGuards, here, stepsOf, swapOf, wordNames } from "../layout/names.js";
import { NamedValue } from "../text/named-value.js";
import type { Pass } from "../text/pass.js";
import { loadWords } from "../layout/successor-record.js";
import type { Target } from "../layout/target.js";

/**
 * Returns the passes of `expand()`; reduced, it first checks for each process that it holds the guards of
 * what its next steps touch.
 */
export function expandPasses(target: Target, reducer: ReducedWriter | null): Pass[] {
  const checks = new Map(
    (reducer === null ? [] : target.codes).flatMap((process) => {
      const check = reducer === null ? "" : checkSource(target, process, reducer);
      return check === "" ? [] : [[process, check] as const];
    }),
  );
  const guards: Pass = {
    title: "whether each process holds the guards of what its next steps touch",
    source: [...checks.values()].join("\n"),
    provides: [...checks.keys()].map(checkGuards),
    needs: reducer?.guards.needs(target.codes) ?? [],
  };
  return [...(checks.size === 0 ? [] : [guards]), expandPass(target, reducer, checks)];
}

function expandPass(
  { packing, model, frames, codes }: Target,
  reducer: ReducedWriter | null,
  checks: ReadonlyMap<number, string>,
): Pass {
  const { words } = packing;
  const names = wordNames("w", words);
  const namesIn = (frame: number): readonly string[] =>
    frame === 0 ? names : wordNames(`r${String(frame)}_`, words);
  const used = frames.flatMap(({ processes }, frame) =>
    frame === 0 || processes.length === 0 ? [] : [frame],
  );
  const renamed = used.map((frame) => {
    const load = namesIn(frame).map((name, at) => `${name} = renamed[${String(at)}]`);
    return code`${swapOf(frame)}(${names.join(", ")});
      const ${load.join(", ")};`;
  });
  const framed = frames
    .flatMap(({ processes }, frame) => processes.map((p) => ({ ...p, frame })))
    .sort((a, b) => a.process - b.process);
  const calls = (devices: boolean): string[] =>
    framed
      .filter(({ code: own }) => (model.processes[own]?.kind === "device") === devices)
      .flatMap(({ code: own, frame }) => {
        const given = namesIn(frame).join(", ");
        const check = checks.has(own) ? [`${checkGuards(own)}(${given}, search);`] : [];
        const steps = `${stepsOf(own)}(${given}, id, batch, end, ${String(frame)}, search)`;
        return [...check, `end = ${steps};`];
      });
  return {
    title: "all successors of a state",
    source: code`function expand(states, at, id, batch, end, search) {
      const first = end;
      ${loadWords("w", words, "states", "at")}
      ${reducer?.owners.uniqueness() ?? ""}
      ${renamed}
      ${calls(false)}
      search.quiet[0] = end === first ? 1 : 0;
      ${calls(true)}
      return end;
    }`,
    provides: ["expand"],
    needs: [
      ...codes.map(stepsOf),
      ...[...checks.keys()].map(checkGuards),
      ...used.map(swapOf),
      ...(used.length === 0 ? [] : ["renamed"]),
    ],
  };
}

/** Gives up the guards that a process does not hold where its next steps touch what they guard. */
function checkSource({ model, packing }: Target, number: number, reducer: ReducedWriter): string {
  const process = model.processes[number];
  if (process === undefined) return "";
  const values = new ValueWriter(packing, "w");
  const cases = process.leaving.flatMap((leaving, location) => {
    const checks = reducer.discipline(leaving);
    if (checks === "") return [];
    return [
      code`case ${location}:
        ${checks}
        break;`,
    ];
  });
  if (cases.length === 0) return "";
  const words = wordNames("w", packing.words).join(", ");
  const cpu = new NamedValue(here, process.cpu === null ? "" : values.number(process.cpu));
  const body = code`${reducer.guards.held(number)}
    switch (${values.number({ op: "slot", slot: process.slot })}) {
      ${cases}
    }`;
  return code`function ${checkGuards(number)}(${words}, search) {
    ${unless(values.test(process.runs), "return;")}
    ${cpu.declared(cpu.in(body))}
  }`;
}

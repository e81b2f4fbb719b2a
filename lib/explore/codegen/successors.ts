/** JavaScript that finds the successors of a state: the steps of all processes, each in its frame. */
import type { Target } from "./target.js";
import type { ReducedWriter } from "./local-steps.js";
import { ValueWriter } from "./expression.js";
import { wordNames } from "./js.js";

/**
 * Returns `expand()`; reduced, it first checks for each process that it holds the guards of what its next
 * steps touch.
 */
export function expandSource(
  target: Target,
  codes: readonly number[],
  reducer: ReducedWriter | null,
): string {
  const { packing, model, frames } = target;
  const words = wordNames("w", packing.words);
  const load = words.map((w, at) => `const ${w}=A[s+${String(at)}];`).join("");
  const checks = new Map(
    codes.flatMap((code) => {
      const check = reducer === null ? "" : checkSource(target, code, reducer);
      return check === "" ? [] : [[code, check] as const];
    }),
  );
  const namesIn = (frame: number): readonly string[] =>
    frame === 0 ? words : wordNames(`f${String(frame)}_`, packing.words);
  const renamed = frames.map(({ processes }, frame) => {
    if (frame === 0 || processes.length === 0) return "";
    const names = namesIn(frame).map((name, at) => `${name}=R[${String(at)}]`);
    return `g${String(frame)}(${words.join(",")});const ${names.join(",")};`;
  });
  const framed = frames
    .flatMap(({ processes }, frame) => processes.map((p) => ({ ...p, frame })))
    .sort((a, b) => a.process - b.process);
  const calls = (devices: boolean): string =>
    framed
      .filter(({ code }) => (model.processes[code]?.kind === "device") === devices)
      .map(({ code, frame }) => {
        const given = namesIn(frame).join(",");
        const check = checks.has(code) ? `d${String(code)}(${given});` : "";
        return `${check}b=p${String(code)}(${given},id,B,b,${String(frame)});`;
      })
      .join("");
  return (
    `${[...checks.values()].join("\n")}function expand(A,s,id,B,b,quiet){const first=b;${load}` +
    `${reducer?.owners.uniqueness() ?? ""}${renamed.join("")}${calls(false)}` +
    `quiet[0]=b===first?1:0;${calls(true)}return b;}\n`
  );
}

/** `dN()`: gives up the guards that process N does not hold where its next steps touch what they guard. */
function checkSource({ model, packing }: Target, code: number, reducer: ReducedWriter): string {
  const process = model.processes[code];
  if (process === undefined) return "";
  const values = new ValueWriter(packing, "w");
  const cases = process.leaving.map((leaving, location) => {
    const checks = reducer.discipline(leaving);
    if (checks === "") return "";
    return `case ${String(location)}:if(${values.test(process.runs)}){${checks}}break;`;
  });
  if (cases.every((c) => c === "")) return "";
  const location = values.number({ op: "slot", slot: process.slot });
  return (
    `function d${String(code)}(${wordNames("w", packing.words).join(",")}){` +
    `${reducer.guards.held(code)}switch(${location}){${cases.join("")}}}`
  );
}

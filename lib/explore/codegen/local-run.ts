/** JavaScript that runs a state through the unseen steps of all processes, in frames. */
import type { Target } from "./target.js";
import { type ReducedWriter, longestRun } from "./local-steps.js";
import { ValueWriter } from "./expression.js";
import { goesRound } from "../analysis/rounds.js";
import { wordNames } from "./js.js";

/**
 * Returns `run(B,b)`, which takes unseen steps from the state at `B[b]`, in place, until none is left;
 * each is noted in `L` after its count in `L[0]`, and its process in the bits behind the state. Who was
 * stuck before the step that led there is asked only if that, or an unseen step, may have woken him.
 */
export function runSource(target: Target, reducer: ReducedWriter): string {
  const { model, packing, frames, rounds } = target;
  const { words } = packing;
  const { processes, transitions } = model;
  const old = new ValueWriter(packing, "w");
  const framed = frames.flatMap(({ processes: of }, frame) => of.map((f) => ({ ...f, frame })));
  const steppers = reducer.steppers([...new Set(framed.map(({ code }) => code))]);
  const load = wordNames("w", words)
    .map((w, at) => `${w}=B[b+${String(at)}]`)
    .join(",");
  const cases = framed.flatMap(({ process, code, frame }) => {
    const owns = reducer.owners.owns(process);
    if (!steppers.has(code) || owns === null) return [];
    const at = old.number({ op: "slot", slot: processes[process]?.slot ?? -1 });
    const may = `u${String(code)}[${at}]===1&&${old.test(owns)}`;
    const move = `move${String(frame)}(s${String(code)},B,b,n)`;
    const renamed = `Y[B[b+${String(words + 3)}]*${String(processes.length)}+${String(process)}]`;
    const progress = goesRound(rounds, process)
      ? `if(Q[L[i]]===1)B[b+${String(words + 4)}]|=p;`
      : "";
    const went =
      `const p=1<<${renamed};B[b+${String(words + 2)}]|=p;n+=k;` +
      `for(let i=L[0];k>0;k--,i--){v|=V[L[i]];${progress}}if(n>${String(longestRun)})return;${load};`;
    return [`case ${String(process)}:if(${may}){let k=${move};if(k!==0){${went}}}break;`];
  });
  const tables = [...steppers].map(
    ([code, { at }]) => `u${String(code)}=Uint8Array.of(${at.map(Number).join(",")})`,
  );
  const able = new Map([...steppers].map(([code, { at }]) => [code, at]));
  const wakes = reducer.wakes(frames, able);
  const constants = [
    `Q=Uint8Array.from([${[...(rounds?.round ?? [])].map((on) => 1 - on).join(",")}])`,
    `V=Int32Array.of(${wakes.join(",")})`,
    `M=Int8Array.of(${transitions.map((t) => t.process).join(",")})`,
    `Y=Int8Array.of(${frames.flatMap(({ names }) => names).join(",")})`,
    ...tables,
  ];
  const from = `X[B[b+${String(words + 3)}]*${String(transitions.length)}+B[b+${String(words)}]]`;
  return (
    `const ${constants.join(",")};${[...steppers.values()].map(({ source }) => source).join("\n")}` +
    `${frames.map((_, frame) => moveSource(words, frame)).join("")}\n` +
    `function run(B,b){let n=0,v=-1,${load};L[0]=0;` +
    `if(B[b+${String(words)}]>=0){const t=${from};v=V[t]|1<<M[t];}` +
    `while(v!==0){const q=31-Math.clz32(v&-v);v&=v-1;switch(q){${cases.join("")}}}}\n` +
    `function runAll(B,b,end){for(;b<end;b+=${String(words + 5)})run(B,b);}`
  );
}

/** A function that takes the unseen steps of a process in a frame, and returns how many. */
function moveSource(words: number, frame: number): string {
  const names = wordNames("w", words);
  const head = `function move${String(frame)}(s,B,b,n){`;
  if (frame === 0) return `${head}return s(B,b,n,0);}`;
  const g = `g${String(frame)}`;
  const load = names.map((_, at) => `B[b+${String(at)}]`).join(",");
  const back = names.map((_, at) => `R[${String(at)}]`).join(",");
  const store = names.map((_, at) => `B[b+${String(at)}]=R[${String(at)}];`).join("");
  return (
    `${head}${g}(${load});R[${String(words + 1)}]=B[b+${String(words + 1)}];` +
    `const k=s(R,0,n,${String(frame)});if(k!==0){${g}(${back});${store}}return k;}`
  );
}

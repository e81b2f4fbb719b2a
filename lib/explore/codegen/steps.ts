/** JavaScript for the steps of a model: a function for each process that needs one of its own. */
import type { Transition } from "../../machine/index.js";
import type { Target } from "./target.js";
import { ChangeWriter } from "./effects.js";
import type { OwnerWriter } from "./cpu-ownership.js";
import { ValueWriter } from "./expression.js";
import { wordNames } from "./js.js";

/**
 * Returns functions `pN`, which add the successors of a state by steps of process N to `B` and return the
 * end. The state's words are given, as they are in frame `f`.
 *
 * @param codes the processes that have code of their own
 * @param owners what watches who has which CPU; null if nothing depends on that
 */
export function stepsSource(
  target: Target,
  codes: readonly number[],
  owners: OwnerWriter | null,
): string {
  const steps = new StepWriter(target, owners);
  const functions = codes.map((code) => steps.process(code));
  return putSource(target) + (owners?.stabilities(codes) ?? "") + functions.join("\n");
}

/** `put()`: adds a successor to `B`, and returns the end. */
function putSource({ packing, stride, frames, model }: Target): string {
  const { words } = packing;
  const names = wordNames("n", words);
  const store = names.map((n, at) => `B[b+${String(at)}]=${n};`).join("");
  const reduced = stride > words + 2;
  const transitions = frames.flatMap((frame) => frame.transitions);
  const rest = reduced
    ? `B[b+${String(words + 2)}]=0;B[b+${String(words + 3)}]=f;B[b+${String(words + 4)}]=0;`
    : "";
  const taken = reduced ? `X[f*${String(model.transitions.length)}+t]` : "t";
  return (
    (reduced ? `const X=Int32Array.of(${transitions.join(",")});` : "") +
    `function put(B,b,id,f,t,${names.join(",")}){${store}B[b+${String(words)}]=${taken};` +
    `B[b+${String(words + 1)}]=id;${rest}return b+${String(stride)};}`
  );
}

class StepWriter {
  private readonly old: ValueWriter;
  private readonly fresh: ValueWriter;
  private readonly words: readonly string[];
  private readonly copy: string;
  private readonly given: string;

  constructor(
    private readonly target: Target,
    private readonly owners: OwnerWriter | null,
  ) {
    const { packing } = target;
    this.old = new ValueWriter(packing, "w");
    this.fresh = new ValueWriter(packing, "n");
    this.words = wordNames("w", packing.words);
    const names = wordNames("n", packing.words);
    this.copy = `let ${names.map((n, at) => `${n}=w${String(at)}`).join(",")};`;
    this.given = names.join(",");
  }

  process(at: number): string {
    const process = this.target.model.processes[at];
    if (process === undefined) return "";
    const cases = process.leaving.map((leaving, location) => {
      const code = leaving.map((t) => this.push(t, process.slot)).join("");
      return code === "" ? "" : `case ${String(location)}:${code}break;`;
    });
    const location = this.old.number({ op: "slot", slot: process.slot });
    return (
      `function p${String(at)}(${this.words.join(",")},id,B,b,f){` +
      `switch(${location}){${cases.join("")}}return b;}`
    );
  }

  private push(t: Transition, location: number): string {
    const body = new ChangeWriter(this.fresh, t.id).transitionBody(t, location);
    const stable = this.owners?.stability(t, "w", "n") ?? "";
    const all = `${this.copy}${body}${stable}b=put(B,b,id,f,${String(t.id)},${this.given});`;
    const test = this.old.test(t.guard);
    return test === "true" ? `{${all}}` : `if(${test}){${all}}`;
  }
}

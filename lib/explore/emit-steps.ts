/** JavaScript for the steps of a model: `expand()`, with a function for each process. */
import type { Model, Transition } from "../machine/index.js";
import { ChangeWriter } from "./emit-changes.js";
import type { ReducedWriter } from "./emit-reduced.js";
import { ValueWriter } from "./emit-value.js";
import type { Packing } from "./packing.js";
import { wordNames } from "./word-names.js";

/** Writes the steps that lead from a state to its successors. */
export class StepWriter {
  private readonly old: ValueWriter;
  private readonly fresh: ValueWriter;
  private readonly words: readonly string[];
  private readonly copy: string;
  private readonly given: string;
  /** `put()`: adds a successor to `B`, and returns the end. */
  private readonly put: string;

  constructor(
    private readonly model: Model,
    packing: Packing,
    stride: number,
    private readonly reducer: ReducedWriter | null,
  ) {
    const { words } = packing;
    this.old = new ValueWriter(packing, "w");
    this.fresh = new ValueWriter(packing, "n");
    this.words = wordNames("w", words);
    const names = wordNames("n", words);
    this.copy = `let ${names.map((n, at) => `${n}=w${String(at)}`).join(",")};`;
    const store = names.map((n, at) => `B[b+${String(at)}]=${n};`).join("");
    const rest = Array.from({ length: stride - words - 2 }, (_, at) => words + 2 + at);
    const clear = rest.map((at) => `B[b+${String(at)}]=0;`).join("");
    this.given = names.join(",");
    this.put =
      `function put(B,b,id,t,${this.given}){${store}B[b+${String(words)}]=t;` +
      `B[b+${String(words + 1)}]=id;${clear}return b+${String(stride)};}`;
  }

  /** `expand()` and, reduced, `run()`. */
  source(): string {
    const { model, words, reducer } = this;
    const order = [...model.processes.keys()].sort((a, b) => this.rank(a) - this.rank(b));
    const functions = order.map((at) => this.process(at));
    const load = words.map((w, at) => `const ${w}=A[s+${String(at)}];`).join("");
    const devices = order.findIndex((at) => this.rank(at) === 1);
    const calls = order.map((at, position) => {
      const mark = position === devices ? "quiet[0]=b===first?1:0;" : "";
      return `${mark}b=p${String(at)}(${words.join(",")},id,B,b);`;
    });
    const mark = devices < 0 ? "quiet[0]=b===first?1:0;" : "";
    const expand =
      `function expand(A,s,id,B,b,quiet){const first=b;${load}${reducer?.owners.uniqueness() ?? ""}` +
      `${calls.join("")}${mark}return b;}`;
    const run = reducer?.run() ?? "function run(){}function runAll(){}";
    const held = reducer === null ? "" : reducer.guards.functions() + reducer.owners.stabilities();
    return `${this.put}${held}${functions.join("\n")}\n${expand}\n${run}`;
  }

  /** Devices come last. */
  private rank(at: number): number {
    return this.model.processes[at]?.kind === "device" ? 1 : 0;
  }

  private process(at: number): string {
    const { old, reducer, words } = this;
    const process = this.model.processes[at];
    if (process === undefined) return "";
    const cases = process.leaving.map((leaving, location) => {
      const checks = reducer?.discipline(leaving) ?? "";
      const wants = checks === "" ? "" : `if(${old.test(process.runs)}){${checks}}`;
      const code = leaving.map((t) => this.push(t, process.slot)).join("");
      return code === "" ? "" : `case ${String(location)}:${wants}${code}break;`;
    });
    const location = old.number({ op: "slot", slot: process.slot });
    const held = reducer?.guards.held(at) ?? "";
    return (
      `function p${String(at)}(${words.join(",")},id,B,b){${held}` +
      `switch(${location}){${cases.join("")}}return b;}`
    );
  }

  private push(t: Transition, location: number): string {
    const body = new ChangeWriter(this.fresh, t.id).transitionBody(t, location);
    const stable = this.reducer?.owners.stability(t, "w", "n") ?? "";
    const all = `${this.copy}${body}${stable}b=put(B,b,id,${String(t.id)},${this.given});`;
    const test = this.old.test(t.guard);
    return test === "true" ? `{${all}}` : `if(${test}){${all}}`;
  }
}

/** JavaScript for the steps of a model: a function for each process that needs one of its own. */
import type { Transition } from "../../machine/index.js";
import { code } from "./code.js";
import type { OwnerWriter } from "./cpu-ownership.js";
import { ChangeWriter } from "./effects.js";
import { ValueWriter } from "./expression.js";
import { stepsOf, wordNames } from "./names.js";
import type { Pass } from "./pass.js";
import { field, storeWords } from "./successor-record.js";
import type { Target } from "./target.js";

/** Returns the passes that add the successors of a state, a process at a time. */
export function stepPasses(target: Target, owners: OwnerWriter | null): Pass[] {
  const writer = new StepWriter(target, owners);
  const { codes, record } = target;
  return [
    ...(record.merged === null ? [] : [transitionTable(target)]),
    putPass(target),
    {
      title: "the steps of each process that has code of its own",
      source: codes.map((process) => writer.process(process)).join("\n"),
      provides: codes.map(stepsOf),
      needs: ["put", ...(owners?.checks(codes) ?? [])],
    },
  ];
}

function transitionTable({ frames }: Target): Pass {
  const transitions = frames.flatMap((frame) => frame.transitions);
  return {
    title: "what each transition is in each frame",
    source: `const transitionIn = Int32Array.of(${transitions.join(", ")});`,
    provides: ["transitionIn"],
    needs: [],
  };
}

/** Returns code for what a transition is in another frame, and, a frame undoing itself, the way back. */
export const inFrame = ({ model }: Target, frame: string, transition: string): string =>
  `transitionIn[${frame} * ${String(model.transitions.length)} + ${transition}]`;

function putPass(target: Target): Pass {
  const { transition, from, stride, words, merged } = target.record;
  const names = wordNames("n", words);
  const at = (offset: number): string => field(offset, "end");
  const rest =
    merged === null
      ? `${at(transition)} = transition;`
      : code`${at(transition)} = ${inFrame(target, "frame", "transition")};
        ${at(merged.moved)} = 0;
        ${at(merged.progressed)} = 0;
        ${at(merged.frame)} = frame;`;
  return {
    title: "a successor's record",
    source: code`function put(batch, end, id, frame, transition, ${names.join(", ")}) {
      ${storeWords(names, "batch", "end")}
      ${at(from)} = id;
      ${rest}
      return end + ${stride};
    }`,
    provides: ["put"],
    needs: merged === null ? [] : ["transitionIn"],
  };
}

class StepWriter {
  private readonly old: ValueWriter;
  private readonly next: ValueWriter;
  private readonly words: string;
  private readonly copy: string;
  private readonly given: string;

  constructor(
    private readonly target: Target,
    private readonly owners: OwnerWriter | null,
  ) {
    const { packing } = target;
    const names = wordNames("n", packing.words);
    const words = wordNames("w", packing.words);
    this.old = new ValueWriter(packing, "w");
    this.next = new ValueWriter(packing, "n");
    this.words = words.join(", ");
    this.copy = `let ${names.map((name, at) => `${name} = ${words[at] ?? ""}`).join(", ")};`;
    this.given = names.join(", ");
  }

  process(number: number): string {
    const process = this.target.model.processes[number];
    if (process === undefined) return "";
    const cases = process.leaving.flatMap((leaving, location) =>
      leaving.length === 0
        ? []
        : [
            code`case ${location}:
              ${leaving.map((t) => this.push(t, process.slot))}
              break;`,
          ],
    );
    return code`function ${stepsOf(number)}(${this.words}, id, batch, end, frame, search) {
      switch (${this.old.number({ op: "slot", slot: process.slot })}) {
        ${cases}
      }
      return end;
    }`;
  }

  private push(t: Transition, location: number): string {
    const test = this.old.test(t.guard);
    return code`${test === "true" ? "{" : `if (${test}) {`}
      ${this.copy}
      ${new ChangeWriter(this.next, t.id).transitionBody(t, location)}
      ${this.owners?.check(t, "w", "n") ?? ""}
      end = put(batch, end, id, frame, ${t.id}, ${this.given});
    }`;
  }
}

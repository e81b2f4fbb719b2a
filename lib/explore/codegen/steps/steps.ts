/** JavaScript for the steps of a model: a function for each process that needs one of its own. */
import type { Transition } from "../../../machine/index.js";
import { code, unless } from "../text/code.js";
import type { OwnerWriter } from "../guards/cpu-ownership.js";
import { ChangeWriter } from "../expressions/effects.js";
import { ValueWriter } from "../expressions/expression.js";
import { here, stepsOf, wordNames } from "../layout/names.js";
import { NamedValue, assigned } from "../text/named-value.js";
import type { Pass } from "../text/pass.js";
import { field, storeWords } from "../layout/successor-record.js";
import type { Target } from "../layout/target.js";

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
  private readonly given: string;

  constructor(
    private readonly target: Target,
    private readonly owners: OwnerWriter | null,
  ) {
    const { packing } = target;
    this.old = new ValueWriter(packing, "w");
    this.next = new ValueWriter(packing, "n");
    this.words = wordNames("w", packing.words).join(", ");
    this.given = wordNames("n", packing.words).join(", ");
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
    const cpu = new NamedValue(here, process.cpu === null ? "" : this.old.number(process.cpu));
    const body = code`switch (${this.old.number({ op: "slot", slot: process.slot })}) {
        ${cases}
      }`;
    return code`function ${stepsOf(number)}(${this.words}, id, batch, end, frame, search) {
      ${unless(this.old.test(process.runs), "return end;")}
      ${cpu.declared(cpu.in(body))}
      return end;
    }`;
  }

  /** A step of a process that runs; words that it leaves as they are have one name before and after. */
  private push(t: Transition, location: number): string {
    const body = code`${new ChangeWriter(this.next, t.id).transitionBody(t, location)}
      ${this.owners?.check(t, "w", "n") ?? ""}
      end = put(batch, end, id, frame, ${t.id}, ${this.given});`;
    const written = assigned(body, "n");
    const copies = written.map((name) => `${name} = ${before(name)}`).join(", ");
    const step = body.replace(/\bn\d+\b/g, (n) => (written.includes(n) ? n : before(n)));
    const test = this.old.test(t.own);
    return code`${test === "true" ? "{" : `if (${test}) {`}
      ${copies === "" ? "" : `let ${copies};`}
      ${step}
    }`;
  }
}

/** The name of a word before the step. */
const before = (name: string): string => name.replace("n", "w");

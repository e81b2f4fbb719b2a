/** A case of the atlas told in the terminal: the report, the paths, both verdicts, what they hang on. */
import {
  type AtlasCase,
  type CaseVerdict,
  type Selection,
  judgeCase,
  selectionText,
} from "../atlas/index.js";
import { printReplay } from "../explore/index.js";
import type { KernelC } from "../kernel-c/index.js";
import { replay, translate } from "../machine/index.js";
import { counted } from "../primitives/counted.js";
import { printReport } from "../splat/print/index.js";

const width = 100;

/** Returns a case as lines for a terminal. */
export function storyOf(of: AtlasCase, kernelC: KernelC): readonly string[] {
  const judge = (selection: Selection): CaseVerdict => judgeCase(of, kernelC, selection);
  const asItIs = judge({});
  return [
    `${of.name}: ${of.title} (${of.truth})`,
    "",
    ...wrapped(of.history),
    ...section("The report, as the lab's lockdep prints it", reportLines(asItIs)),
    ...section("The paths", numbered(of.texts.code)),
    ...section("The question", wrapped(of.question)),
    ...section("Both judges", verdictLines(asItIs)),
    ...section("What it hangs on", premiseLines(of, judge)),
    ...section("What was done about it, and what that would hide", fixLines(of, judge)),
    ...section("Read in", sourceLines(of)),
    ...section("Our reading", wrapped(of.reading)),
  ];
}

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ["", title, "-".repeat(title.length), ...lines];

function reportLines({ orders }: CaseVerdict): readonly string[] {
  const first = orders.find(({ report }) => report !== null);
  if (first?.report == null) return ["none: lockdep is silent"];
  return printReport(first.report).trim().split("\n");
}

const numbered = (code: string): readonly string[] =>
  code
    .trimEnd()
    .split("\n")
    .map((line, at) => `${String(at + 1).padStart(4)}  ${line}`);

/** Returns the answers of both judges; a counterexample step by step. */
function verdictLines(of: CaseVerdict): readonly string[] {
  const { scenario, result } = of;
  const [found] = Object.values(result.violations);
  const steps = found === undefined ? [] : printReplay(replay(translate(scenario), found.schedule));
  return [`lockdep   ${lockdepText(of)}`, `explorer  ${result.summary}`, ...steps];
}

/** Says what lockdep answers, with an order of first runs for each answer where they differ. */
export function lockdepText({ lockdep, orders }: CaseVerdict): string {
  const [only] = lockdep;
  if (lockdep.length === 1 && only !== undefined) {
    return `${only}, in ${counted(orders.length, "order")} of first runs`;
  }
  return lockdep
    .map((answer) => {
      const order = orders.find((one) => one.answer === answer)?.order ?? [];
      return `${answer} (${order.join(", ")})`;
    })
    .join("; ");
}

const row = (name: string, { lockdep, result }: CaseVerdict): string =>
  `  ${name.padEnd(34)} ${lockdep.join(" or ").padEnd(26)} ${result.summary}`;

function premiseLines(of: AtlasCase, judge: (s: Selection) => CaseVerdict): readonly string[] {
  return of.premises.flatMap(({ name, summary, holds, by }) => [
    ...wrapped(`${name}: ${summary}; ${holds ? "it holds" : "it does not hold"} (${by})`),
    row(holds ? "dropped:" : "made to hold:", judge({ switched: [name] })),
  ]);
}

function fixLines(of: AtlasCase, judge: (s: Selection) => CaseVerdict): readonly string[] {
  return of.fixes.flatMap(({ name, summary, fate }) => [
    ...wrapped(`${name}: ${summary} (${fate})`),
    row("alone", judge({ fix: name })),
    ...of.mutants.map((mutant) => {
      const verdict = judge({ fix: name, mutant: mutant.name });
      const hidden =
        verdict.explorer !== "safe" && verdict.lockdep.includes("silent") ? "   HIDDEN" : "";
      return `${row(`with ${mutant.name}`, verdict)}${hidden}`;
    }),
  ]);
}

const sourceLines = ({ sources }: AtlasCase): readonly string[] =>
  sources.flatMap(({ where, says }) => wrapped(`${where}: ${says}`));

/** Returns text in lines of the width of a terminal. */
function wrapped(text: string): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = "";
    }
    line = line === "" ? word : `${line} ${word}`;
  }
  return line === "" ? lines : [...lines, line];
}

/** Returns every cell of a case as data, for scripts. */
export function cellsOf(of: AtlasCase, kernelC: KernelC): readonly object[] {
  return of.expected.map(({ fix, mutant, switched }) => {
    const selection: Selection = {
      ...(fix === undefined ? {} : { fix }),
      ...(mutant === undefined ? {} : { mutant }),
      ...(switched === undefined ? {} : { switched }),
    };
    const { lockdep, explorer, orders, result } = judgeCase(of, kernelC, selection);
    return {
      code: selectionText(selection),
      ...selection,
      lockdep,
      orders: orders.map(({ order, answer }) => ({ order, answer })),
      explorer,
      complete: result.complete,
      states: result.states,
      summary: result.summary,
    };
  });
}

/** A case of the atlas told in the terminal: the report, the paths, both verdicts, what they hang on. */
import { type AtlasCase, caseJudge, judgeCase, selectionText } from "../../atlas/index.js";
import type { KernelC } from "../../kernel-c/index.js";
import { caseText, wrapped } from "../../views/index.js";

/** Returns a case as lines for a terminal. */
export function storyOf(of: AtlasCase, kernelC: KernelC): readonly string[] {
  const text = caseText(of, caseJudge(of, kernelC));
  return [
    `${of.name}: ${of.title} (${of.truth})`,
    "",
    ...wrapped(of.history),
    ...section("The report, as the lab's lockdep prints it", text.report()),
    ...section("The paths", text.code()),
    ...section("The question", wrapped(of.question)),
    ...section("Both judges", text.verdicts()),
    ...section("As text for a changelog", text.changelog({})),
    ...section("What it depends on", text.premises()),
    ...section("What was done about it, and what that would hide", text.fixes()),
    ...section("Read in", text.sources()),
    ...section("Our reading", wrapped(of.reading)),
  ];
}

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ["", title, "-".repeat(title.length), ...lines];

/** Returns every cell of a case as data, for scripts. */
export function cellsOf(of: AtlasCase, kernelC: KernelC): readonly object[] {
  return of.expected.map((selection) => {
    const { lockdep, explorer, orders, result } = judgeCase(of, kernelC, selection);
    const { fix = null, mutant = null, switched = [] } = selection;
    return {
      code: selectionText(selection),
      fix,
      mutant,
      switched,
      lockdep,
      orders: orders.map(({ order, answer }) => ({ order, answer })),
      explorer,
      complete: result.complete,
      states: result.states,
      summary: result.summary,
    };
  });
}

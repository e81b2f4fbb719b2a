/** The code of a model as a reader sees it. */
import type { Model } from "../../machine/index.js";
import type { Reductions } from "../result/reductions.js";
import { laidOut } from "./text/code.js";
import { sizeOf, targetOf } from "./compile.js";
import { EngineSource } from "./engine.js";
import { legend } from "./layout/names.js";
import { sourceOf } from "./text/pass.js";
import type { Target } from "./layout/target.js";

/**
 * Returns the JavaScript that is generated for a model, as it is while guards are learnt: after the names
 * in it, where each number of the state is, and the steps by number.
 *
 * @example
 * generatedCode(translate(abba()), { local: false, symmetry: false }).includes("function expand(") // true
 */
export function generatedCode(model: Model, reductions: Reductions): string {
  const target = targetOf(model, reductions);
  const { steps, search, seen } = new EngineSource(target, null, sizeOf(target)).units();
  const sections: readonly (readonly [heading: string, lines: readonly string[]])[] = [
    ["the names in this code; a 3 stands for any number", legend.map(nameLine)],
    ["the words of a state", wordLines(target)],
    ["the record of a successor", recordLines(target)],
    ["the steps by number", model.transitions.map(stepLine(model))],
  ];
  const header = sections.flatMap(([heading, lines]) => [
    `// ${heading}`,
    ...lines.map((line) => `//   ${line}`),
    "",
  ]);
  const units = [
    ["function steps()", sourceOf(steps)],
    ["function search(base)", sourceOf(search)],
    ["function seen()", sourceOf(seen)],
  ].map(([head = "", body = ""]) => laidOut(`${head} {\n${body}\n}`));
  return [...header, units.join("\n\n"), ""].join("\n");
}

const nameLine = ([name, meaning]: readonly [string, string]): string =>
  `${name.padEnd(22)} ${meaning}`;

/** Which bits of which word each number of the state has. */
function wordLines({ model, packing }: Target): readonly string[] {
  return [...model.slots.entries()]
    .map(([slot, { name }]) => ({ name, at: packing.fields[slot] }))
    .flatMap(({ name, at }) => (at === undefined ? [] : [{ name, ...at }]))
    .sort((a, b) => a.word - b.word || a.shift - b.shift)
    .map(({ name, word, shift, bits, min, max }) => {
      const where = `w${String(word)}, bits ${String(shift)} to ${String(shift + bits - 1)}:`;
      return `${where.padEnd(22)} ${oneLine(name)}, ${String(min)} to ${String(max)}`;
    });
}

function recordLines({ record }: Target): readonly string[] {
  const { words, stride, transition, from, merged } = record;
  const fields = { transition, from, ...merged };
  return [
    `its words first, ${String(words)}; ${String(stride)} numbers in all`,
    ...Object.entries(fields).map(([name, at]) => `+ ${String(at)}: ${name}`),
  ];
}

const stepLine =
  (model: Model) =>
  ({ id, process, from, to, label }: Model["transitions"][number]): string => {
    const name = model.processes[process]?.name ?? "";
    return oneLine(`${String(id)}: ${name}, ${String(from)} to ${String(to)}: ${label}`);
  };

/** Names and labels are a user's: in a comment they have to stay on its line. */
const oneLine = (text: string): string => text.replace(/[\r\n\u2028\u2029]+/g, " ");

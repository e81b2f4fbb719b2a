/** ThreadSanitizer of LLVM and GCC, which checks programs of user space. */
import { code } from "../explain/words/words.js";
import { foundIn, type Found } from "./after.js";
import type { OtherReport } from "./other-report.js";

const headline = /WARNING: ThreadSanitizer: (?<what>\S.*?)(?: \(pid=\d+\))?\s*$/;

/** Returns what the reports of a text say. */
export const readThreadSanitizer = (text: string): readonly OtherReport[] =>
  foundIn(text, headline).map(told);

/** The innermost frame that is no function of the library itself. */
function firstFrame(lines: Found["lines"], from: number): string | null {
  for (const { text } of lines.slice(from + 1, from + 12)) {
    const frame =
      /^\s*#\d+ (?<name>\S+(?: [^/\s]\S*)*?)(?: (?<place>\S+:\d+)\S*)?(?: \(.*\))?\s*$/.exec(
        text,
      )?.groups;
    if (frame === undefined) return null;
    const { name = "", place } = frame;
    if (/^(?:pthread_|__tsan|std::|__gthread|operator )/.test(name)) continue;
    return place === undefined ? code(name) : `${code(name)} (${place})`;
  }
  return null;
}

function told({ lines, groups }: Found): OtherReport {
  const what = groups["what"] ?? "";
  const cycle = lines
    .map(({ text }) => /Cycle in lock order graph: (\S.*)$/.exec(text)?.[1])
    .find((each) => each !== undefined);
  const edges = lines.flatMap(({ text }, at) => {
    const edge = /Mutex (\S+) acquired here while holding mutex (\S+) in (.*?):?\s*$/.exec(text);
    if (edge === null) return [];
    const place = firstFrame(lines, at);
    const [, taken = "", held = "", thread = ""] = edge;
    return [
      `${code(taken)} is taken while ${code(held)} is held, in ${thread}${place === null ? "" : `, in ${place}`}.`,
    ];
  });
  return {
    kind: "thread-sanitizer",
    title: `ThreadSanitizer: ${what}`,
    line: lines[0]?.number ?? 0,
    task: null,
    owner: null,
    says: [...(cycle === undefined ? [] : [`The circle: ${code(cycle)}.`]), ...edges],
    mend:
      edges.length === 0
        ? []
        : [
            "It compares mutexes themselves, not classes, so that each edge was really taken; ask whether the threads can be there at the same moment.",
          ],
    missing:
      edges.length === 0 && what.includes("lock-order")
        ? ["The lines `Mutex ... acquired here while holding mutex ...`, with their stacks."]
        : [],
  };
}

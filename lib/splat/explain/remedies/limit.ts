/** What to do where a table of lockdep is full, or a task holds more than fits. */
import { recursionOn } from "../../evidence/recursion.js";
import { isTooDeep } from "../../evidence/too-deep.js";
import type { PlainSplat } from "../../report/index.js";
import { code, listed } from "../words/words.js";

/** Returns the mends of a limit that was reached. */
export function limitMend(report: PlainSplat): readonly string[] {
  if (!isTooDeep(report)) {
    return [
      "See /proc/lockdep_stats for the table that is full and /proc/lockdep for who fills it: classes made without end, as by a module that is loaded again and again, are a bug; else make the table larger.",
    ];
  }
  const loop = recursionOn(report.backtrace);
  const names = (report.held?.locks ?? []).map(({ name, at }) => `${name}\n${at?.symbol ?? ""}`);
  const most = names.toSorted((a, b) => count(names, b) - count(names, a))[0];
  const [name, place] = (most ?? "").split("\n");
  const often = most === undefined ? 0 : count(names, most);
  return [
    ...(often > 1
      ? [
          `Most of what it holds is ${code(name ?? "")}${place === "" || place === undefined ? "" : `, taken in ${code(place)}`}.`,
        ]
      : []),
    loop.length > 0
      ? `${listed(loop.slice(0, -1).map(code))} ${loop.length > 2 ? "call each other" : "calls itself"} on the stack: bound the recursion, or do it in a loop without holding.`
      : "It takes a lock for each element of a set, or recurses: take fewer at once, or one lock for all with a nest lock (mutex_lock_nest_lock()), which counts once.",
  ];
}

const count = (all: readonly string[], one: string): number =>
  all.filter((each) => each === one).length;

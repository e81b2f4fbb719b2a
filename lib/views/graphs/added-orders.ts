/** Which order a bug adds to what lockdep knows, and whether that closes a circle: one cell a bug and annotation. */
import type { Report } from "../../lockdep/report/report.js";
import type { LockGraph } from "../../lockdep/report/view.js";
import { framed } from "../draw/card.js";
import type { Figure } from "../draw/figure.js";
import { drawGrid, type GridCell } from "../draw/table.js";
import { baseOfClass } from "../trace/lock-legend.js";
import { shortLockNames } from "../trace/short-lock-names.js";
import { emphasisOf } from "./report-highlight.js";

/** A bug in a code, before and after. */
export interface AddedOrder {
  /** How the code is annotated, as the row's head. */
  readonly annotation: string;
  readonly bug: string;
  /** What lockdep knows of the code without the bug. */
  readonly before: LockGraph;
  /** And with it. */
  readonly after: LockGraph;
  readonly report: Report | null;
  /** Whether the code with the bug can fail. */
  readonly fails: boolean;
}

type Arrow = readonly [from: string, to: string];

/** Arrows by short names with the subclass: `rq → wakeup/1`. */
function arrowsOf({ classes, edges }: LockGraph): readonly Arrow[] {
  const nameOf = namesOf(classes.map(({ name }) => name));
  const byIndex = new Map(classes.map(({ index, name }) => [index, nameOf(name)]));
  return edges.map(({ from, to }) => [byIndex.get(from) ?? "?", byIndex.get(to) ?? "?"]);
}

/** Subclass 0 is named only where another subclass of the lock is known. */
function namesOf(names: readonly string[]): (name: string) => string {
  const words = shortLockNames(names.map(baseOfClass));
  const split = new Set(names.filter((name) => /\/\d+$/.test(name)).map(baseOfClass));
  return (name) => {
    const base = baseOfClass(name);
    const subclass = /\/\d+$/.exec(name)?.[0] ?? (split.has(base) ? "/0" : "");
    return `${words.get(base) ?? base}${subclass}`;
  };
}

interface Told {
  readonly adds: readonly string[];
  /** The circle that is closed, or null. */
  readonly circle: string | null;
  /** Where the added order leads, if nowhere back. */
  readonly leads: string;
}

function toldOf({ before, after, report }: AddedOrder): Told {
  const known = new Set(arrowsOf(before).map(textOf));
  const emphasis = report === null ? null : emphasisOf(after, report);
  const nameOf = namesOf([...after.classes, ...(emphasis?.classes ?? [])].map(({ name }) => name));
  const refused = (emphasis?.edges ?? [])
    .filter((edge) => edge.refused)
    .map(({ from, to }): Arrow => [nameOf(from.name), nameOf(to.name)]);
  const all = [...arrowsOf(after), ...refused];
  const added = all.filter((arrow) => !known.has(textOf(arrow)));
  const circle =
    emphasis?.circle === true
      ? wayOf(emphasis.edges.map(({ from, to }) => [nameOf(from.name), nameOf(to.name)] as const))
      : null;
  const [, end] = added[0] ?? [];
  const further = end === undefined ? [] : reachable(all, end);
  return {
    adds: [...new Set(added.map(textOf))],
    circle,
    leads:
      end === undefined
        ? "all it does is known already"
        : `${end} leads ${further.length === 0 ? "nowhere" : `to ${further.join(", ")}`}`,
  };
}

const textOf = ([from, to]: Arrow): string => `${from} → ${to}`;

function reachable(arrows: readonly Arrow[], start: string): readonly string[] {
  const found = new Set([start]);
  for (const at of found) for (const [from, to] of arrows) if (from === at) found.add(to);
  found.delete(start);
  return [...found];
}

function wayOf(arrows: readonly Arrow[]): string {
  const way = [...(arrows[0] ?? [])];
  while (way.length <= arrows.length) {
    const next = arrows.find(([from]) => from === way.at(-1));
    if (next === undefined) break;
    way.push(next[1]);
  }
  return way.join(" → ");
}

function cellOf(entry: AddedOrder): GridCell {
  const { adds, circle, leads } = toldOf(entry);
  const hidden = entry.report === null && entry.fails;
  const reported = entry.report !== null;
  const tone = hidden ? "red" : reported ? "blue" : "green";
  const verdict = hidden ? "✗ HIDDEN" : reported ? "● reported" : "✓ nothing to report";
  return {
    lines: [
      { text: verdict, size: 13, bold: true, tone },
      ...(adds.length === 0 ? ["no new order"] : adds.map((arrow) => `adds ${arrow}`)).map(
        (text) => ({ text, size: 12, mono: true }),
      ),
      { text: circle ?? leads, size: 12, mono: true, tone },
    ],
    fill: hidden ? "redWash" : reported ? "blueWash" : "greenWash",
    stroke: tone,
    outline: hidden ? 3 : 1,
  };
}

function sentence(entry: AddedOrder): string {
  const { adds, circle, leads } = toldOf(entry);
  const what = `${entry.annotation}, ${entry.bug}: adds ${adds.join(" and ") || "no new order"}`;
  if (entry.report !== null) return `${what}; reported${circle === null ? "" : `: ${circle}`}`;
  return `${what}; ${leads}: ${entry.fails ? "HIDDEN" : "nothing to report"}`;
}

/** Returns the figure of the orders that bugs add under some annotations, one annotation a row, one bug a column. */
export function addedOrders(entries: readonly AddedOrder[], heading: string): Figure {
  const bugs = [...new Set(entries.map(({ bug }) => bug))];
  const annotations = [...new Set(entries.map(({ annotation }) => annotation))];
  const lines = Math.max(...entries.map((entry) => cellOf(entry).lines.length));
  const drawing = drawGrid({
    columns: bugs,
    rows: annotations.map((name) => ({
      name,
      cells: bugs.map((bug) => {
        const entry = entries.find((one) => one.bug === bug && one.annotation === name);
        return entry === undefined ? null : cellOf(entry);
      }),
    })),
    cell: { width: 250, height: 16 + 18 * lines },
  });
  const said = entries.map(sentence);
  return {
    name: "added-orders",
    alt: `${heading}: ${said.join("; ")}.`,
    text: [heading, ...said.map((line) => `  ${line}`)].join("\n"),
    svg: framed(drawing, {
      heading,
      alt: `${heading}: ${said.join("; ")}.`,
      notes: [
        "Each cell: the order that the bug adds to what lockdep knows, then the circle that it closes, or where it leads without coming back.",
      ],
    }),
  };
}

/**
 * The scorecard: fixes under every judgement, lockdep's, the explorer's, and the bugs they would hide.
 */
import type { Figure } from "../draw/figure.js";
import { framed } from "../draw/card.js";
import { drawGrid, type GridCell } from "../draw/table.js";
import type { Tone } from "../draw/palette.js";
import { wrap } from "../draw/text.js";

/** One fix, as `scoreOf()` of the workbench gives it. */
export interface Score {
  readonly name: string;
  /** Lockdep's complaint about the code without a bug, or null. */
  readonly lockdep: string | null;
  /** The explorer's verdict about it: `safe`, or what can happen. */
  readonly explorer: string;
  readonly bugs: readonly { readonly bug: string; readonly fate: string }[];
}

interface Look {
  readonly sign: string;
  readonly fill: Tone;
  readonly ink: Tone;
  readonly outline?: number;
}

/** The columns of the two judges hold longer words than those of the bugs. */
const judgeWidth = 72;
const bugWidth = 53;
/** Longer names of fixes break. */
const nameWidth = 67;

const good: Look = { sign: "✓", fill: "greenWash", ink: "green" };
const bad: Look = { sign: "✗", fill: "redWash", ink: "red", outline: 3 };
const doubtful: Look = { sign: "?", fill: "amberWash", ink: "amber" };
const seen: Look = { sign: "●", fill: "blueWash", ink: "blue" };
const nothing: Look = { sign: "–", fill: "panel", ink: "muted" };

const small = { size: 11 } as const;

function cell({ sign, fill, ink, outline = 1 }: Look, text: string, width = bugWidth): GridCell {
  return {
    lines: [
      { text: sign, size: 13, bold: true, tone: ink },
      ...wrap(text, width - 1, small).map((line) => ({ ...small, text: line })),
    ],
    fill,
    stroke: ink,
    outline,
  };
}

function bugCell(fate: string): GridCell {
  switch (fate) {
    case "lockdep is off":
      return cell(nothing, fate);
    case "reported":
      return cell(seen, fate);
    case "hidden":
      return cell(bad, "HIDDEN");
    case "harmless":
      return cell(good, fate);
    default:
      return cell(doubtful, fate);
  }
}

function cellsOf(score: Score, columns: readonly string[]): readonly (GridCell | null)[] {
  const { lockdep, explorer, bugs } = score;
  const safe = explorer === "safe" ? good : explorer === "inconclusive" ? doubtful : bad;
  return [
    cell(
      lockdep === null ? good : explorer === "safe" ? doubtful : seen,
      lockdep ?? "silent",
      judgeWidth,
    ),
    cell(safe, explorer, judgeWidth),
    ...columns.map((column) => {
      const found = bugs.find(({ bug }) => bug === column);
      return found === undefined ? null : bugCell(found.fate);
    }),
  ];
}

function inWords(score: Score): string {
  const { name, lockdep, explorer, bugs } = score;
  const hidden = bugs.filter(({ fate }) => fate === "hidden").map(({ bug }) => bug);
  const hides = lockdep === null ? hidden.join(" ") || "none" : "all that come after its report";
  return `${name}: lockdep ${lockdep ?? "silent"}, explorer ${explorer}, hides ${hides}`;
}

/**
 * Returns the scorecard of some fixes, one a row.
 *
 * @param bounds of the explorations: `2 CPUs and 2 vCPUs`
 */
export function scorecard(scores: readonly Score[], bounds: string): Figure {
  const columns = [...new Set(scores.flatMap(({ bugs }) => bugs.map(({ bug }) => bug)))];
  const heading = "Every fix under the same judgement";
  const rows = scores.map((score) => ({ name: score.name, cells: cellsOf(score, columns) }));
  const best = scores.filter(
    ({ lockdep, explorer, bugs }) =>
      lockdep === null && explorer === "safe" && bugs.every(({ fate }) => fate !== "hidden"),
  );
  const passing = best.map(({ name }) => name).join(", ") || "none";
  const alt = `${heading}: ${scores.map(inWords).join("; ")}. Silent, safe and hiding nothing: ${passing}.`;
  return {
    name: "scorecard",
    alt,
    text: [heading, ...scores.map(inWords), `silent, safe and hiding nothing: ${passing}`].join(
      "\n",
    ),
    svg: framed(
      drawGrid({
        columns: ["lockdep", "explorer", ...columns],
        rows,
        cell: { width: bugWidth, height: 42 },
        widths: [judgeWidth, judgeWidth],
        nameWidth,
      }),
      {
        heading,
        alt,
        notes: [
          "●  lockdep reports it   ✓  nothing wrong   ?  a false alarm, or open   ✗  it fails, or a bug that fails is HIDDEN",
          "harmless: lockdep is silent, and with this fix the bug cannot fail. lockdep is off: it ended with its false alarm.",
          `Silent, safe and hiding nothing: ${passing}. Explored: ${bounds}.`,
        ],
      },
    ),
  };
}

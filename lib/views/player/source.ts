/**
 * The source in the step player: each CPU's line marked with its number, the line that was just run, and at the
 * margin which locks are held since which line. Colours are those of locks alone.
 */
import type { SourcePlace } from "../../machine/index.js";
import { pageWidth, type Drawing } from "../draw/card.js";
import { rect, type SvgNode } from "../draw/svg.js";
import { label, shorten, textWidth, type TextStyle } from "../draw/text.js";
import type { LockNames } from "../trace/lock-legend.js";
import type { CpuView, Trace } from "../trace/trace.js";
import { linesNear, shownLines, type ShownLine } from "./source-lines.js";

const code: TextStyle = { size: 11, mono: true };
const leading = 15;
const markWidth = 14;
/** So much of a line is left of a text beside it, however long that is. */
const leastCode = 150;
/** How much room the source has. */
export interface SourceRoom {
  /** In pixels: as wide as its lines, up to a most, or as wide as it is told. */
  readonly width: { readonly mostCode: number } | number;
  /** Of a long text, lines around each that is marked. */
  readonly near: number;
}

/** Beside other parts of the player, and above them. */
export const sourceRooms: Readonly<Record<"beside" | "above", SourceRoom>> = {
  beside: { width: { mostCode: 350 }, near: 4 },
  above: { width: pageWidth, near: 1 },
};

/** The room beside the lines for what is held; a longer text takes some of its own line. */
const marginWidth = 110;
/** The lock that a line has taken, at the margin. */
const heldText: TextStyle = { size: 11, bold: true };

/** Returns the source as it is marked after each step; null of a trace that comes from no text. */
export function sourceAt(
  trace: Trace,
  names: LockNames,
  room: SourceRoom,
): ((step: number) => Drawing) | null {
  const lines = shownLines(trace);
  if (lines.length === 0) return null;
  const gutter = markWidth * trace.start.cpus.length + 4;
  const numbers = gutter + 26;
  const widest =
    8 + Math.max(...lines.map((line) => (line.kind === "line" ? textWidth(line.text, code) : 0)));
  const codeWidth =
    typeof room.width === "number"
      ? room.width - numbers - 28
      : Math.min(room.width.mostCode, widest);
  const width =
    typeof room.width === "number" ? room.width : numbers + 10 + codeWidth + marginWidth;
  const at = Array.from({ length: trace.steps.length + 1 }, (_, step) =>
    linesNear(lines, markedAt(trace, step), room.near),
  );
  // As tall at each step, so that nothing jumps from one to the next.
  const height = Math.max(...at.map(({ length }) => length)) * leading + 12;
  return (step) => {
    const state = trace.steps[step - 1]?.after ?? trace.start;
    const ran = trace.steps[step - 1];
    return {
      width,
      height,
      nodes: [
        rect({ x: 0, y: 0, width, height }, { fill: "panel", stroke: "line" }, 7),
        ...(at[step] ?? []).flatMap((line, i) =>
          drawLine(line, 6 + i * leading, {
            cpus: state.cpus,
            ran: ran?.at ?? null,
            by: ran?.cpu ?? null,
            names,
            numbers,
            codeWidth,
            width,
          }),
        ),
      ],
    };
  };
}

/** The places that have a mark after a step: where CPUs are and took what they hold, and what was just run. */
function markedAt(trace: Trace, step: number): readonly SourcePlace[] {
  const taken = trace.steps[step - 1];
  const { cpus } = taken?.after ?? trace.start;
  const held = cpus.flatMap((cpu) => cpu.held.flatMap(({ at }) => at ?? []));
  const ran = taken?.at ?? null;
  return [...cpus.flatMap(({ at }) => at ?? []), ...held, ...(ran === null ? [] : [ran])];
}

interface Marks {
  readonly cpus: readonly CpuView[];
  /** The place of the step that was just taken. */
  readonly ran: SourcePlace | null;
  readonly by: number | null;
  readonly names: LockNames;
  readonly numbers: number;
  readonly codeWidth: number;
  readonly width: number;
}

function drawLine(line: ShownLine, y: number, marks: Marks): readonly SvgNode[] {
  const base = y + 11;
  const x = marks.numbers + 10;
  switch (line.kind) {
    case "gap":
      return [label("⋮", marks.numbers - 8, base, { ...code, tone: "muted" })];
    case "file":
      return [label(line.file, x, base, { ...code, bold: true, tone: "muted" })];
    case "line": {
      const isHere = (place: SourcePlace | null): boolean =>
        place !== null && place.file === line.file && place.line === line.line;
      const here = [...marks.cpus.entries()].filter(([, { at }]) => isHere(at));
      const ran = isHere(marks.ran) && marks.by !== null;
      const held = [...marks.cpus.entries()].flatMap(([cpu, view]) =>
        view.held.filter(({ at }) => isHere(at)).map(({ id }) => [cpu, id] as const),
      );
      const [holder] = held;
      const taken =
        holder === undefined
          ? ""
          : shorten(
              `CPU ${held.map(([cpu]) => cpu).join(", ")} holds ${marks.names.of(holder[1]).short}`,
              marks.width - x - leastCode,
              heldText,
            );
      const room = marks.width - x - 18 - textWidth(taken, heldText);
      const number = { ...code, tone: "muted", anchor: "end" } as const;
      return [
        ...(!ran
          ? []
          : [
              rect(
                {
                  x: marks.numbers - 24,
                  y,
                  width: marks.width - marks.numbers + 20,
                  height: leading,
                },
                { fill: "card", stroke: "muted" },
                3,
              ),
            ]),
        ...here.flatMap(([cpu, { waits }]) => cpuMark(cpu, y, waits !== null)),
        label(String(line.line), marks.numbers, base, number),
        label(shorten(line.text, Math.min(marks.codeWidth, room), code), x, base, code),
        ...(holder === undefined
          ? []
          : [
              label(taken, marks.width - 8, base, {
                ...heldText,
                tone: marks.names.of(holder[1]).ink,
                anchor: "end",
              }),
            ]),
      ];
    }
  }
}

/** Returns a CPU's number where its next line is; with a thick red edge where it waits. */
function cpuMark(cpu: number, y: number, waits: boolean): readonly SvgNode[] {
  const x = 4 + cpu * markWidth;
  return [
    rect(
      { x, y: y + 1, width: markWidth - 2, height: leading - 2 },
      { fill: "card", stroke: waits ? "red" : "ink", width: waits ? 2 : 1 },
      3,
    ),
    label(String(cpu), x + markWidth / 2 - 1, y + 11.5, {
      size: 11,
      bold: true,
      anchor: "middle",
    }),
  ];
}

/**
 * The source in the step player: each CPU's line marked in its colour, the line that was just run, and at the
 * margin which locks are held since which line.
 */
import type { SourcePlace } from "../../machine/index.js";
import type { Drawing } from "../draw/card.js";
import type { Tone } from "../draw/palette.js";
import { rect, type SvgNode } from "../draw/svg.js";
import { label, shorten, textWidth, type TextStyle } from "../draw/text.js";
import type { LockNames } from "../trace/lock-legend.js";
import type { CpuView, Trace } from "../trace/trace.js";
import { linesNear, shownLines, type ShownLine } from "./source-lines.js";

const code: TextStyle = { size: 11, mono: true };
const leading = 15;
const markWidth = 14;
/** The widest that a line of code may be. */
const mostCode = 350;
const marginWidth = 110;

const tones: readonly (readonly [ink: Tone, wash: Tone])[] = [
  ["blue", "blueWash"],
  ["green", "greenWash"],
  ["amber", "amberWash"],
  ["purple", "purpleWash"],
  ["sky", "blueWash"],
  ["red", "redWash"],
];

/** Returns the colours that a CPU has wherever its line is marked. */
const cpuTones = (cpu: number): readonly [ink: Tone, wash: Tone] =>
  tones[cpu % tones.length] ?? ["blue", "blueWash"];

/** Returns the source as it is marked after each step; null of a trace that comes from no text. */
export function sourceAt(trace: Trace, names: LockNames): ((step: number) => Drawing) | null {
  const lines = shownLines(trace);
  if (lines.length === 0) return null;
  const gutter = markWidth * trace.start.cpus.length + 4;
  const numbers = gutter + 26;
  const widest = Math.max(
    ...lines.map((line) => (line.kind === "line" ? textWidth(line.text, code) : 0)),
  );
  const codeWidth = Math.min(mostCode, widest + 8);
  const width = numbers + 10 + codeWidth + marginWidth;
  const at = Array.from({ length: trace.steps.length + 1 }, (_, step) =>
    linesNear(lines, markedAt(trace, step)),
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
      const ran = isHere(marks.ran) && marks.by !== null ? cpuTones(marks.by) : null;
      const held = [...marks.cpus.entries()].flatMap(([cpu, view]) =>
        view.held.filter(({ at }) => isHere(at)).map(({ id }) => [cpu, id] as const),
      );
      const number = { ...code, tone: "muted", anchor: "end" } as const;
      return [
        ...(ran === null
          ? []
          : [
              rect(
                {
                  x: marks.numbers - 24,
                  y,
                  width: marks.width - marks.numbers + 20,
                  height: leading,
                },
                { fill: ran[1] },
                3,
              ),
            ]),
        ...here.flatMap(([cpu, { waits }]) => cpuMark(cpu, y, waits !== null)),
        label(String(line.line), marks.numbers, base, number),
        label(shorten(line.text, marks.codeWidth, code), x, base, code),
        ...held.slice(0, 1).map(([, id]) => {
          const { ink } = marks.names.of(id);
          const who = held.map(([cpu]) => String(cpu)).join(", ");
          const style = { size: 11, tone: ink, bold: true, anchor: "end" } as const;
          const text = `CPU ${who} holds ${marks.names.of(id).short}`;
          return label(shorten(text, marginWidth - 12, style), marks.width - 8, base, style);
        }),
      ];
    }
  }
}

/** Returns a CPU's number in its colour where its next line is; with a thick red edge where it waits. */
function cpuMark(cpu: number, y: number, waits: boolean): readonly SvgNode[] {
  const [ink, wash] = cpuTones(cpu);
  const x = 4 + cpu * markWidth;
  return [
    rect(
      { x, y: y + 1, width: markWidth - 2, height: leading - 2 },
      { fill: wash, stroke: waits ? "red" : ink, width: waits ? 2 : 1 },
      3,
    ),
    label(String(cpu), x + markWidth / 2 - 1, y + 11.5, {
      size: 11,
      bold: true,
      tone: ink,
      anchor: "middle",
    }),
  ];
}

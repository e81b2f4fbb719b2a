/** The rows of a timeline set: a column for each CPU where these fit, else one below the other. */
import type { Row } from "./rows.js";
import { fits, narrowest, wrapCode } from "./wrap.js";

/** Columns of a line of a changelog. */
export const lineWidth = 72;
const indent = "    ";
/** Between two columns of CPUs. */
const gap = 2;
/** A line of a CPU: a numbered row, or who runs there from now on. */
interface Line {
  readonly number: number | null;
  readonly cpu: number | null;
  readonly text: string;
}

/** Returns the timeline as lines. */
export function layOut(rows: readonly Row[]): readonly string[] {
  const cpus = [...new Set(rows.map(({ cpu }) => cpu))].sort((a, b) => (a ?? -1) - (b ?? -1));
  const lines = linesOf(rows);
  const numbers = String(rows.length).length + 2;
  const room = lineWidth - indent.length - numbers - gap * (cpus.length - 1);
  const widths = columnWidths(lines, cpus, room);
  const isWide = [...widths.values()].reduce((sum, width) => sum + width, 0) > room;
  const beside = !isWide && lines.every(({ cpu, text }) => fits(text, widths.get(cpu) ?? 0));
  return beside ? columns(lines, cpus, { numbers, widths }) : stacked(lines, numbers);
}

/** Returns how wide each column is: as its widest cell, the widest ones made narrower until all have room. */
function columnWidths(
  lines: readonly Line[],
  cpus: readonly (number | null)[],
  room: number,
): ReadonlyMap<number | null, number> {
  const widths = new Map(
    cpus.map((cpu) => {
      const cells = lines.filter((line) => line.cpu === cpu).map(({ text }) => text.length);
      return [cpu, Math.max(cpuName(cpu).length, ...cells)] as const;
    }),
  );
  for (;;) {
    const all = [...widths];
    const total = all.reduce((sum, [, width]) => sum + width, 0);
    const wide = all.filter(([cpu, width]) => width > leastWidth(lines, cpu));
    const [widest] = wide.sort(([, a], [, b]) => b - a);
    if (total <= room || widest === undefined) return widths;
    widths.set(widest[0], widest[1] - 1);
  }
}

/** Columns that a CPU needs at least, so that no word of its cells is cut. */
const leastWidth = (lines: readonly Line[], cpu: number | null): number =>
  Math.max(
    cpuName(cpu).length,
    ...lines.filter((line) => line.cpu === cpu).map(({ text }) => narrowest(text)),
  );

/** The rows, and before the first of each task on a CPU, whose they are. */
function linesOf(rows: readonly Row[]): readonly Line[] {
  const running = new Map<number | null, string>();
  const heads: Line[] = [];
  const lines: Line[] = [];
  for (const { number, cpu, process, text, arrival } of rows) {
    const before = running.get(cpu);
    running.set(cpu, process);
    const who: Line = { number: null, cpu, text: `${process}:` };
    if (before === undefined && !arrival) heads.push(who);
    else if (before !== process && !arrival) lines.push(who);
    lines.push({ number, cpu, text });
  }
  return [...heads.sort((a, b) => (a.cpu ?? -1) - (b.cpu ?? -1)), ...lines];
}

function columns(
  lines: readonly Line[],
  cpus: readonly (number | null)[],
  {
    numbers,
    widths,
  }: { readonly numbers: number; readonly widths: ReadonlyMap<number | null, number> },
): readonly string[] {
  const widthOf = (cpu: number | null): number => widths.get(cpu) ?? 0;
  const place = (cell: (cpu: number | null) => string): string =>
    cpus.map((cpu) => cell(cpu).padEnd(widthOf(cpu) + gap)).join("");
  const set = (number: string, text: string): string =>
    `${indent}${number.padEnd(numbers)}${text}`.trimEnd();
  // Names stand beside each other in one line, as the heads of the columns do.
  const heads = lines.findIndex(({ number }) => number !== null);
  const names = lines.slice(0, heads);
  const nameLines = names.map(({ cpu, text }) => ({ cpu, parts: wrapCode(text, widthOf(cpu)) }));
  const deep = Math.max(0, ...nameLines.map(({ parts }) => parts.length));
  return [
    set("", place(cpuName)),
    ...Array.from({ length: deep }, (_, i) =>
      set(
        "",
        place((cpu) => nameLines.find((one) => one.cpu === cpu)?.parts[i] ?? ""),
      ),
    ),
    ...lines.slice(heads).flatMap(({ number, cpu, text }) =>
      wrapCode(text, widthOf(cpu)).map((part, i) =>
        set(
          i === 0 && number !== null ? String(number) : "",
          place((other) => (other === cpu ? part : "")),
        ),
      ),
    ),
  ];
}

function stacked(lines: readonly Line[], numbers: number): readonly string[] {
  const heads = lines.findIndex(({ number }) => number !== null);
  const cpuWidth = Math.max(...lines.map(({ cpu }) => cpuName(cpu).length)) + gap;
  const width = lineWidth - indent.length - numbers - cpuWidth;
  const rows = lines.map(({ number, cpu, text }) =>
    wrapCode(text, width).map((part, i) => {
      const left = i === 0 && number !== null ? String(number) : "";
      const who = i === 0 ? cpuName(cpu) : "";
      return `${indent}${left.padEnd(numbers)}${who.padEnd(cpuWidth)}${part}`.trimEnd();
    }),
  );
  return [...rows.slice(0, heads).flat(), "", ...rows.slice(heads).flat()];
}

/** Returns what a CPU is called in a changelog. */
export const cpuName = (cpu: number | null): string =>
  cpu === null ? "device" : `CPU${String(cpu)}`;

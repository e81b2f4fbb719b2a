/** The unsafe locking scenario: who does what on which CPU, told by the columns. */
import type { SplatRow } from "../../report/index.js";
import type { Section } from "../draft/draft.js";
import type { Line } from "../input/line.js";
import { indentOf } from "../input/line.js";

/** The heading, the columns and the rows, up to the banner of the deadlock. */
export const readScenario: Section = (lines, at, draft) => {
  const text = lines[at]?.text.trim() ?? "";
  const heading = /^Possible (interrupt )?unsafe locking scenario:?$/.exec(text);
  if (draft.scenario !== null || (heading === null && !isColumns(lines, at))) return 0;
  let next = heading === null ? at : at + 1;
  while (next < at + 7 && !/^CPU0\b/.test(lines[next]?.text.trim() ?? "")) next++;
  const header = lines[next];
  if (header === undefined || !/^CPU0\b/.test(header.text.trim())) return 1;
  const columns = columnsOf(header);
  const rows: SplatRow[] = [];
  for (next++; next < lines.length; next++) {
    const line = lines[next];
    const row = line === undefined ? null : readRow(line, columns);
    if (row !== null) rows.push(row);
    else if (isStranger(lines, next, columns)) continue;
    else if (!/^[-\s]*$/.test(line?.text ?? "")) break;
    else if (rows.length > 0 && line?.text.trim() === "" && !rowFollows(lines, next)) break;
  }
  draft.scenario = {
    interrupt: heading?.[1] !== undefined,
    cpus: columns.cpu1 === null ? 1 : 2,
    rows,
    line: lines[at]?.number ?? header.number,
  };
  return next - at;
};

/** The columns themselves, where who quoted the report has cut the heading off. */
const isColumns = (lines: readonly Line[], at: number): boolean =>
  /^CPU0(?:\s+CPU1)?$/.test(lines[at]?.text.trim() ?? "") &&
  /^-{3,}(?:\s+-{3,})?$/.test(lines[at + 1]?.text.trim() ?? "");

/** Whether a line is of something else that was printed meanwhile, as the scenario goes on after it. */
const isStranger = (lines: readonly Line[], at: number, columns: Columns): boolean =>
  !/^[-\s]*$|\*\*\* DEADLOCK|^->|locks? held by|backtrace/.test(lines[at]?.text.trim() ?? "") &&
  [1, 2].some((below) => {
    const next = lines[at + below];
    return next !== undefined && (isRule(next) || readRow(next, columns) !== null);
  });

const isRule = ({ text }: Line): boolean => /^\s*-{3,}(?:\s+-{3,})?\s*$/.test(text);

const rowFollows = (lines: readonly Line[], at: number): boolean => {
  const next = lines[at + 1];
  return next !== undefined && readRow(next, { cpu0: 7, cpu1: 31 }) !== null;
};

interface Columns {
  readonly cpu0: number;
  readonly cpu1: number | null;
}

const expand = (text: string): string => {
  let wide = "";
  for (const char of text) wide += char === "\t" ? " ".repeat(8 - (wide.length % 8)) : char;
  return wide;
};

function columnsOf(header: Line): Columns {
  const text = expand(header.text);
  const cpu1 = text.indexOf("CPU1");
  return { cpu0: text.indexOf("CPU0"), cpu1: cpu1 < 0 ? null : cpu1 };
}

const operation =
  /^(?:(?<op>r?lock|sync)\((?<lock>.*)\)(?:;(?:\s{2,}\S.*)?)?|(?<plain>local_irq_disable|local_irq_enable)\(\)(?:;(?:\s{2,}\S.*)?)?|(?<irq><[Ii]nterrupt>))$/;

function readRow(line: Line, columns: Columns): SplatRow | null {
  const groups = operation.exec(line.text.trim())?.groups;
  if (groups === undefined) return null;
  const op = groups["op"] ?? groups["plain"] ?? "<Interrupt>";
  return { cpu: cpuOf(line, columns), op, lock: groups["lock"] ?? null };
}

/** Rows of CPU0 begin five columns left of its heading, those of CPU1 under theirs. */
function cpuOf(line: Line, { cpu0, cpu1 }: Columns): number | null {
  const indent = indentOf(expand(line.text));
  const left = cpu0 - 5;
  if (cpu1 === null) return 0;
  // Where the heading itself has lost its indentation, rows without any may be of either CPU.
  if (indent < left || (left < 0 && indent <= cpu0)) return null;
  return indent > (left + cpu1) / 2 ? 1 : 0;
}

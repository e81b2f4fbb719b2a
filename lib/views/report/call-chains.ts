/**
 * Call chains: what each path calls, in order, and which locks it holds meanwhile.
 */
import { counted } from "../../primitives/counted.js";
import type { LockMap } from "../../primitives/lock.js";
import { callRows, type CallPath, type CallRow } from "./call-rows.js";
import type { Figure } from "../draw/figure.js";
import { framed, pageWidth, type Drawing } from "../draw/card.js";
import { mermaidText } from "../draw/mermaid-text.js";
import type { Tone } from "../draw/palette.js";
import { group, line, rect, type SvgNode } from "../draw/svg.js";
import { label, textWidth, type TextStyle } from "../draw/text.js";
import { lockTones } from "../trace/lock-legend.js";
import { shortLockNames } from "../trace/short-lock-names.js";

const rowHeight = 20;
const indent = 12;
const bar = 9;
const callStyle: TextStyle = { size: 12, mono: true };

/** One colour a class, the same in every path of the figure. */
type Colours = ReadonlyMap<string, readonly [fill: Tone, ink: Tone]>;

const mapsOf = (paths: readonly CallPath[]): readonly LockMap[] =>
  paths.flatMap((p) => p.events).flatMap((e) => ("map" in e ? [e.map] : []));

function coloursOf(paths: readonly CallPath[]): Colours {
  const maps = mapsOf(paths);
  const looks = lockTones(maps.map(({ name }) => name));
  return new Map(maps.map(({ id, name }) => [id, looks.get(name) ?? (["panel", "ink"] as const)]));
}

/** Returns what other figures call the locks of this one: `rq: &rq->__lock`. */
function legendOf(paths: readonly CallPath[]): readonly string[] {
  const words = shortLockNames(mapsOf(paths).map(({ name }) => name));
  return [...words].flatMap(([name, word]) => (word === name ? [] : [`${word}: ${name}`]));
}

const marks: Readonly<Record<CallRow["kind"], string>> = {
  call: "",
  lock: "▸ ",
  unlock: "◂ ",
  annotate: "✎ ",
  irqs: "· ",
};

function rowStyle(row: CallRow, colours: Colours): TextStyle {
  const ink = row.lock === null ? "muted" : (colours.get(row.lock)?.[1] ?? "ink");
  switch (row.kind) {
    case "call":
      return callStyle;
    case "lock":
      return { ...callStyle, bold: true, tone: ink };
    case "unlock":
    case "annotate":
      return { ...callStyle, tone: ink };
    case "irqs":
      return { ...callStyle, tone: "amber" };
  }
}

/** The stretches of rows over which each lock is held, with the column that keeps them apart. */
function holding(
  rows: readonly CallRow[],
): readonly { lock: string; from: number; to: number; at: number }[] {
  const open: { lock: string; from: number; at: number }[] = [];
  const done: { lock: string; from: number; to: number; at: number }[] = [];
  for (const [i, row] of rows.entries()) {
    if (row.lock === null) continue;
    if (row.kind === "lock") {
      let at = 0;
      while (open.some((o) => o.at === at)) at++;
      open.push({ lock: row.lock, from: i, at });
    } else if (row.kind === "unlock") {
      const found = open.findIndex((o) => o.lock === row.lock);
      // Unlocked without being locked here: the path was entered with the lock held.
      const [entry] =
        found < 0 ? [{ lock: row.lock, from: 0, at: open.length }] : open.splice(found, 1);
      if (entry !== undefined) done.push({ ...entry, to: i });
    }
  }
  return [...done, ...open.map((o) => ({ ...o, to: rows.length - 1 }))];
}

function panel(path: CallPath, colours: Colours): Drawing {
  const rows = callRows(path);
  const held = holding(rows);
  const left = 14 + bar * Math.max(1, ...held.map((h) => h.at + 1)) + 6;
  const rowWidth = (row: CallRow): number =>
    left + row.depth * indent + textWidth(marks[row.kind] + row.text, rowStyle(row, colours));
  const title = { size: 14, bold: true } as const;
  const context = { size: 12, tone: "muted" } as const;
  const nameWidth = textWidth(path.name, title);
  // Beside the name where there is room, else below it.
  const beside = nameWidth + textWidth(path.context, context) + 44;
  const isBelow = beside + 14 > pageWidth;
  const titleWidth = isBelow ? Math.max(nameWidth, textWidth(path.context, context)) + 14 : beside;
  const width = Math.max(titleWidth, ...rows.map(rowWidth)) + 14;
  const y = (i: number): number => (isBelow ? 60 : 40) + i * rowHeight;
  const height = y(rows.length) + 8;
  const guides = rows.flatMap((row, i): SvgNode[] => {
    const x = left + (row.depth - 1) * indent + 4;
    return row.depth === 0
      ? []
      : [line({ x, y: y(i) - 2 }, { x, y: y(i + 1) - 2 }, { stroke: "line" })];
  });
  return {
    width,
    height,
    nodes: [
      rect({ x: 0, y: 0, width, height }, { fill: "panel", stroke: "line" }, 8),
      label(path.name, 14, 24, title),
      isBelow
        ? label(path.context, 14, 43, context)
        : label(path.context, 26 + nameWidth, 24, context),
      ...held.map((h) => {
        const [fill, ink] = colours.get(h.lock) ?? ["panel", "ink"];
        const box = {
          x: 12 + h.at * bar,
          y: y(h.from) + 2,
          width: 6,
          height: (h.to - h.from + 1) * rowHeight - 6,
        };
        return rect(box, { fill, stroke: ink, width: 1.2 }, 3);
      }),
      ...guides,
      ...rows.map((row, i) =>
        label(
          marks[row.kind] + row.text,
          left + row.depth * indent,
          y(i) + 13,
          rowStyle(row, colours),
        ),
      ),
    ],
  };
}

/** Panels side by side as far as they fit, then the next row of them. */
function arranged(panels: readonly Drawing[]): Drawing {
  const nodes: SvgNode[] = [];
  let [x, y, deepest, width] = [0, 0, 0, 0];
  for (const drawing of panels) {
    if (x > 0 && x + drawing.width > pageWidth) [x, y] = [0, deepest + 14];
    nodes.push(group(drawing.nodes, { x, y }));
    width = Math.max(width, x + drawing.width);
    deepest = Math.max(deepest, y + drawing.height);
    x += drawing.width + 14;
  }
  return { width, height: deepest, nodes };
}

function mermaidOf(paths: readonly CallPath[]): string {
  const blocks = paths.flatMap((path, p) => {
    const rows = callRows(path);
    const parents: string[] = [];
    let top: string | undefined;
    const lines = rows.flatMap((row, i) => {
      const id = `p${p}n${i}`;
      // What stands at the top follows what stood there before; the rest hangs below its caller.
      const parent = row.depth === 0 ? top : parents[row.depth - 1];
      if (row.depth === 0) top = id;
      parents.length = row.depth;
      if (row.kind === "call") parents[row.depth] = id;
      const text = mermaidText(row.text);
      const node = row.kind === "call" ? `${id}["${text}"]` : `${id}(["${text}"])`;
      const arrow = row.kind === "call" ? "-->" : "-.->";
      return [`    ${node}`, ...(parent === undefined ? [] : [`    ${parent} ${arrow} ${id}`])];
    });
    const title = mermaidText(`${path.name} - ${path.context}`);
    return [`  subgraph p${p}["${title}"]`, "    direction TB", ...lines, "  end"];
  });
  return ["flowchart TB", ...blocks].join("\n");
}

/**
 * Returns the figure of the paths' call chains, as an image and as Mermaid source.
 *
 * @param paths each with the events that it emitted, such as `eventsInside(events, "schedule")`.
 * @param heading what the figure says, in a sentence
 */
export function callChains(
  paths: readonly CallPath[],
  heading = "What each path calls, and what it holds",
): Figure {
  const colours = coloursOf(paths);
  const order = (path: CallPath): string =>
    callRows(path)
      .filter((row) => row.kind === "lock")
      .map((row) => row.text.replace(/^lock /, ""))
      .join(", then ") || "no lock";
  const alt = `${heading}. Call chains of ${counted(paths.length, "path")}. ${paths
    .map((p) => `${p.name} (${p.context}) takes ${order(p)}`)
    .join("; ")}.`;
  return {
    name: "call-chains",
    alt,
    text: paths
      .map((path) =>
        [
          `${path.name} (${path.context})`,
          ...callRows(path).map((row) => `  ${"  ".repeat(row.depth)}${row.text}`),
        ].join("\n"),
      )
      .join("\n\n"),
    svg: framed(arranged(paths.map((path) => panel(path, colours))), {
      heading,
      alt,
      minWidth: 420,
      notes: [
        "▸ takes a lock, ◂ drops it; the bar beside the rows shows for how long it is held. ✎ only tells lockdep something, or asks it.",
        ...legendOf(paths),
      ],
    }),
    mermaid: mermaidOf(paths),
  };
}

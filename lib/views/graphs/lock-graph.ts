/**
 * The lock graph: classes with their usage bits, which was held when which was taken, where that was
 * learnt, and the circle that a report is about.
 */
import type { ClassView, Report, Stack } from "../../lockdep/report/report.js";
import type { DependencyKind, LockGraph } from "../../lockdep/report/view.js";
import { emphasisOf, type Emphasis } from "./report-highlight.js";
import type { Figure } from "../draw/figure.js";
import { framed } from "../draw/card.js";
import { drawLinks, type LinkEdge, type LinkNode, type TextLine } from "../draw/graph.js";
import type { Tone } from "../draw/palette.js";
import { lockTones } from "../trace/lock-legend.js";
import { wrap } from "../draw/text.js";
import { counted } from "../../primitives/counted.js";

/** What to draw of a graph, and how to call it. */
export interface LockGraphOptions {
  /** The report whose circle or path is highlighted; none if left out. */
  readonly report?: Report;
  readonly heading?: string;
  /** Classes drawn at most, those nearest to the report first; 24 unless told, 2 to 200. */
  readonly most?: number;
}

/** An edge as it is drawn: from lockdep's graph, or the one that lockdep refused. */
interface ShownEdge {
  readonly from: ClassView;
  readonly to: ClassView;
  readonly kinds: readonly DependencyKind[];
  readonly stack: Stack;
  readonly emphasised: boolean;
  readonly refused: boolean;
}

const kindText: Readonly<Record<DependencyKind, string>> = {
  SR: "SR: held shared, then taken by a recursive reader",
  ER: "ER: held exclusively, then taken by a recursive reader",
  SN: "SN: held shared, then taken exclusively or by a non-recursive reader",
  EN: "EN: held exclusively, then taken exclusively or by a non-recursive reader",
};

/**
 * Returns the figure of the graph that lockdep has learnt.
 *
 * @param graph classes and edges, as lockdep shows them.
 * @example
 * const lockdep = lockdepOn(abba());
 * const figure = await lockGraph(lockdep.graph(), { report: lockdep.report });
 * figure.name // "lock-graph"
 */
export async function lockGraph(graph: LockGraph, options: LockGraphOptions = {}): Promise<Figure> {
  const emphasis =
    options.report === undefined
      ? { classes: [], edges: [], circle: false }
      : emphasisOf(graph, options.report);
  const classes = shownClasses(graph, emphasis, Math.min(200, Math.max(2, options.most ?? 24)));
  const edges = shownEdges(graph, emphasis, new Set(classes.map((c) => c.index)));
  const position = new Map(classes.map((c, i) => [c.index, i]));
  const emphasised = new Set(emphasis.classes.map((c) => c.index));
  const looks = lockTones(classes.map(({ name }) => name));
  const drawing = await drawLinks({
    direction: "down",
    rankGap: 34,
    nodes: classes.map((c) => classNode(c, emphasised.has(c.index), looks.get(c.name))),
    edges: edges.map((edge, i) =>
      classEdge(edge, i + 1, position.get(edge.from.index) ?? 0, position.get(edge.to.index) ?? 0),
    ),
  });
  const left = graph.classes.length - classes.length;
  const alt = altText(graph, classes, edges, emphasis, left);
  return {
    name: "lock-graph",
    alt,
    text: plainText(classes, edges, left),
    svg: framed(drawing, {
      heading: options.heading ?? headingOf(graph, emphasis),
      alt,
      notes: [...edges.map(edgeNote), ...kindNotes(edges), ...leftNote(left)],
      minWidth: 660,
    }),
  };
}

function headingOf(graph: LockGraph, emphasis: Emphasis): string {
  const size = `${counted(graph.classes.length, "class", "classes")}, ${counted(graph.edges.length, "edge", "edges")}`;
  return emphasis.circle
    ? `What lockdep knows (${size}), and the circle that the new edge would close`
    : `What lockdep knows: ${size}`;
}

/** Those that the report is about, then their neighbours, then the rest in order. */
function shownClasses(graph: LockGraph, emphasis: Emphasis, most: number): readonly ClassView[] {
  const first = emphasis.classes.map((c) => c.index);
  const near = graph.edges.flatMap((e) =>
    first.includes(e.from) || first.includes(e.to) ? [e.from, e.to] : [],
  );
  const wanted = new Set([...first, ...near, ...graph.classes.map((c) => c.index)]);
  const kept = new Set([...wanted].slice(0, Math.max(most, first.length)));
  const known = new Set(graph.classes.map((c) => c.index));
  const missing = emphasis.classes.filter((c) => !known.has(c.index));
  return [...graph.classes, ...missing].filter((c) => kept.has(c.index));
}

function shownEdges(
  graph: LockGraph,
  emphasis: Emphasis,
  shown: ReadonlySet<number>,
): readonly ShownEdge[] {
  const byIndex = new Map([...graph.classes, ...emphasis.classes].map((c) => [c.index, c]));
  const isEmphasised = (from: number, to: number): boolean =>
    emphasis.edges.some((e) => e.from.index === from && e.to.index === to);
  const learnt = graph.edges.flatMap((e): ShownEdge[] => {
    const [from, to] = [byIndex.get(e.from), byIndex.get(e.to)];
    if (from === undefined || to === undefined || !shown.has(e.from) || !shown.has(e.to)) return [];
    const emphasised = isEmphasised(e.from, e.to);
    return [{ from, to, kinds: e.kinds, stack: e.learntAt, emphasised, refused: false }];
  });
  const refused = emphasis.edges
    .filter((e) => e.refused)
    .map((e) => ({
      from: e.from,
      to: e.to,
      kinds: [],
      stack: e.stack,
      emphasised: true,
      refused: true,
    }));
  return [...learnt, ...refused];
}

const bits = (c: ClassView): string => `{${c.usage}}-{${c.waitOuter}:${c.waitInner}}`;

function classNode(
  c: ClassView,
  emphasised: boolean,
  [fill, ink]: readonly [fill: Tone, ink: Tone] = ["panel", "ink"],
): LinkNode {
  const name = { size: 13, mono: true, bold: true, tone: ink };
  return {
    lines: [
      ...wrap(c.name, 320, name).map((text) => ({ ...name, text })),
      { text: bits(c), size: 12, mono: true, tone: emphasised ? "red" : "muted" },
    ],
    fill,
    stroke: emphasised ? "red" : ink,
    outline: emphasised ? 2.4 : 1.2,
  };
}

function classEdge(edge: ShownEdge, number: number, from: number, to: number): LinkEdge {
  const tone = edge.emphasised ? "red" : "muted";
  const kinds = edge.refused ? "the new edge" : edge.kinds.join(" ");
  const lines: readonly TextLine[] = [
    { text: `${number}  ${kinds}`, size: 12, bold: true, tone },
    ...placeOf(edge.stack).map((text) => ({ text, size: 12, mono: true }) as const),
  ];
  return {
    from,
    to,
    lines,
    stroke: tone,
    width: edge.emphasised ? 2.4 : 1.4,
    ...(edge.refused ? { dash: "7 4" } : {}),
  };
}

const lockCall = /^_*(?:lock_acquire|raw_|spin_|mutex_|down_|read_|write_|rt_|task_rq_lock)/;

/** The innermost function that is not a lock's own: what the reader knows the place by. */
function placeOf(stack: Stack): readonly string[] {
  return [stack.find((name) => !lockCall.test(name)) ?? stack[0]].flatMap((name) => name ?? []);
}

const called = (stack: Stack): string => (stack.length === 0 ? "(unknown)" : stack.join(" < "));

function edgeNote(edge: ShownEdge, i: number): string {
  return `${i + 1}  ${edge.from.name} → ${edge.to.name}: ${edge.refused ? "now, in " : "learnt in "}${called(edge.stack)}`;
}

function kindNotes(edges: readonly ShownEdge[]): readonly string[] {
  const kinds = [...new Set(edges.flatMap((e) => e.kinds))].sort();
  return kinds.length === 0 ? [] : [kinds.map((kind) => kindText[kind]).join(". ") + "."];
}

function leftNote(left: number): readonly string[] {
  return left > 0 ? [`${left} more classes are not drawn.`] : [];
}

function altText(
  graph: LockGraph,
  classes: readonly ClassView[],
  edges: readonly ShownEdge[],
  emphasis: Emphasis,
  left: number,
): string {
  const arrows = (of: readonly { readonly from: ClassView; readonly to: ClassView }[]): string =>
    of.map(({ from, to }) => `${from.name} → ${to.name}`).join(", ");
  const learnt = edges.filter(({ refused }) => !refused);
  const refused = edges.filter((edge) => edge.refused);
  const circle = arrows(emphasis.edges);
  return [
    `Lock graph of ${counted(graph.classes.length, "class", "classes")} and ${counted(graph.edges.length, "edge", "edges")}.`,
    `Classes: ${classes.map((c) => `${c.name} {${c.usage}}`).join(", ") || "none"}.`,
    learnt.length === 0 ? "No edges." : `Edges: ${arrows(learnt)}.`,
    ...(refused.length === 0 ? [] : [`New, and not drawn into it: ${arrows(refused)}.`]),
    ...(circle === "" ? [] : [`Highlighted ${emphasis.circle ? "circle" : "path"}: ${circle}.`]),
    ...leftNote(left),
  ].join(" ");
}

function plainText(
  classes: readonly ClassView[],
  edges: readonly ShownEdge[],
  left: number,
): string {
  const mark = (e: ShownEdge): string => (e.refused ? "!" : e.emphasised ? "*" : " ");
  return [
    "lock graph (* highlighted, ! the new edge)",
    ...classes.map((c) => `  ${c.name} ${bits(c)}`),
    ...edges.map(
      (e) => `${mark(e)} ${e.from.name} -> ${e.to.name}  ${e.kinds.join(" ")}  ${called(e.stack)}`,
    ),
    ...leftNote(left),
  ].join("\n");
}

/** The order of locks that reports or a machine tell of, with its circles. */
import { counted } from "../../primitives/counted.js";
import { circlesIn } from "../../splat/order/circles.js";
import { edgeName, type OrderEdge, type OrderGraph } from "../../splat/order/order.js";
import { seenAt } from "../../splat/order/text.js";
import { framed } from "../draw/card.js";
import type { Figure } from "../draw/figure.js";
import { drawLinks, type LinkEdge } from "../draw/graph.js";
import { shorten, wrap } from "../draw/text.js";

/** How to draw an order. */
export interface OrderGraphOptions {
  readonly heading?: string;
  /** Classes drawn at most, those on circles first, then those with the most edges; 60 unless told, 2 to 400. */
  readonly most?: number;
}

const name = { size: 13, mono: true, bold: true } as const;

/** The classes that are drawn: those on circles, then those with the most edges. */
function shownOf(
  graph: OrderGraph,
  onCircles: ReadonlySet<string>,
  most: number,
): ReadonlySet<string> {
  const degree = new Map<string, number>();
  for (const { from, to } of graph.edges) {
    degree.set(from, (degree.get(from) ?? 0) + 1);
    degree.set(to, (degree.get(to) ?? 0) + 1);
  }
  const rank = (each: string): number =>
    (onCircles.has(each) ? 1_000_000 : 0) + (degree.get(each) ?? 0);
  return new Set([...graph.classes].sort((a, b) => rank(b) - rank(a)).slice(0, most));
}

/**
 * Returns the figure of an order: classes, edges numbered with the place where each was seen, the
 * edges of circles in red, those of interrupts dashed.
 *
 * @param graph as `orderOfReport()` or `orderOfProc()` gives it, or a part of it
 * @example
 * const [report] = readSplats(kvmPiReport);
 * const figure = await orderGraph(orderOfReport(report, "report 1"));
 * figure.name // "order-graph"
 */
export async function orderGraph(
  graph: OrderGraph,
  options: OrderGraphOptions = {},
): Promise<Figure> {
  const { circles, complete } = circlesIn(graph);
  const round = new Set(circles.flat());
  const on = new Set([...round].flatMap(({ from, to }) => [from, to]));
  const most = Math.min(400, Math.max(2, options.most ?? 60));
  const shown = shownOf(graph, on, most);
  const classes = graph.classes.filter((each) => shown.has(each));
  const edges = graph.edges.filter(({ from, to }) => shown.has(from) && shown.has(to));
  const left = graph.classes.length - classes.length;
  const position = new Map(classes.map((each, at) => [each, at]));
  const drawing = await drawLinks({
    direction: "down",
    rankGap: 30,
    nodes: classes.map((each) => ({
      lines: wrap(each, 320, name).map((text) => ({ ...name, text })),
      fill: on.has(each) ? "redWash" : "panel",
      stroke: on.has(each) ? "red" : "line",
      outline: on.has(each) ? 2 : 1.2,
    })),
    edges: edges.map((edge, at) => linkOf(edge, at + 1, position, round.has(edge))),
  });
  const size = `${counted(classes.length, "class", "classes")}, ${counted(edges.length, "edge")}`;
  const found = `${complete ? "" : "at least "}${counted(circles.length, "circle")}`;
  const leftOut =
    left === 0 ? [] : [`${counted(left, "more class is", "more classes are")} left out.`];
  const alt = `Order of locks: ${size}, ${found}.`;
  return {
    name: "order-graph",
    alt,
    text: [
      `${size}, ${found}`,
      ...edges.map((edge) => `${round.has(edge) ? "* " : "  "}${edgeName(edge)}  ${seenAt(edge)}`),
      ...leftOut,
    ].join("\n"),
    svg: framed(drawing, {
      heading: options.heading ?? `Who is taken under whom: ${size}, ${found}`,
      alt,
      notes: [
        ...edges
          .slice(0, 24)
          .map((edge, at) => `${at + 1}  ${edgeName(edge)}: ${shorten(seenAt(edge), 120)}`),
        ...leftOut,
      ],
      minWidth: 560,
    }),
  };
}

function linkOf(
  edge: OrderEdge,
  number: number,
  position: ReadonlyMap<string, number>,
  onCircle: boolean,
): LinkEdge {
  const tone = onCircle ? "red" : "muted";
  return {
    from: position.get(edge.from) ?? 0,
    to: position.get(edge.to) ?? 0,
    lines: [{ text: String(number), size: 12, bold: true, tone }],
    stroke: tone,
    width: onCircle ? 2 : 1.2,
    ...(edge.kind === "order" ? {} : { dash: "5 4" }),
  };
}

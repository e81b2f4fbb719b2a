/**
 * Boxes joined by arrows, placed by Graphviz: what every graph of this folder is drawn with.
 */
import type { Drawing } from "./card.js";
import { layOut, type EdgePlace, type GraphPlace } from "./graphviz.js";
import type { Tone } from "./palette.js";
import { path, polygon, rect, type Box, type Point, type SvgNode } from "./svg.js";
import { label, textWidth, type TextStyle } from "./text.js";

/** One line of a node's or an edge's text. */
export interface TextLine extends TextStyle {
  readonly text: string;
}

/** A box with lines of text. */
export interface LinkNode {
  readonly lines: readonly TextLine[];
  readonly fill: Tone;
  readonly stroke: Tone;
  /** Outline in pixels. */
  readonly outline: number;
  /** Which cluster it belongs to, if any. */
  readonly cluster?: number;
  /** A second outline, for what must be found at a glance. */
  readonly double?: boolean;
}

/** An arrow from one node to another, by index. */
export interface LinkEdge {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly TextLine[];
  readonly stroke: Tone;
  readonly width: number;
  readonly dash?: string;
}

/** The graph as it shall look. */
export interface LinkGraph {
  readonly direction: "down" | "right";
  readonly nodes: readonly LinkNode[];
  readonly edges: readonly LinkEdge[];
  /** Titles of the clusters by number. */
  readonly clusters?: ReadonlyMap<number, string>;
  readonly rankGap?: number;
  readonly nodeGap?: number;
}

const leading = (line: TextLine): number => (line.size ?? 13) * 1.35;
const heightOf = (lines: readonly TextLine[]): number =>
  lines.reduce((sum, line) => sum + leading(line), 0);
const widthOf = (lines: readonly TextLine[]): number =>
  Math.max(0, ...lines.map((line) => textWidth(line.text, line)));

function textBlock(lines: readonly TextLine[], middle: Point): readonly SvgNode[] {
  let y = middle.y - heightOf(lines) / 2;
  return lines.map((line) => {
    y += leading(line);
    return label(line.text, middle.x, y - (line.size ?? 13) * 0.35, { ...line, anchor: "middle" });
  });
}

const centre = (box: Box): Point => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });

function nodeParts(node: LinkNode, box: Box): readonly SvgNode[] {
  const outer = { x: box.x - 4, y: box.y - 4, width: box.width + 8, height: box.height + 8 };
  return [
    ...(node.double === true ? [rect(outer, { stroke: node.stroke, width: 1.5 }, 10)] : []),
    rect(box, { fill: node.fill, stroke: node.stroke, width: node.outline }, 7),
    ...textBlock(node.lines, centre(box)),
  ];
}

/** Returns the triangle whose point is at `tip` and whose back's middle is at `base`. */
export function arrowHead(base: Point, tip: Point, tone: Tone, halfWidth = 4.5): SvgNode {
  const length = Math.hypot(tip.x - base.x, tip.y - base.y) || 1;
  const across = {
    x: ((tip.y - base.y) / length) * halfWidth,
    y: ((base.x - tip.x) / length) * halfWidth,
  };
  const back = [1, -1].map((side) => ({
    x: base.x + side * across.x,
    y: base.y + side * across.y,
  }));
  return polygon([...back, tip], { fill: tone });
}

function edgeParts(edge: LinkEdge, place: EdgePlace): readonly SvgNode[] {
  const dash = edge.dash === undefined ? {} : { dash: edge.dash };
  return [
    path(place.d, { stroke: edge.stroke, width: edge.width, ...dash }),
    arrowHead(place.base, place.tip, edge.stroke, 3.5 + edge.width / 2),
  ];
}

function edgeText(edge: LinkEdge, place: EdgePlace): readonly SvgNode[] {
  if (place.label === null || edge.lines.length === 0) return [];
  const [width, height] = [widthOf(edge.lines) + 8, heightOf(edge.lines)];
  const ground = { x: place.label.x - width / 2, y: place.label.y - height / 2, width, height };
  return [rect(ground, { fill: "card", opacity: 0.9 }, 4), ...textBlock(edge.lines, place.label)];
}

function clusterParts(box: Box): readonly SvgNode[] {
  return [rect(box, { fill: "panel", stroke: "line", dash: "4 3" }, 10)];
}

const titleStyle = { size: 12, bold: true, tone: "muted" } as const;

function clusterTitle(title: string, box: Box): readonly SvgNode[] {
  const ground = {
    x: box.x + 4,
    y: box.y + 4,
    width: textWidth(title, titleStyle) + 10,
    height: 18,
  };
  return [rect(ground, { fill: "panel" }, 4), label(title, box.x + 9, box.y + 18, titleStyle)];
}

/** A graph whose places are known: it can be drawn again and again, looking different. */
export interface PlacedLinks {
  readonly graph: LinkGraph;
  readonly place: GraphPlace;
}

/** How a placed graph looks this time; every node and edge keeps its size and place. */
export interface Look {
  readonly node: (node: LinkNode, index: number) => LinkNode;
  readonly edge: (edge: LinkEdge, index: number) => LinkEdge;
}

/** Returns the graph with its places. */
export async function placeLinks(graph: LinkGraph): Promise<PlacedLinks> {
  const place = await layOut({
    direction: graph.direction,
    ...(graph.rankGap === undefined ? {} : { rankGap: graph.rankGap }),
    ...(graph.nodeGap === undefined ? {} : { nodeGap: graph.nodeGap }),
    nodes: graph.nodes.map((node) => ({
      width: widthOf(node.lines) + 24,
      height: heightOf(node.lines) + 14,
      ...(node.cluster === undefined ? {} : { cluster: node.cluster }),
    })),
    edges: graph.edges.map((edge) => ({
      from: edge.from,
      to: edge.to,
      labelWidth: edge.lines.length === 0 ? 0 : widthOf(edge.lines) + 12,
      labelHeight: heightOf(edge.lines) + 4,
    })),
  });
  return { graph, place };
}

function each<T, P>(
  items: readonly T[],
  places: readonly P[],
  draw: (item: T, at: P) => readonly SvgNode[],
): readonly SvgNode[] {
  return items.flatMap((item, i) => {
    const at = places[i];
    return at === undefined ? [] : draw(item, at);
  });
}

/** Returns the graph drawn: clusters at the back, then arrows, boxes, and the arrows' texts. */
export function drawPlaced({ graph, place }: PlacedLinks, look?: Look): Drawing {
  const nodes = look === undefined ? graph.nodes : graph.nodes.map(look.node);
  const edges = look === undefined ? graph.edges : graph.edges.map(look.edge);
  const clusters = [...place.clusters];
  return {
    width: place.width,
    height: place.height,
    nodes: [
      ...clusters.flatMap(([, box]) => clusterParts(box)),
      ...each(edges, place.edges, edgeParts),
      ...each(nodes, place.nodes, nodeParts),
      ...each(edges, place.edges, edgeText),
      ...clusters.flatMap(([number, box]) => clusterTitle(graph.clusters?.get(number) ?? "", box)),
    ],
  };
}

/** Returns the graph placed and drawn. */
export async function drawLinks(graph: LinkGraph): Promise<Drawing> {
  return drawPlaced(await placeLinks(graph));
}

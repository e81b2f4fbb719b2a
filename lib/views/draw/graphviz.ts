/**
 * Where the nodes and edges of a graph go: Graphviz decides, we draw.
 *
 * Graphviz sees only numbers and sizes, never a name, so that no text of a report is ever DOT.
 */
import { isRecord } from "../../primitives/record.js";
import type { Box, Point } from "./svg.js";

/** A node to place; sizes in pixels. */
export interface NodeSize {
  readonly width: number;
  readonly height: number;
  /** Nodes of one cluster are kept together in a box; no cluster when left out. */
  readonly cluster?: number;
}

/** An edge between two nodes by index, with room for its label. */
export interface EdgeSize {
  readonly from: number;
  readonly to: number;
  readonly labelWidth: number;
  readonly labelHeight: number;
}

/** What to lay out. */
export interface GraphSize {
  readonly direction: "down" | "right";
  readonly nodes: readonly NodeSize[];
  readonly edges: readonly EdgeSize[];
  /** Room between ranks and between neighbours in pixels; 40 and 30 unless told. */
  readonly rankGap?: number;
  readonly nodeGap?: number;
}

/** An edge in place: a path, and the triangle of its head from `base` to `tip`. */
export interface EdgePlace {
  readonly d: string;
  readonly base: Point;
  readonly tip: Point;
  /** The middle of the room for its label. */
  readonly label: Point | null;
}

/** The graph in place. */
export interface GraphPlace {
  readonly width: number;
  readonly height: number;
  /** In the order of the input. */
  readonly nodes: readonly Box[];
  readonly edges: readonly EdgePlace[];
  /** The boxes of the clusters by number. */
  readonly clusters: ReadonlyMap<number, Box>;
}

/** Returns the layout that Graphviz' `dot` gives the graph. */
export async function layOut(graph: GraphSize): Promise<GraphPlace> {
  // Loaded when first wanted: a megabyte of WebAssembly that most commands never need.
  const { instance } = await import("@viz-js/viz");
  const viz = await instance();
  return placed(graph, viz.renderJSON(dotOf(graph)));
}

function dotOf(graph: GraphSize): string {
  const clusters = [...new Set(graph.nodes.flatMap((n) => n.cluster ?? []))];
  const members = (cluster: number): string =>
    graph.nodes.flatMap((n, i) => (n.cluster === cluster ? [`n${i};`] : [])).join("");
  return [
    `digraph{graph[rankdir=${graph.direction === "down" ? "TB" : "LR"},ranksep=${inches(graph.rankGap ?? 40)},nodesep=${inches(graph.nodeGap ?? 30)},pad=0,margin=0]`,
    `node[shape=box,fixedsize=true,label=""]edge[arrowsize=0.9]`,
    ...graph.nodes.map((n, i) => `n${i}[width=${inches(n.width)},height=${inches(n.height)}]`),
    ...clusters.map((c) => `subgraph cluster_${c}{margin=14;${members(c)}}`),
    ...graph.edges.map(dotEdge),
    "}",
  ].join("\n");
}

function dotEdge(edge: EdgeSize, i: number): string {
  const ends = `n${edge.from}->n${edge.to}[id=e${i}]`;
  if (edge.labelWidth === 0) return ends;
  const size = `WIDTH="${Math.ceil(edge.labelWidth)}" HEIGHT="${Math.ceil(edge.labelHeight)}"`;
  return `${ends.slice(0, -1)},label=<<TABLE BORDER="0" CELLPADDING="0" CELLSPACING="0"><TR><TD FIXEDSIZE="TRUE" ${size}></TD></TR></TABLE>>]`;
}

function inches(pixels: number): string {
  return (pixels / 72).toFixed(3);
}

type Fields = Readonly<Record<string, unknown>>;

function rows(json: unknown, name: string): readonly Fields[] {
  const list = isRecord(json) ? json[name] : undefined;
  return Array.isArray(list) ? list.filter(isRecord) : [];
}

function numbers(row: unknown, name: string): readonly number[] {
  const value = isRecord(row) ? row[name] : undefined;
  return typeof value === "string" ? (value.match(/-?[\d.]+(?:e-?\d+)?/g) ?? []).map(Number) : [];
}

function placed(graph: GraphSize, json: unknown): GraphPlace {
  const [, , width = 0, height = 0] = numbers(json, "bb");
  const flip = (x = 0, y = 0): Point => ({ x, y: height - y });
  const objects = rows(json, "objects");
  const named = new Map(objects.map((row) => [row["name"], row]));
  const nodes = graph.nodes.map((size, i) => {
    const [x = 0, y = 0] = numbers(named.get(`n${i}`), "pos");
    const middle = flip(x, y);
    return {
      x: middle.x - size.width / 2,
      y: middle.y - size.height / 2,
      width: size.width,
      height: size.height,
    };
  });
  const clusters = objects.flatMap((row): [number, Box][] => {
    const number = /^cluster_(\d+)$/.exec(String(row["name"]))?.[1];
    const [left = 0, bottom = 0, right = 0, top = 0] = numbers(row, "bb");
    const box = { ...flip(left, top), width: right - left, height: top - bottom };
    return number === undefined ? [] : [[Number(number), box]];
  });
  const drawn = new Map(rows(json, "edges").map((row) => [row["id"], row]));
  const edges = graph.edges.map((_, i) => edgePlace(drawn.get(`e${i}`), flip));
  return { width, height, nodes, edges, clusters: new Map(clusters) };
}

function edgePlace(row: unknown, flip: (x?: number, y?: number) => Point): EdgePlace {
  const values = numbers(row, "pos");
  const points = Array.from({ length: values.length / 2 }, (_, i) =>
    flip(values[2 * i], values[2 * i + 1]),
  );
  // Graphviz writes "e,TIP START CONTROL CONTROL POINT ...": the head's tip comes first.
  const [tip = flip(), start = flip(), ...rest] = points;
  const at = (p: Point): string => `${p.x.toFixed(1)},${p.y.toFixed(1)}`;
  const [labelX, labelY] = numbers(row, "lp");
  return {
    d: `M${at(start)}C${rest.map(at).join(" ")}`,
    base: rest.at(-1) ?? start,
    tip,
    label: labelX === undefined ? null : flip(labelX, labelY),
  };
}

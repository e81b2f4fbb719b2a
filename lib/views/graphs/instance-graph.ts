/**
 * The figure of the un-merged lock graph: instances by CPU, and why the circle of classes is not one.
 */
import type { Figure } from "../draw/figure.js";
import { framed } from "../draw/card.js";
import {
  instancesOf,
  type InstanceCircle,
  type InstanceEdge,
  type InstanceGraph,
  type InstanceNode,
} from "./instances.js";
import { drawLinks, type LinkEdge, type LinkNode } from "../draw/graph.js";
import { counted } from "../../primitives/counted.js";
import { LockNames, type LockName } from "../trace/lock-legend.js";
import type { Trace } from "../trace/trace.js";

const cpusOf = (edge: InstanceEdge): readonly number[] =>
  [...new Set(edge.occurrences.map((o) => o.cpu))].sort((a, b) => a - b);

function linkNode(name: LockName, hot: boolean, cluster: number | null): LinkNode {
  const style = { size: 12, mono: true, bold: true, tone: name.ink } as const;
  return {
    lines: [{ ...style, text: name.short }],
    fill: name.fill,
    stroke: hot ? "red" : name.ink,
    outline: hot ? 3 : 1.2,
    ...(cluster === null ? {} : { cluster }),
  };
}

function linkEdge(edge: InstanceEdge, from: number, to: number, hot: boolean): LinkEdge {
  const cpus = cpusOf(edge);
  const tone = hot ? "red" : "ink";
  return {
    from,
    to,
    lines: [{ text: `by CPU ${cpus.join(", ")}`, size: 11, bold: true, tone }],
    stroke: tone,
    width: hot ? 2.6 : 1.6,
  };
}

function circleText(names: LockNames, circle: InstanceCircle): string {
  const on = circle.edges.map((e) => names.of(e.from).short);
  const way = [...on, on[0] ?? ""].join(" → ");
  if (circle.together !== null) {
    const cpus = circle.together.map(
      (o) => `CPU ${o.cpu}${o.context === "task" ? "" : ` in ${o.context}`}`,
    );
    return `CAN BE: ${way}: its edges fit together (${cpus.join(", ")}).`;
  }
  const reason =
    circle.twice.length === 0
      ? "no choice of CPUs lets all its edges be there at once"
      : `CPU ${circle.twice.join(" and CPU ")} would have to be at two places at once`;
  return `cannot be: ${way}: ${reason}.`;
}

/** The circles to tell of: those that can be first, then a few of those that cannot. */
function toldCircles(graph: InstanceGraph): readonly InstanceCircle[] {
  const can = graph.circles.filter((c) => c.together !== null);
  const cannot = graph.circles.filter((c) => c.together === null);
  return [...can, ...cannot].slice(0, 4);
}

function verdictOf(graph: InstanceGraph): string {
  const can = graph.circles.filter((c) => c.together !== null).length;
  if (graph.circles.length === 0) return "no circle among the instances";
  return can === 0
    ? `${counted(graph.circles.length, "circle", "circles")} among the instances, none of which can be at one moment`
    : `${counted(can, "circle", "circles")} of instances whose edges can all be there at once`;
}

/** The CPU that a lock belongs to, or null: a task's lock has a number too, but no CPU. */
function ownerOf(node: InstanceNode, perCpu: ReadonlySet<string>): number | null {
  const [, variable = "", number = ""] = /^(.*)@(\d+)$/.exec(node.id) ?? [];
  return perCpu.has(variable) ? Number(number) : null;
}

/**
 * Returns the figure of the lock instances that some runs took, each per-CPU lock in its CPU's box.
 *
 * That no circle fits together is no proof that there is no deadlock: it speaks of the edges seen.
 *
 * @param traces runs of one scenario that together take every path on every CPU, such as `randomWalk`'s.
 */
export async function instanceGraph(...traces: readonly Trace[]): Promise<Figure> {
  const graph = instancesOf(traces.map((trace) => trace.steps.flatMap((step) => step.events)));
  const names = new LockNames({
    locks: traces.flatMap((trace) => trace.locks),
    steps: traces.flatMap((trace) => trace.steps),
  });
  const nameOf = (id: string): string => names.of(id).short;
  const perCpu = new Set(traces.flatMap((trace) => trace.perCpuLocks));
  const owners = graph.nodes.map((node) => ownerOf(node, perCpu));
  const real = graph.circles.filter((c) => c.together !== null).flatMap((c) => c.edges);
  const hotNodes = new Set(real.map((e) => e.from));
  const index = new Map(graph.nodes.map((node, i) => [node.id, i]));
  const drawing = await drawLinks({
    direction: "down",
    rankGap: 36,
    nodes: graph.nodes.map((node, i) =>
      linkNode(names.of(node.id), hotNodes.has(node.id), owners[i] ?? null),
    ),
    edges: graph.edges.map((edge) =>
      linkEdge(edge, index.get(edge.from) ?? 0, index.get(edge.to) ?? 0, real.includes(edge)),
    ),
    clusters: new Map(
      owners.flatMap((cpu) => (cpu === null ? [] : [[cpu, `CPU ${cpu}`] as const])),
    ),
  });
  const told = toldCircles(graph).map((circle) => circleText(names, circle));
  const left = graph.circles.length - told.length;
  const verdict = verdictOf(graph);
  const alt =
    `Lock graph of ${counted(graph.nodes.length, "instance", "instances")}: ${verdict}. ` +
    `Edges: ${graph.edges.map((e) => `${nameOf(e.from)} → ${nameOf(e.to)} by CPU ${cpusOf(e).join(", ")}`).join("; ") || "none"}.`;
  return {
    name: "instance-graph",
    alt,
    text: [
      "lock instances: held → taken, by which CPU",
      ...graph.edges.map(
        (e) => `  ${nameOf(e.from)} → ${nameOf(e.to)}  by CPU ${cpusOf(e).join(", ")}`,
      ),
      ...told,
    ].join("\n"),
    svg: framed(drawing, {
      heading: `The same, instance by instance: ${verdict}`,
      alt,
      minWidth: 660,
      notes: [
        ...names.legend(),
        ...told,
        ...(left > 0
          ? [`… and ${counted(left, "more circle", "more circles")} of that kind.`]
          : []),
        "A deadlock needs every edge of a circle at one moment, so each by another CPU, or by an interrupt above code with IRQs on.",
      ],
    }),
  };
}

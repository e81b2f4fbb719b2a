/** What lockdep knows in the step player. */
import { counted } from "../../primitives/counted.js";
import type { Drawing } from "../draw/card.js";
import { group } from "../draw/svg.js";
import { labelLines, wrap } from "../draw/text.js";
import type { LockdepView } from "../trace/lockdep-along.js";
import type { Scene } from "./scene.js";

/** Returns what lockdep says after a step, in a line. */
export function lockdepSays(views: readonly LockdepView[], step: number): string {
  const view = views[step];
  if (view === undefined) return "";
  if (view.report !== null) {
    const fresh = views[step - 1]?.report == null;
    return `lockdep ${fresh ? "reports" : "has reported"}: ${view.report.kind}`;
  }
  const { classes, edges } = view.graph;
  const size = `${counted(classes.length, "class", "classes")}, ${counted(edges.length, "edge", "edges")}`;
  return `lockdep is content: ${size}`;
}

/** Returns it with the graph below, at least so many pixels wide. */
export function lockdepAt(scene: Scene, step: number, least: number): Drawing {
  const graph = scene.graph(step);
  const width = Math.max(graph.width, least);
  const bad = scene.views[step]?.report != null;
  const says = wrap(lockdepSays(scene.views, step), width, { bold: true });
  return {
    width,
    height: 40 + 18 * says.length + graph.height,
    nodes: [
      ...labelLines(says, 0, 18, { bold: true, tone: bad ? "red" : "green" }, 18),
      group(graph.nodes, { x: Math.max(0, (least - graph.width) / 2), y: 18 + 18 * says.length }),
    ],
  };
}

/** Lockdep's graph in the step player, as much of it as was known after each step. */
import { emphasisOf } from "../graphs/report-highlight.js";
import type { Drawing } from "../draw/card.js";
import type { LockdepView } from "../trace/lockdep-along.js";
import { placeLinks, drawPlaced, type PlacedLinks } from "../draw/graph.js";
import type { Tone } from "../draw/palette.js";
import { lockTones } from "../trace/lock-legend.js";
import { wrap } from "../draw/text.js";

/** Returns the drawing after each step; it is laid out once for the last, so that nothing moves while it grows. */
export async function graphAt(views: readonly LockdepView[]): Promise<(step: number) => Drawing> {
  const last = views.at(-1);
  const graph = last?.graph ?? { classes: [], edges: [], chains: [] };
  const report = last?.report ?? null;
  const refused = report === null ? [] : emphasisOf(graph, report).edges.filter((e) => e.refused);
  const index = new Map(graph.classes.map((c, i) => [c.index, i]));
  const ends = [
    ...graph.edges.map((e) => ({ from: e.from, to: e.to, late: false })),
    ...refused.map((e) => ({ from: e.from.index, to: e.to.index, late: true })),
  ];
  const looks = lockTones(graph.classes.map(({ name }) => name));
  const nameStyle = { size: 12, mono: true, bold: true } as const;
  const placed: PlacedLinks = await placeLinks({
    direction: "down",
    rankGap: 46,
    nodes: graph.classes.map((c) => ({
      lines: [
        ...wrap(c.name, 250, nameStyle).map((text) => ({ ...nameStyle, text })),
        { text: "{....}", size: 12, mono: true },
      ],
      fill: "panel",
      stroke: "line",
      outline: 1.2,
    })),
    edges: ends.map((e) => ({
      from: index.get(e.from) ?? 0,
      to: index.get(e.to) ?? 0,
      lines: [],
      stroke: "muted",
      width: 1.5,
    })),
  });
  return (step) => {
    const now = views[step];
    const known = new Map((now?.graph.classes ?? []).map((c) => [c.index, c]));
    const before = views[step - 1]?.graph.edges.length ?? 0;
    const circle = now?.report == null ? null : emphasisOf(now.graph, now.report);
    const red = new Set(circle?.classes.map((c) => c.index));
    return drawPlaced(placed, {
      node: (node, i) => {
        const own = graph.classes[i];
        const seen = own === undefined ? undefined : known.get(own.index);
        const hot = own !== undefined && red.has(own.index);
        const [fill, ink] = looks.get(own?.name ?? "") ?? ["panel", "ink"];
        const tone: Tone = seen === undefined ? "ink" : ink;
        return {
          ...node,
          // A class that is not known yet keeps its place, and no more.
          lines: node.lines.map((line, l) => ({
            ...line,
            tone,
            ...(seen === undefined ? { text: "" } : {}),
            ...(l === node.lines.length - 1 && seen !== undefined
              ? { text: `{${seen.usage}}` }
              : {}),
          })),
          fill: seen === undefined ? "card" : fill,
          stroke: hot ? "red" : seen === undefined ? "line" : ink,
          outline: hot ? 2.4 : 1.2,
        };
      },
      edge: (edge, i) => {
        const end = ends[i];
        const there =
          end?.late === true
            ? circle !== null
            : now?.graph.edges.some((e) => e.from === end?.from && e.to === end.to) === true;
        const fresh = there && end?.late !== true && i >= before;
        const hot =
          circle?.edges.some((e) => e.from.index === end?.from && e.to.index === end.to) === true;
        return {
          ...edge,
          stroke: !there ? "line" : hot ? "red" : fresh ? "blue" : "ink",
          width: !there ? 0.8 : hot || fresh ? 2.6 : 1.5,
          ...(end?.late === true || !there ? { dash: there ? "7 4" : "2 4" } : {}),
        };
      },
    });
  };
}

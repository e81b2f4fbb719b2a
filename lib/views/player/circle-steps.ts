/**
 * Lockdep's circle taken apart, step by step: the classes, the locks that they stand for, what makes each
 * arrow, and whether the arrows of a circle of locks can be there at one moment.
 */
import type { Report } from "../../lockdep/report/report.js";
import type { LockGraph } from "../../lockdep/report/view.js";
import { counted } from "../../primitives/counted.js";
import { framed, pageWidth, type Drawing } from "../draw/card.js";
import type { Figure } from "../draw/figure.js";
import {
  drawPlaced,
  placeLinks,
  type LinkEdge,
  type LinkGraph,
  type LinkNode,
  type PlacedLinks,
} from "../draw/graph.js";
import type { Frame } from "../draw/packed-frames.js";
import { group } from "../draw/svg.js";
import { wrap } from "../draw/text.js";
import { playerHtml } from "./html.js";
import { baseOfClass, LockNames, lockTones } from "../trace/lock-legend.js";
import { shortLockNames } from "../trace/short-lock-names.js";
import type { Trace } from "../trace/trace.js";
import { told, type CircleStory, type Moment } from "./circle-story.js";
import { emphasisOf } from "../graphs/report-highlight.js";

/** The circle of a report, by short names. */
interface ClassCircle {
  readonly names: readonly string[];
  /** Pairs of class names. */
  readonly arrows: readonly (readonly [from: string, to: string])[];
}

function circleOf(graph: LockGraph, report: Report): ClassCircle {
  const { classes, edges, circle } = emphasisOf(graph, report);
  if (!circle) {
    throw new Error(
      `a report of kind "${report.kind}" has no circle to take apart; a circular one has`,
    );
  }
  return {
    names: [...new Set(classes.map(({ name }) => baseOfClass(name)))],
    arrows: edges.map(({ from, to }) => [baseOfClass(from.name), baseOfClass(to.name)] as const),
  };
}

const style = { size: 13, mono: true, bold: true } as const;

function classesPlaced({ names, arrows }: ClassCircle): Promise<PlacedLinks> {
  const words = shortLockNames(names);
  const looks = lockTones(names);
  return placeLinks({
    direction: "down",
    rankGap: 52,
    nodes: names.map((name): LinkNode => {
      const [fill, ink] = looks.get(name) ?? ["panel", "ink"];
      return {
        lines: [{ ...style, tone: ink, text: words.get(name) ?? name }],
        fill,
        stroke: ink,
        outline: 1.4,
      };
    }),
    edges: arrows.map(([from, to]) => ({
      from: names.indexOf(from),
      to: names.indexOf(to),
      lines: [],
      stroke: "ink",
      width: 1.8,
    })),
  });
}

function locksPlaced(story: CircleStory, names: LockNames): Promise<PlacedLinks> {
  const graph: LinkGraph = {
    direction: "down",
    rankGap: 52,
    nodes: story.locks.map(({ id }): LinkNode => {
      const { short, fill, ink } = names.of(id);
      return {
        lines: [{ ...style, tone: ink, text: short }],
        fill,
        stroke: ink,
        outline: 1.4,
      };
    }),
    edges: story.arrows.map(({ from, to, cpus, contexts }): LinkEdge => {
      const who = { size: 11, tone: "ink" } as const;
      return {
        from: story.locks.findIndex(({ id }) => id === from),
        to: story.locks.findIndex(({ id }) => id === to),
        lines: [
          { ...who, text: `CPU ${cpus.join(", ")}`, bold: true },
          { ...who, text: contexts.join(", ") },
        ],
        stroke: "ink",
        width: 1.8,
      };
    }),
  };
  return placeLinks(graph);
}

/** The arrows that a moment is about, thick; in a circle red; the others as faint as may be. */
function drawMoment(
  placed: PlacedLinks,
  shown: readonly number[],
  hot: readonly number[],
  red: boolean,
): Drawing {
  return drawPlaced(placed, {
    node: (node) => node,
    edge: (edge, i) => {
      if (hot.includes(i)) return { ...edge, width: 3, ...(red ? { stroke: "red" } : {}) };
      return shown.includes(i) ? edge : { ...edge, lines: [], stroke: "line", width: 0.8 };
    },
  });
}

function frameOf(
  moment: Moment,
  all: readonly Moment[],
  classes: PlacedLinks,
  locks: PlacedLinks,
): Frame {
  const left = drawMoment(
    classes,
    classes.graph.edges.map((_, i) => i),
    moment.classArrows,
    false,
  );
  const right = drawMoment(locks, moment.shown, moment.hot, moment.circle);
  const gap = 64;
  const below = { width: left.width + gap + right.width, style: { size: 13 } };
  const textOf = ({ text }: Moment): readonly string[] =>
    text.flatMap((line) => wrap(line, Math.max(pageWidth, below.width), below.style));
  // As many lines in every picture, so that nothing jumps.
  const most = Math.max(...all.map((one) => textOf(one).length));
  const lines = textOf(moment);
  const padded = [...lines, ...Array.from({ length: most - lines.length }, () => " ")];
  const height = Math.max(left.height, right.height);
  const drawing: Drawing = {
    width: below.width,
    height,
    nodes: [
      group(left.nodes, { x: 0, y: (height - left.height) / 2 }),
      group(right.nodes, { x: left.width + gap, y: (height - right.height) / 2 }),
    ],
  };
  const alt = `${moment.title}. ${moment.text.join(" ")}`;
  return {
    title: moment.title,
    text: moment.text.join("\n"),
    svg: framed(drawing, { heading: moment.title, alt, notes: padded, minWidth: pageWidth }),
  };
}

/**
 * Returns the figure of a report's circle, stepped from classes to locks: what would have to be so at one
 * moment for it to close.
 *
 * That no circle fits together is no proof that there is no deadlock: it speaks of the arrows seen.
 *
 * @param graph what lockdep had learnt when it reported
 * @param traces runs of one scenario that together take every path on every CPU
 * @throws Error if the report is of no circle
 */
export async function circleSteps(
  graph: LockGraph,
  report: Report,
  ...traces: readonly Trace[]
): Promise<Figure> {
  const circle = circleOf(graph, report);
  const names = new LockNames({
    locks: traces.flatMap((trace) => trace.locks),
    steps: traces.flatMap((trace) => trace.steps),
  });
  const story = told(circle.arrows, traces, names);
  const classes = await classesPlaced(circle);
  const locks = await locksPlaced(story, names);
  const frames = story.moments.map((moment) => frameOf(moment, story.moments, classes, locks));
  const last = story.moments.at(-1);
  const alt =
    `Lockdep's circle of ${counted(circle.names.length, "class", "classes")} taken apart in ` +
    `${counted(frames.length, "picture", "pictures")}. ${last?.title ?? ""}. ${last?.text.join(" ") ?? ""}`;
  return {
    name: "circle-steps",
    alt,
    text: frames
      .map(({ title, text }, i) => `${i}  ${title}\n${text.replace(/^(?=.)/gm, "     ")}`)
      .join("\n"),
    svg: frames.at(-1)?.svg ?? "",
    frames,
    html: playerHtml(frames, "Lockdep's circle, lock by lock"),
  };
}

/**
 * The state graph of a small scenario with the path to a violation; a large one is collapsed to that
 * path and the numbers of the states beside it.
 */
import type { Scenario } from "../../machine/index.js";
import type { Figure } from "../draw/figure.js";
import { framed, pageWidth, type Drawing } from "../draw/card.js";
import { drawLinks, type LinkEdge, type LinkNode, type TextLine } from "../draw/graph.js";
import { stateSpace, type StateSpace } from "../../machine/run/state-space.js";
import { shorten, wrap } from "../draw/text.js";
import { counted } from "../../primitives/counted.js";

/** What to draw. */
export interface StateGraphOptions {
  /** A schedule from the start, such as a counterexample's; its states are highlighted. */
  readonly schedule?: readonly number[];
  /** What the schedule ends in, in a word or two: `deadlock`. */
  readonly violation?: string;
  /** What the figure says, in a sentence; the scenario's name unless told. */
  readonly heading?: string;
  /** States drawn one by one at most, else they are collapsed; 40 unless told. */
  readonly most?: number;
  /** States looked at, at most; 20,000 unless told. */
  readonly limit?: number;
}

/** A box of the picture: one state, or all others of some depths. */
interface Box {
  readonly states: readonly number[];
  /** Position on the path, or -1. */
  readonly step: number;
}

/** Returns the states along the schedule, the start first. */
function pathOf(space: StateSpace, schedule: readonly number[]): readonly number[] {
  const path = [0];
  for (const [i, transition] of schedule.entries()) {
    const from = path.at(-1);
    const step = space.steps.find((s) => s.from === from && s.transition === transition);
    if (step === undefined) {
      throw new Error(
        `step ${i + 1} of the schedule (transition ${transition}) is not in the ${space.states.length} states ` +
          "looked at: raise the limit, or give the schedule of this very scenario",
      );
    }
    path.push(step.to);
  }
  return path;
}

const mostBuckets = 10;

function boxesOf(space: StateSpace, path: readonly number[], most: number): readonly Box[] {
  const on = new Map(path.map((state, step) => [state, step]));
  const step = (state: number): number => on.get(state) ?? -1;
  if (space.states.length <= most) {
    return space.states.map((_, state) => ({ states: [state], step: step(state) }));
  }
  const deepest = Math.max(...space.states.map((s) => s.depth));
  const span = Math.max(1, Math.ceil((deepest + 1) / mostBuckets));
  const buckets = new Map<number, number[]>();
  for (const [state, { depth }] of space.states.entries()) {
    if (on.has(state)) continue;
    const bucket = Math.floor(depth / span);
    const members = buckets.get(bucket) ?? [];
    members.push(state);
    buckets.set(bucket, members);
  }
  return [
    ...[...on].map(([state, position]) => ({ states: [state], step: position })),
    ...[...buckets.values()].map((states) => ({ states, step: -1 })),
  ];
}

/** Returns which process holds which lock in a state: what tells states of such a picture apart. */
function heldLines(space: StateSpace, state: number): readonly string[] {
  const { model, states } = space;
  return model.slots.flatMap((slot, i) => {
    const value = states[state]?.state[i] ?? -1;
    if (slot.variable?.lock == null || value < 0) return [];
    const { domain } = slot.variable;
    const owner =
      domain.kind === "id"
        ? `${domain.set.name}${value}`
        : domain.kind === "process"
          ? (model.processes[value]?.name ?? "?")
          : String(value);
    return [shorten(`${slot.name}: ${owner}`, 170, { size: 11, mono: true })];
  });
}

function nodeOf(space: StateSpace, box: Box, last: number): LinkNode {
  const [first = 0] = box.states;
  const onPath = box.step >= 0;
  const end = onPath && box.step === last && last > 0;
  if (box.states.length > 1) {
    const depths = box.states.map((s) => space.states[s]?.depth ?? 0);
    const [from, to] = [Math.min(...depths), Math.max(...depths)];
    return {
      lines: [
        { text: counted(box.states.length, "state", "states"), size: 12, bold: true },
        {
          text: from === to ? `after ${counted(from, "step")}` : `after ${from} to ${to} steps`,
          size: 11,
          tone: "muted",
        },
      ],
      fill: "panel",
      stroke: "line",
      outline: 1,
    };
  }
  const held = heldLines(space, first);
  const title: TextLine = {
    text: first === 0 ? "start" : onPath ? `after step ${box.step}` : `state ${first}`,
    size: 12,
    bold: true,
    tone: onPath && last > 0 ? "red" : "ink",
  };
  const shown: readonly TextLine[] = held
    .slice(0, 4)
    .map((text) => ({ text, size: 11, mono: true }));
  const none: readonly TextLine[] = [{ text: "no lock held", size: 11, tone: "muted" }];
  return {
    lines: [title, ...(shown.length === 0 ? none : shown)],
    fill: onPath && last > 0 ? "redWash" : "card",
    stroke: onPath && last > 0 ? "red" : "line",
    outline: onPath && last > 0 ? 2 : 1.2,
    ...(end ? { double: true } : {}),
  };
}

interface BoxEdge {
  readonly from: number;
  readonly to: number;
  readonly labels: ReadonlySet<string>;
  readonly onPath: boolean;
}

function boxEdges(
  space: StateSpace,
  boxes: readonly Box[],
  path: readonly number[],
): readonly BoxEdge[] {
  const home = new Map(boxes.flatMap((box, i) => box.states.map((state) => [state, i] as const)));
  const walked = new Set(path.slice(1).map((to, i) => `${path[i] ?? 0} ${to}`));
  const edges = new Map<
    string,
    { from: number; to: number; labels: Set<string>; onPath: boolean }
  >();
  for (const step of space.steps) {
    const [from, to] = [home.get(step.from) ?? 0, home.get(step.to) ?? 0];
    if (from === to) continue;
    const key = `${from} ${to}`;
    const edge = edges.get(key) ?? { from, to, labels: new Set<string>(), onPath: false };
    edge.labels.add(step.label);
    edge.onPath ||= walked.has(`${step.from} ${step.to}`);
    edges.set(key, edge);
  }
  return [...edges.values()];
}

/** Labels on every edge only where there is room, in lines so wide; the path always has them. */
function edgeOf(edge: BoxEdge, roomy: boolean, width: number): LinkEdge {
  const [label = ""] = edge.labels;
  const shown = edge.onPath || (roomy && edge.labels.size === 1);
  const style = { size: 11, ...(edge.onPath ? ({ tone: "red", bold: true } as const) : {}) };
  return {
    from: edge.from,
    to: edge.to,
    lines: shown
      ? wrap(shorten(label, 230, style), edge.onPath ? width * 1.12 : width, style).map((text) => ({
          ...style,
          text,
        }))
      : [],
    stroke: edge.onPath ? "red" : "muted",
    width: edge.onPath ? 2.4 : 1,
  };
}

/** The widths of the lines of labels, in pixels, the first that makes the drawing no wider than the page. */
const labelWidths = [230, 130, 80] as const;

async function drawn(
  nodes: readonly LinkNode[],
  edges: readonly BoxEdge[],
  roomy: boolean,
): Promise<Drawing> {
  let drawing: Drawing = { width: Infinity, height: 0, nodes: [] };
  for (const width of labelWidths) {
    if (drawing.width <= pageWidth) break;
    drawing = await drawLinks({
      direction: "down",
      rankGap: width === labelWidths[0] ? 30 : 16,
      nodeGap: width === labelWidths[0] ? 24 : 14,
      nodes,
      edges: edges.map((edge) => edgeOf(edge, roomy, width)),
    });
  }
  return drawing;
}

/**
 * Returns the figure of a scenario's states, whole where they are few, else collapsed.
 *
 * @throws Error if the schedule is not one of the states looked at.
 */
export async function stateGraph(
  scenario: Scenario,
  options: StateGraphOptions = {},
): Promise<Figure> {
  const { schedule = [], violation = "violation", most = 40, limit = 20_000 } = options;
  const space = stateSpace(scenario, Math.max(1, limit));
  const path = pathOf(space, schedule);
  const boxes = boxesOf(space, path, most);
  const collapsed = boxes.length < space.states.length;
  const edges = boxEdges(space, boxes, path);
  const drawing = await drawn(
    boxes.map((box) => nodeOf(space, box, path.length - 1)),
    edges,
    space.states.length <= 20,
  );
  const size = `${counted(space.states.length, "state", "states")}, ${counted(space.steps.length, "step")}`;
  const extent = space.complete ? "all of them" : "cut short: there are more";
  const way =
    schedule.length === 0
      ? ""
      : ` The path to the ${violation} takes ${counted(schedule.length, "step")}: `;
  const words = schedule.map((id) => {
    const transition = space.model.transitions[id];
    return `${space.model.processes[transition?.process ?? 0]?.name ?? "?"}: ${transition?.label ?? "?"}`;
  });
  const alt = `State graph of ${scenario.name}: ${size} (${extent})${collapsed ? ", collapsed" : ""}.${way}${words.join("; ")}${way === "" ? "" : "."}`;
  return {
    name: "state-graph",
    alt,
    text: [
      `${scenario.name}: ${size} (${extent})`,
      ...words.map((word, i) => `  ${i + 1}  ${word}`),
      ...(schedule.length === 0 ? [] : [`  ${violation}`]),
    ].join("\n"),
    svg: framed(drawing, {
      heading: `${options.heading ?? scenario.name}: ${size}`,
      alt,
      minWidth: pageWidth,
      notes: [
        `Reachable states: ${extent}.`,
        ...(schedule.length === 0
          ? []
          : [`Red: the path to the ${violation}, in ${counted(schedule.length, "step")}.`]),
        ...(collapsed
          ? ["States beside the path are collapsed by their distance from the start."]
          : []),
      ],
    }),
  };
}

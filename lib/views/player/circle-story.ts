/** A circle of classes told lock by lock: what each picture shows, and the sentences below it. */
import { counted } from "../../primitives/counted.js";
import type { LockNames } from "../trace/lock-legend.js";
import type { Trace } from "../trace/trace.js";
import {
  circlesAmong,
  instancesOf,
  type InstanceCircle,
  type InstanceEdge,
  type InstanceNode,
  type Occurrence,
} from "../graphs/instances.js";

/** One picture: arrows by their place in the lists. */
export interface Moment {
  readonly title: string;
  readonly text: readonly string[];
  readonly classArrows: readonly number[];
  readonly shown: readonly number[];
  readonly hot: readonly number[];
  /** Whether the thick arrows are a circle. */
  readonly circle: boolean;
}

/** An arrow between two locks. */
export interface LockArrow {
  readonly from: string;
  readonly to: string;
  readonly cpus: readonly number[];
  /** In which contexts: a task, a hardirq. */
  readonly contexts: readonly string[];
}

/** The whole story. */
export interface CircleStory {
  readonly locks: readonly InstanceNode[];
  readonly arrows: readonly LockArrow[];
  readonly moments: readonly Moment[];
}

type Pair = readonly [from: string, to: string];

/** Returns the story of a circle of classes, from runs that made its arrows. */
export function told(
  classArrows: readonly Pair[],
  traces: readonly Trace[],
  names: LockNames,
): CircleStory {
  const graph = instancesOf(traces.map((trace) => trace.steps.flatMap((step) => step.events)));
  const classOf = new Map(graph.nodes.map(({ id, name }) => [id, name]));
  const arrowOf = ({ from, to }: InstanceEdge): number =>
    classArrows.findIndex(([a, b]) => a === classOf.get(from) && b === classOf.get(to));
  const edges = graph.edges.filter((edge) => arrowOf(edge) >= 0);
  const used = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const circles = circlesAmong(edges, graph.edges);
  const all = edges.map((_, i) => i);
  const classWay = wayOf(classArrows, (name) => wordOf(names, name));
  const locks = graph.nodes.filter(({ id }) => used.has(id));
  const moments: readonly Moment[] = [
    {
      title: `Lockdep's circle: ${classWay}`,
      text: [
        `Each box on the left stands for all locks of one class. On the right, each lock has a box: ${kindsOf(locks, names)}.`,
      ],
      classArrows: classArrows.map((_, i) => i),
      shown: [],
      hot: [],
      circle: false,
    },
    ...classArrows.map(([from, to], i): Moment => {
      const mine = all.filter((e) => edges[e] !== undefined && arrowOf(edges[e]) === i);
      return {
        title: `${wordOf(names, from)} → ${wordOf(names, to)}: ${counted(mine.length, "arrow", "arrows")} between locks`,
        text: mine
          .flatMap((e) => edges[e] ?? [])
          .map((edge) => `${arrowText(edge, names)}: ${byWhom(edge)}.`),
        classArrows: [i],
        shown: all.filter((e) => edges[e] !== undefined && arrowOf(edges[e]) <= i),
        hot: mine,
        circle: false,
      };
    }),
    ...circles.map((circle): Moment => ({
      ...whether(circle, names),
      classArrows: [],
      shown: all,
      hot: all.filter((e) => circle.edges.some((edge) => edge === edges[e])),
      circle: true,
    })),
    conclusion(circles, all),
  ];
  const arrows = edges.map(({ from, to, occurrences }) => ({
    from,
    to,
    cpus: cpusOf(occurrences),
    contexts: [...new Set(occurrences.map(({ context }) => context))].sort(),
  }));
  return { locks, arrows, moments };
}

const cpusOf = (occurrences: readonly Occurrence[]): readonly number[] =>
  [...new Set(occurrences.map(({ cpu }) => cpu))].sort((a, b) => a - b);

const wordOf = (names: LockNames, className: string): string =>
  names.all().find(([, name]) => name.class === className)?.[1].word ?? className;

const wayOf = (arrows: readonly Pair[], name: (end: string) => string): string => {
  const ordered = inOrder(arrows).map(([from]) => name(from));
  return [...ordered, ordered[0] ?? ""].join(" → ");
};

/** The arrows of a circle, each beginning where the one before ends. */
function inOrder(arrows: readonly Pair[]): readonly Pair[] {
  const ordered = arrows.slice(0, 1);
  while (ordered.length < arrows.length) {
    const next = arrows.find(([from]) => from === ordered.at(-1)?.[1]);
    if (next === undefined || ordered.includes(next)) return arrows;
    ordered.push(next);
  }
  return ordered;
}

function kindsOf(locks: readonly InstanceNode[], names: LockNames): string {
  const words = locks.map(({ id }) => names.of(id).word);
  return [...new Set(words)]
    .map((word) => `${words.filter((other) => other === word).length} ${word}`)
    .join(", ");
}

const arrowText = ({ from, to }: InstanceEdge, names: LockNames): string =>
  `${names.of(from).short} → ${names.of(to).short}`;

const contextText = ({ context, irqsOn }: Occurrence): string =>
  context === "task" ? `in a task with IRQs ${irqsOn ? "on" : "off"}` : `in a ${context}`;

/** Returns what makes an arrow: the CPUs, in which function, in which context. */
function byWhom({ occurrences }: InstanceEdge): string {
  const ways = new Map<string, number[]>();
  for (const one of occurrences) {
    const way = `${one.stack[0] === undefined ? "" : `in ${one.stack[0]}(), `}${contextText(one)}`;
    ways.set(way, [...new Set([...(ways.get(way) ?? []), one.cpu])]);
  }
  return [...ways]
    .map(([way, cpus]) => `CPU ${cpus.sort((a, b) => a - b).join(" or ")} ${way}`)
    .join("; ");
}

function whether(
  { edges, together, twice }: InstanceCircle,
  names: LockNames,
): Pick<Moment, "title" | "text"> {
  const ends = edges.map(({ from, to }) => [from, to] as const);
  const way = wayOf(ends, (id) => names.of(id).short);
  const needs = edges.map((edge) => `${arrowText(edge, names)} needs ${byWhom(edge)}.`);
  if (together !== null) {
    const who = edges.map(
      (edge, i) => `CPU ${together[i]?.cpu ?? 0} makes ${arrowText(edge, names)}`,
    );
    const text = [...needs, `These fit together: ${who.join(", ")}.`];
    return { title: `${way}: its arrows fit together`, text };
  }
  const clash =
    twice.length === 0
      ? "no choice of CPUs makes all its arrows at one moment"
      : `CPU ${twice.join(" and CPU ")} would have to be in two places at once`;
  return { title: `${way}: ${clash}`, text: [...needs, "This circle cannot close."] };
}

function conclusion(circles: readonly InstanceCircle[], all: readonly number[]): Moment {
  const can = circles.filter(({ together }) => together !== null).length;
  const size = counted(circles.length, "circle of locks", "circles of locks");
  const rest = { classArrows: [], shown: all, hot: [], circle: false };
  const seen =
    "This speaks of the arrows that were seen in some runs. Whether arrows that fit together ever meet at one moment, and what holds in every state, the explorer says.";
  if (circles.length === 0) {
    return {
      title: "No circle among the locks: only their classes make one",
      text: [seen],
      ...rest,
    };
  }
  if (can > 0) {
    return { title: `${can} of ${size}: the arrows fit together`, text: [seen], ...rest };
  }
  return {
    title: `${size}, and none of them can close`,
    text: [`Lockdep sees only the classes: to it the circle is there. ${seen}`],
    ...rest,
  };
}

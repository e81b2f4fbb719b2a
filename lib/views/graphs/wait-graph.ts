/** Who waits for whom, as a log of blocked tasks shows it, with the circle of waits. */
import { addressOf } from "../../splat/evidence/lock/address.js";
import { counted } from "../../primitives/counted.js";
import { drawWaits } from "../../splat/waits/drawing.js";
import type { ListedTask } from "../../splat/waits/read.js";
import {
  circleIn,
  holderOf,
  taskName,
  waitedFor,
  type TaskWait,
} from "../../splat/waits/wait-for.js";
import { framed } from "../draw/card.js";
import type { Figure } from "../draw/figure.js";
import { drawLinks, type LinkEdge, type LinkNode } from "../draw/graph.js";
import { shorten } from "../draw/text.js";

/** Tasks are drawn up to so many: those on the circle, then those that others wait for. */
const most = 40;

const name = { size: 13, mono: true, bold: true } as const;
const small = { size: 11, mono: true, tone: "muted" } as const;

/**
 * Returns the figure of a graph of waits: tasks, what each waits for and who holds it, the waits of
 * the circle in red, those that only the kernel's word or a list without stacks tells dashed.
 *
 * @param waits as `waitsOf()` gives them
 * @throws RangeError if nobody waits
 * @example
 * const tasks = readTasks("INFO: task a:1 is blocked on a mutex likely owned by task b:2.");
 * (await waitGraph(waitsOf(tasks))).name // "wait-graph"
 */
export async function waitGraph(waits: readonly TaskWait[]): Promise<Figure> {
  if (waits.length === 0) {
    throw new RangeError("nobody waits for anybody: waitsOf() found no wait to draw");
  }
  const circle = circleIn(waits);
  const ranked = [...waits].sort((a, b) => Number(circle.includes(b)) - Number(circle.includes(a)));
  const labels = [...new Set(ranked.flatMap((wait) => [taskName(wait.waiter), endOf(wait)]))];
  const shown = new Map(labels.slice(0, most).map((label, at) => [label, at]));
  const onCircle = new Set(circle.map(({ waiter }) => taskName(waiter)));
  const tasks = new Map(waits.flatMap(tasksOf));
  const drawn = ranked.filter((wait) => shown.has(taskName(wait.waiter)) && shown.has(endOf(wait)));
  const drawing = await drawLinks({
    direction: "down",
    rankGap: 34,
    nodes: [...shown.keys()].map((label) => nodeOf(label, tasks.get(label), onCircle.has(label))),
    edges: drawn.map((wait) => edgeOf(wait, shown, circle.includes(wait))),
  });
  const left = labels.length - shown.size;
  const found =
    circle.length === 0
      ? "no circle of waits"
      : `a circle of ${counted(circle.length, "wait")}: ${circle.map(({ waiter }) => taskName(waiter)).join(" -> ")}`;
  const alt = `Who waits for whom: ${counted(waits.length, "wait")}, ${found}.`;
  const leftOut =
    left === 0 ? [] : [`${counted(left, "more task is", "more tasks are")} left out.`];
  return {
    name: "wait-graph",
    alt,
    text: [...drawWaits(waits), ...leftOut].join("\n"),
    svg: framed(drawing, {
      heading: `Who waits for whom: ${circle.length === 0 ? found : `a circle of ${counted(circle.length, "wait")}`}`,
      alt,
      notes: leftOut,
      minWidth: 420,
    }),
  };
}

/** Where a wait leads: the holder, or that the text does not show who holds the lock. */
const endOf = (wait: TaskWait): string =>
  holderOf(wait) ?? `not shown who holds ${addressOf(wait.lock) ?? waitedFor(wait)}`;

const tasksOf = ({ waiter, holder }: TaskWait): readonly (readonly [string, ListedTask])[] =>
  [waiter, ...(holder === null ? [] : [holder])].map((task) => [taskName(task), task] as const);

function nodeOf(label: string, task: ListedTask | undefined, hot: boolean): LinkNode {
  const blocked = task?.blockedFor ?? null;
  return {
    lines: [
      { ...name, text: shorten(label, 420, name) },
      ...(blocked === null ? [] : [{ ...small, text: `blocked for ${blocked} s` }]),
    ],
    fill: hot ? "redWash" : "panel",
    stroke: hot ? "red" : "line",
    outline: hot ? 2 : 1.2,
  };
}

function edgeOf(wait: TaskWait, at: ReadonlyMap<string, number>, hot: boolean): LinkEdge {
  const tone = hot ? "red" : "muted";
  const sure = wait.likely === null && wait.waiter.frames.length > 0;
  return {
    from: at.get(taskName(wait.waiter)) ?? 0,
    to: at.get(endOf(wait)) ?? 0,
    lines: [{ size: 12, mono: true, bold: hot, tone, text: shorten(waitedFor(wait), 360, name) }],
    stroke: tone,
    width: hot ? 2 : 1.2,
    ...(sure ? {} : { dash: "5 4" }),
  };
}

/** Who would have to hold what, and wait for what, for a circle to be a deadlock. */
import type { SplatEdge } from "../../evidence/edges/edge.js";
import type { Evidence } from "../../evidence/evidence.js";
import { readsOn } from "../../evidence/usage/reading.js";
import type { HeldLocks, SomeParts } from "../../report/index.js";
import { readersWait, writerNeeded } from "./readers.js";
import { isEntered, isNeverWaited } from "./wait-words.js";
import { code, listed } from "./words.js";

/**
 * Returns the steps of a circle, one a task.
 *
 * @param waits the classes that stand for waiting, which nobody holds
 */
export function circleSteps(evidence: Evidence, waits: ReadonlySet<string>): readonly string[] {
  const { edges, report } = evidence;
  if (edges.length === 0) return ["The text does not show where the report names the circle."];
  const { held }: SomeParts = report;
  const own = ownWithin(evidence, waits);
  const needed = own === null ? edges : edges.slice(0, own.after);
  const tasks = tasksOf(needed, waits, own === null);
  const [next] = tasks;
  // Who enters what nobody waits for goes on to what is taken within.
  const goesOn = own !== null && isNeverWaited(own.edge.to) ? (next?.at(-1) ?? null) : null;
  const steps = tasks.slice(goesOn === null ? 0 : 1).map((each) => stepOf(each, waits, held));
  if (own !== null && goesOn !== null) {
    steps.push(
      `this task, which already ${hasIt(own.lock, waits)}, enters ${code(own.edge.to)} and may wait there for ${code(goesOn.to)}, as another did: the rest of the circle needs nobody else`,
    );
  } else if (own !== null) {
    const { lock, edge } = own;
    steps.push(
      `this task, which already ${hasIt(lock, waits)}, waits for ${code(edge.to)}${readsOn(edge.frames) ? " for reading" : ""}: the rest of the circle needs nobody else`,
    );
  }
  const more = needed.reduce((sum, { gap }) => sum + (gap?.least ?? 0), 0);
  const whole = needed.every(({ gap }) => gap === null);
  const lost = more === 0 ? "" : ` (the text has lost ${more === 1 ? "one" : more} of them)`;
  const all = `${whole ? "All" : "At least"} ${steps.length + more}${lost}`;
  return [
    steps.length + more === 1
      ? whole
        ? "One task is enough:"
        : "At least one task, about the same locks (not only the same classes):"
      : `${all} at the same moment, each about the same locks (not only the same classes):`,
    ...steps,
    ...fewer(tasks),
    ...writerNeeded(
      evidence,
      needed.filter((edge) => !isSync(edge)).map(({ to }) => to),
    ),
    ...readersWait(evidence, own === null ? needed : [...needed, own.edge]),
  ];
}

/** Of one edge after the other the report shows only that each was seen, not by how many tasks. */
const fewer = (tasks: readonly (readonly SplatEdge[])[]): readonly string[] =>
  tasks.filter((edges) => edges.every(({ learnt }) => learnt === "earlier")).length < 2
    ? []
    : ["Fewer are enough where one of the others holds two of these locks at once."];

const hasIt = (name: string, waits: ReadonlySet<string>): string =>
  `${waits.has(name) || isNeverWaited(name) ? "is within" : "holds"} ${code(name)}`;

/**
 * Returns the edges by the task that they are of. Who enters what stands for waiting does not wait
 * for it, as a worker that runs an item of its queue: the next edge is of the same task.
 *
 * @param closed whether the last edge leads to the first
 */
function tasksOf(
  edges: readonly SplatEdge[],
  waits: ReadonlySet<string>,
  closed: boolean,
): readonly (readonly SplatEdge[])[] {
  const enters = (edge: SplatEdge): boolean => isEntered(edge, waits);
  const last = edges.at(-1);
  const turned = closed && last !== undefined && enters(last);
  const first = turned ? edges.findLastIndex((edge) => !enters(edge)) + 1 : 0;
  const tasks: SplatEdge[][] = [];
  let open: SplatEdge[] = [];
  for (const edge of [...edges.slice(first), ...edges.slice(0, first)]) {
    open.push(edge);
    if (enters(edge)) continue;
    tasks.push(open);
    open = [];
  }
  return open.length === 0 ? tasks : [...tasks, open];
}

function stepOf(
  edges: readonly SplatEdge[],
  waits: ReadonlySet<string>,
  held: HeldLocks | null | undefined,
): string {
  const [first] = edges;
  const last = edges.at(-1);
  if (first === undefined || last === undefined) return "";
  const within = edges.slice(0, -1).map(({ to }) => code(to));
  const inside = within.length === 0 ? [] : [`is within ${listed(within)}`];
  const has = [hasIt(first.from, waits), ...inside].join(", ");
  const { to, gap, frames } = last;
  const through =
    gap === null ? "" : gap.least > 0 ? ", through others," : ", directly or through others,";
  const reading = readsOn(frames) && gap === null ? " for reading" : "";
  // Others may lie between: those are waited for.
  const does = isNeverWaited(to) ? ["comes", "to"] : ["waits", "for"];
  return `${whoOf(edges, held)} ${has} and ${does[0] ?? ""}${through} ${does[1] ?? ""} ${code(to)}${reading}`;
}

/** Of several edges the report shows this task on one alone, unless it is seen to hold the first lock. */
function whoOf(edges: readonly SplatEdge[], held: HeldLocks | null | undefined): string {
  if (!edges.some(({ learnt }) => learnt === "now")) return "another task or CPU";
  const [first] = edges;
  const sure =
    edges.length === 1 ||
    (edges.at(-1)?.learnt === "now" && held && first && holds(held, first.from));
  return sure ? "this task" : "a task or CPU that does what this one does";
}

/**
 * Returns the first lock on the way from what is wanted that this task holds before the circle
 * closes, and how many edges lead to it: who waits for that lock waits for this task.
 */
function ownWithin(
  { edges, report }: Evidence,
  waits: ReadonlySet<string>,
): {
  readonly lock: string;
  readonly after: number;
  readonly edge: SplatEdge;
} | null {
  const { held }: SomeParts = report;
  const last = edges.at(-1);
  if (last?.learnt !== "now" || !held) return null;
  const after = edges.findIndex(({ from, to }, at) => {
    const before = edges[at - 1];
    return (
      before !== undefined &&
      !isEntered(before, waits) &&
      from !== last.from &&
      from !== edges[0]?.from &&
      from !== to &&
      holds(held, from)
    );
  });
  const lock = edges[after]?.from;
  return lock === undefined ? null : { lock, after, edge: last };
}

const holds = ({ locks }: HeldLocks, name: string): boolean =>
  locks.some((lock) => lock.name === name);

/** Whether an edge was learnt where the end of all readers is waited for, as by synchronize_srcu(). */
const isSync = ({ frames }: SplatEdge): boolean =>
  frames.some(({ symbol }) =>
    /^(?:lock_sync|srcu_lock_sync|_*synchronize_\w+)$/.test(symbol ?? ""),
  );

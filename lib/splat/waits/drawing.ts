/** The graph of waits drawn with characters: the circle, then who waits besides. */
import type { ListedTask } from "./read.js";
import { circleIn, holderOf, taskName, waitedFor, type TaskWait } from "./wait-for.js";

/** So many waiters for one lock are named, the others counted. */
const named = 3;

/** Returns the lines of the drawing; none where nobody is seen to wait for anybody. */
export function drawWaits(waits: readonly TaskWait[]): readonly string[] {
  const circle = circleIn(waits);
  const others = waits.filter((wait) => !circle.includes(wait));
  const round = circle.length === 0 ? [] : drawCircle(circle);
  const beside = drawOthers(others, circle);
  return [...round, ...(round.length === 0 || beside.length === 0 ? [] : [""]), ...beside];
}

function drawCircle(circle: readonly TaskWait[]): readonly string[] {
  const lines = circle.flatMap((wait, at) => {
    const last = at === circle.length - 1;
    return [
      `${at === 0 ? ".->" : "|  "} ${taskName(wait.waiter)}${holdsWords(wait, circle)}`,
      `|       |  waits for ${waitedFor(wait)}`,
      last ? "'-------'" : "|       v",
    ];
  });
  return lines;
}

/** Returns what a task of the circle holds that the one before it waits for. */
function holdsWords({ waiter }: TaskWait, circle: readonly TaskWait[]): string {
  const before = circle.find(({ holder }) => holder === waiter);
  return before?.held == null ? "" : `  holds ${before.held.name}`;
}

/** Returns one line for all that wait for one lock of one holder. */
function drawOthers(others: readonly TaskWait[], circle: readonly TaskWait[]): readonly string[] {
  const rows = new Map<string, ListedTask[]>();
  const inCircle = new Set(circle.map(({ waiter }) => waiter));
  for (const wait of others) {
    const holder = holderOf(wait);
    const stands =
      wait.holder !== null && inCircle.has(wait.holder)
        ? " (in the circle)"
        : wait.sure
          ? ""
          : ", or it waits, too";
    const row = `--- ${waitedFor(wait)} ---> ${holder === null ? "?" : `${holder}${stands}`}`;
    rows.set(row, [...(rows.get(row) ?? []), wait.waiter]);
  }
  return [...rows].map(([row, waiters]) => {
    const names = waiters.slice(0, named).map(taskName);
    const more = waiters.length - names.length;
    return `${names.join(", ")}${more === 0 ? "" : ` and ${more} more`} ${row}`;
  });
}

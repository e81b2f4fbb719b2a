/** What a paste of blocked tasks says, in sentences. */
import { addressOf } from "../evidence/address.js";
import { code, pathOf, placeOf } from "../explain/words/words.js";
import { paragraph } from "../explain/format/wrap.js";
import type { HeldMention } from "../report/index.js";
import type { ListedTask } from "./read.js";
import { circleIn, waitsOf, withoutSleep, type Wait } from "./wait-for.js";

/** A paste of blocked tasks, explained; locks and functions are in backquotes. */
export interface WaitsExplanation {
  readonly title: string;
  /** The waits that close a circle, each of a task that is blocked now; empty where none do. */
  readonly circle: readonly string[];
  /** The waits outside of a circle. */
  readonly others: readonly string[];
  /** What is missing to say more. */
  readonly missing: readonly string[];
}

/**
 * Returns what blocked tasks and their locks say, or null where a text has no blocked task.
 *
 * @param tasks as `readTasks()` gives them
 */
export function explainWaits(tasks: readonly ListedTask[]): WaitsExplanation | null {
  const waits = waitsOf(tasks);
  const stuck = tasks.filter(({ blockedFor }) => blockedFor !== null);
  if (waits.length === 0 && stuck.length === 0) return null;
  const circle = circleIn(waits);
  const others = waits.filter((wait) => !circle.includes(wait));
  const silent = stuck.filter((task) => waits.every(({ waiter }) => waiter !== task));
  return {
    title: circle.length > 0 ? "A deadlock that happened" : "Tasks that are blocked",
    circle: circle.map((wait) => sentence(wait)),
    others: [...others.map((wait) => sentence(wait)), ...silent.map(blockedOn)],
    missing: missingIn(tasks, waits),
  };
}

const nameOf = ({ comm, pid }: ListedTask): string => `${comm}/${pid}`;

const where = (lock: HeldMention): string => {
  const address = addressOf(lock);
  return `${code(lock.name)}${address === null ? "" : ` at ${address}`}${placeOf(lock)}`;
};

function sentence({ waiter, lock, holder, held }: Wait): string {
  const own = waiter.locks.filter((each) => each !== lock);
  const holding = own.length === 0 ? "" : ` holds ${own.map(where).join(", ")} and`;
  const by =
    holder === null || held === null
      ? "; no task of the text holds it"
      : `, which ${nameOf(holder)} holds, taken${placeOf(held)}`;
  return `${nameOf(waiter)}${holding} waits for ${where(lock)}${by}.`;
}

const blockedOn = (task: ListedTask): string =>
  `${nameOf(task)} has been blocked for ${String(task.blockedFor)} s${task.frames.length === 0 ? "" : ` on ${pathOf(withoutSleep(task.frames))}`}; which lock it waits for, the text does not show.`;

function missingIn(tasks: readonly ListedTask[], waits: readonly Wait[]): readonly string[] {
  const none = tasks.every(({ locks }) => locks.length === 0);
  return [
    ...(none
      ? [
          "The list of all locks held: with CONFIG_LOCKDEP the kernel prints it after the hung tasks, or on sysrq-d.",
        ]
      : []),
    ...(waits.some(({ lock }) => addressOf(lock) === null)
      ? ["The addresses of the locks, which are hidden: no_hash_pointers shows them."]
      : []),
  ];
}

/** Returns the explanation as lines of text. */
export function waitsText({ title, circle, others, missing }: WaitsExplanation): string {
  const list = (heading: string, items: readonly string[]): readonly string[] =>
    items.length === 0 ? [] : ["", heading, ...items.flatMap((item) => paragraph(item, "  - "))];
  const lines = [
    title,
    "=".repeat(title.length),
    ...list("Each of them waits for the next", circle),
    ...list(circle.length === 0 ? "Who waits for what" : "Who waits besides", others),
    ...list("What is missing", missing),
    ...(circle.length === 0
      ? []
      : [
          "",
          "This is no prediction: the locks are the same ones, by their addresses, and every task is blocked.",
        ]),
  ];
  return `${lines.join("\n").replace(/`/g, "")}\n`;
}

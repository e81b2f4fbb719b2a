/** What a paste of blocked tasks says, in sentences. */
import { addressOf } from "../evidence/address.js";
import { primitiveOn, sleeps } from "../evidence/taking.js";
import { code, listed, pathOf, placeOf } from "../explain/words/words.js";
import { paragraph } from "../explain/format/wrap.js";
import type { HeldMention } from "../report/index.js";
import { sureNames } from "../stacks/fold-stack.js";
import type { ListedTask } from "./read.js";
import { circleIn, waitsOf, withoutSleep, type Wait } from "./wait-for.js";

/** A paste of blocked tasks, explained; locks and functions are in backquotes. */
export interface WaitsExplanation {
  readonly title: string;
  /** The waits that close a circle, each of a task that is blocked now; empty where none do. */
  readonly circle: readonly string[];
  /** How sure the circle is; empty where there is none. */
  readonly certainty: string;
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
    title: circle.length === 0 ? "Tasks that are blocked" : titleOf(circle),
    circle: circle.map(sentence),
    certainty: circle.length === 0 ? "" : certaintyOf(circle),
    others: [...others.map(sentence), ...together(silent)],
    missing: missingIn(tasks, waits),
  };
}

const isSure = ({ waiter, likely }: Wait): boolean => likely === null && waiter.frames.length > 0;

const titleOf = (circle: readonly Wait[]): string =>
  circle.every(isSure) ? "A deadlock that happened" : "A circle of waits, very likely a deadlock";

function certaintyOf(circle: readonly Wait[]): string {
  if (circle.every(isSure)) {
    return "This is no prediction: the locks are the same ones, by their addresses, and every task is blocked.";
  }
  return circle.some(({ likely }) => likely !== null)
    ? "Who owns what is what the kernel found in the locks when it printed; an owner may have changed since."
    : "The stacks are not in the text: a task that is said to wait may have the lock already, as one of several readers.";
}

const nameOf = ({ comm, pid }: Pick<ListedTask, "comm" | "pid">): string => `${comm}/${pid}`;

const where = (lock: HeldMention): string => {
  const address = addressOf(lock);
  return `${code(lock.name)}${address === null ? "" : ` at ${address}`}${placeOf(lock)}`;
};

function sentence({ waiter, lock, holder, held, likely }: Wait): string {
  const own = waiter.locks.filter((each) => each !== lock);
  const holding = own.length === 0 ? "" : ` holds ${own.map(where).join(", ")} and`;
  const what = lock === null ? `${aKind(likely?.what ?? "lock")}${path(waiter)}` : where(lock);
  const by =
    likely !== null
      ? `, which ${nameOf(likely)} ${likely.last ? "had last" : "owns"}, as the kernel says`
      : holder === null || held === null
        ? "; no task of the text holds it"
        : `, which ${nameOf(holder)} holds, taken${placeOf(held)}`;
  return `${nameOf(waiter)}${holding} waits for ${what}${by}.`;
}

const aKind = (what: string): string => `${what.startsWith("rw-") ? "an" : "a"} ${what}`;

const path = ({ frames }: ListedTask): string =>
  frames.length === 0 ? "" : ` on ${pathOf(withoutSleep(frames))}`;

/** Most logs have many tasks at one place: each place is told once. */
function together(tasks: readonly ListedTask[]): readonly string[] {
  const places = new Map<string, ListedTask[]>();
  for (const task of tasks) {
    const told = blockedOn(task);
    places.set(told, [...(places.get(told) ?? []), task]);
  }
  return [...places].map(([told, all]) => {
    const names = all.slice(0, 3).map(nameOf);
    const more = all.length - names.length;
    const who = more === 0 ? listed(names) : `${names.join(", ")} and ${more} more`;
    const times = all.map(({ blockedFor }) => blockedFor ?? 0);
    const [least, most] = [Math.min(...times), Math.max(...times)];
    const long = least === most ? `${least} s` : `${least} to ${most} s`;
    return `${who} ${all.length === 1 ? "has" : "have"} been blocked for ${long}${told}`;
  });
}

function blockedOn(task: ListedTask): string {
  const { locks, frames } = task;
  const holding = locks.length === 0 ? "" : ` It holds ${locks.map(where).join(", ")}.`;
  const stack = withoutSleep(frames);
  const [inner] = sureNames(stack);
  if (inner === undefined) return `; what it waits for, the text does not show.${holding}`;
  const lock = sleeps(primitiveOn(stack));
  return lock
    ? `${path(task)}; which lock it waits for, the text does not show.${holding}`
    : `${path(task)}: it waits in ${code(inner)}, for something that is none of the locks that lockdep lists.${holding}`;
}

function missingIn(tasks: readonly ListedTask[], waits: readonly Wait[]): readonly string[] {
  const none = tasks.every(({ locks }) => locks.length === 0);
  const hidden = waits.some(({ lock }) => lock !== null && addressOf(lock) === null);
  return [
    ...(none
      ? [
          "The list of all locks held: with CONFIG_LOCKDEP the kernel prints it after the hung tasks, or on sysrq-d.",
        ]
      : []),
    ...(hidden
      ? ["The addresses of the locks, which are hidden: no_hash_pointers shows them."]
      : []),
  ];
}

/** Returns the explanation as lines of text. */
export function waitsText(explanation: WaitsExplanation): string {
  const { title, circle, certainty, others, missing } = explanation;
  const list = (heading: string, items: readonly string[]): readonly string[] =>
    items.length === 0 ? [] : ["", heading, ...items.flatMap((item) => paragraph(item, "  - "))];
  const lines = [
    title,
    "=".repeat(title.length),
    ...list("Each of them waits for the next", circle),
    ...list(circle.length === 0 ? "Who waits for what" : "Who waits besides", others),
    ...list("What is missing", missing),
    ...(certainty === "" ? [] : ["", ...paragraph(certainty, "")]),
  ];
  return `${lines.join("\n").replace(/`/g, "")}\n`;
}

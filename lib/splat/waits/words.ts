/** What a paste of blocked tasks says, in sentences. */
import { addressOf } from "../evidence/lock/address.js";
import { primitiveOn, sleepsOn } from "../evidence/lock/taking.js";
import { code, listed, pathOf, placeOf } from "../explain/words/words.js";
import { isWithin } from "../explain/suspects/within.js";
import { paragraph } from "../explain/format/wrap.js";
import type { HeldMention } from "../report/index.js";
import type { ListedTask } from "./read.js";
import { sureNames } from "../stacks/fold-stack.js";
import { plainName, works } from "../stacks/functions.js";
import { missingIn, sharedIn, unlisted } from "./missing.js";
import { waitsForItem, waitsForWords } from "./purpose.js";
import { drawWaits } from "./drawing.js";
import { rootsOf, type Root } from "./roots.js";
import {
  circleIn,
  isShownAsleep,
  taskName,
  waitedFor,
  waitsOf,
  withoutSleep,
  type TaskWait,
} from "./wait-for.js";

/** A paste of blocked tasks, explained; locks and functions are in backquotes. */
export interface WaitsExplanation {
  readonly title: string;
  /** The graph of waits, drawn with characters; empty where nobody is seen to wait. */
  readonly drawing: readonly string[];
  /** The waits that close a circle, each of a task that is blocked now; empty where none do. */
  readonly circle: readonly string[];
  /** How sure the circle is; empty where there is none. */
  readonly certainty: string;
  /** The waits outside of a circle. */
  readonly others: readonly string[];
  /** Who has what, of a list of all locks in which nobody is seen to wait. */
  readonly held: readonly string[];
  /** Where the chains of waits end. */
  readonly roots: readonly string[];
  /** What is missing to say more. */
  readonly missing: readonly string[];
}

/**
 * Returns what blocked tasks and their locks say, or null where a text has neither a blocked task
 * nor a list of all locks held.
 *
 * @param tasks as `readTasks()` gives them
 */
export function explainWaits(tasks: readonly ListedTask[]): WaitsExplanation | null {
  const waits = waitsOf(tasks);
  const stuck = tasks.filter(({ blocked }) => blocked);
  if (waits.length === 0 && stuck.length === 0) return heldAlone(tasks);
  const circle = circleIn(waits);
  const others = waits.filter((wait) => !circle.includes(wait));
  const silent = stuck.filter((task) => waits.every(({ waiter }) => waiter !== task));
  return {
    title: circle.length === 0 ? "Tasks that are blocked" : titleOf(circle),
    drawing: drawWaits(waits),
    circle: circle.map(sentence),
    certainty: circle.length === 0 ? "" : certaintyOf(circle),
    others: [...others.map(sentence), ...together(silent)],
    held: [],
    roots: rootsOf(waits).map(rootWords),
    missing: missingIn(tasks, waits),
  };
}

/** Returns a list of all locks held, in which nobody is seen to wait. */
function heldAlone(tasks: readonly ListedTask[]): WaitsExplanation | null {
  const holders = tasks.filter(({ locks, ofAll }) => ofAll && locks.length > 0);
  if (holders.length === 0) return null;
  return {
    title: "Locks that are held, and nobody is seen to wait",
    drawing: [],
    circle: [],
    certainty: "",
    others: [],
    held: holders.map(hasWords),
    roots: [],
    missing: [
      ...unlisted(tasks),
      ...sharedIn(holders),
      "Who is blocked, and on what: the stacks of the tasks (sysrq-w shows those that are blocked, sysrq-t all). lockdep lists a lock from before it is waited for.",
    ],
  };
}

function hasWords(task: ListedTask): string {
  const own = task.locks.filter((each) => !isWithin(each));
  const states = task.locks.filter(isWithin).map(({ name }) => code(name));
  const within = states.length === 0 ? "" : ` runs within ${states.join(", ")}`;
  const has = own.length === 0 ? "" : ` has ${own.map(where).join(", ")}`;
  return `${taskName(task)}${within}${within === "" || has === "" ? "" : ", and"}${has}.`;
}

/** Returns who holds up the others while it waits for none of the locks itself. */
function rootWords({ task, waiters }: Root): string {
  const stack = withoutSleep(task.frames);
  const does =
    stack.length === 0
      ? doesWords(task)
      : !task.blocked && stack.length === task.frames.length
        ? ` It is${path(task)}`
        : ` It ${task.blocked ? "is blocked" : "sleeps"}${path(task)}${waitsFor(task)}`;
  const count = waiters.length === 1 ? "One task waits" : `${waiters.length} tasks wait`;
  return `${count} in the end for ${taskName(task)}${does.startsWith(";") ? does : `.${does}`}.${closes(task, waiters)}`;
}

/** Without a stack the last of its locks tells how far it has come. */
function doesWords({ locks }: ListedTask): string {
  const last = locks.at(-1);
  return last === undefined || locks.length < 2
    ? "; what it does, the text does not show"
    : `; its stack was not found in the text: the last that it holds, or waits for, is ${where(last)}`;
}

/** Returns what may close the circle that is no lock: a work item, or the suspend of a device, that a waiter is in the midst of. */
function closes(task: ListedTask, waiters: readonly ListedTask[]): string {
  const worker = waitsForItem(task.frames) ? waiters.find(isWorker) : undefined;
  if (worker !== undefined) {
    return ` ${taskName(worker)}, which waits for it, runs a work item: where that is the one, or stands before it on its queue, the two wait for each other.`;
  }
  const powers = /^rpm_(?:suspend|resume|idle)$/;
  const within = ({ frames }: ListedTask): string | undefined =>
    sureNames(frames).find((name) => powers.test(name));
  const [wait, maker] = [within(task), waiters.find((each) => within(each) !== undefined)];
  if (wait === undefined || maker === undefined) return "";
  return ` ${taskName(maker)}, which waits for it, is in the midst of ${code(within(maker) ?? "")}: where that is the same device, the two wait for each other.`;
}

const isWorker = ({ frames, locks }: ListedTask): boolean =>
  [...sureNames(frames), ...locks.map(({ at }) => at?.symbol ?? "")].some((name) =>
    works.test(plainName(name)),
  );

const isSure = ({ waiter, likely }: TaskWait): boolean =>
  likely === null && waiter.frames.length > 0;

const titleOf = (circle: readonly TaskWait[]): string =>
  circle.every(isSure) ? "A deadlock that happened" : "A circle of waits, very likely a deadlock";

function certaintyOf(circle: readonly TaskWait[]): string {
  if (circle.every(isSure)) {
    return "This is no prediction: the locks are the same ones, by their addresses, and every task is blocked.";
  }
  return circle.some(({ likely }) => likely !== null)
    ? "Who owns what is what the kernel found in the locks when it printed; an owner may have changed since."
    : "Not all of their stacks are in the text: a task that is said to wait may have the lock already, as one of several readers.";
}

const where = (lock: HeldMention): string => {
  const address = addressOf(lock);
  return `${code(lock.name)}${address === null ? "" : ` at ${address}`}${placeOf(lock)}`;
};

function sentence(wait: TaskWait): string {
  const { waiter, lock, holder, likely } = wait;
  const own = waiter.locks.filter((each) => each !== lock);
  const all = own.filter((each) => !isWithin(each));
  // Of which lock it waits for the text says nothing: it may be the last that is listed.
  const open = lock === null ? all.at(-1) : undefined;
  const held = all.filter((each) => each !== open);
  const states = own.filter(isWithin);
  const holding = [
    ...(states.length === 0
      ? []
      : [` runs within ${states.map(({ name }) => code(name)).join(", ")}`]),
    ...(held.length === 0 ? [] : [` holds ${held.map(where).join(", ")}`]),
    ...(open === undefined ? [] : [` has ${where(open)}, which it holds or waits for,`]),
  ];
  const before = holding.length === 0 ? "" : `${holding.join(",")} and`;
  const what = lock === null ? `${waitedFor(wait)}${path(waiter)}` : where(lock);
  const by =
    likely !== null && likely.pid === waiter.pid
      ? `, which it ${likely.last ? "had last" : "likely owns"} itself, as the kernel says: then it waits for itself`
      : likely !== null
        ? `, which ${taskName(likely)} ${likely.last ? "had last" : "likely owns"}, as the kernel says`
        : holder === null || wait.held === null
          ? "; who holds it, the text does not show"
          : wait.sure
            ? `, which ${taskName(holder)} holds, taken${placeOf(wait.held)}`
            : `, which ${taskName(holder)} has as its last, too: it holds it, or waits for it as well`;
  return `${taskName(waiter)}${before} waits for ${what}${by}.`;
}

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
    const names = all.slice(0, 3).map(taskName);
    const more = all.length - names.length;
    const who = more === 0 ? listed(names) : `${names.join(", ")} and ${more} more`;
    const one = all.length === 1;
    const said = one ? told : told.replace(/\bit (waits|holds)\b/gi, plural);
    return `${who} ${blockedWords(all)}${said}`;
  });
}

/** For how long, which only the headline of a hung task says. */
function blockedWords(tasks: readonly ListedTask[]): string {
  const one = tasks.length === 1;
  const times = tasks.flatMap(({ blockedFor }) => blockedFor ?? []);
  if (times.length < tasks.length) return one ? "is blocked" : "are blocked";
  const [least, most] = [Math.min(...times), Math.max(...times)];
  const long = least === most ? `${least} s` : `${least} to ${most} s`;
  return `${one ? "has" : "have"} been blocked for ${long}`;
}

/** `it waits`, said of several. */
const plural = (_: string, verb: string, at: number, all: string): string =>
  `${all.charAt(at) === "I" ? "They" : "they"} ${verb.slice(0, -1)}`;

/** Returns what a stack ends in waiting for: a lock that the text does not name, or something else. */
function waitsFor({ frames }: ListedTask): string {
  const stack = withoutSleep(frames);
  if (sleepsOn(stack)) return "; which lock it waits for, the text does not show";
  const words = waitsForWords(stack, isShownAsleep(frames));
  return words === null
    ? "; what it waits for, the text does not show"
    : `: ${words.replace(/\.$/, "")}`;
}

function blockedOn(task: ListedTask): string {
  const { frames } = task;
  const own = task.locks.filter((each) => !isWithin(each));
  const stack = withoutSleep(frames);
  const waits = waitsForWords(stack, isShownAsleep(frames));
  const lock = primitiveOn(stack);
  // lockdep knows no semaphores.
  const isLock = sleepsOn(stack) && lock !== "semaphore";
  // The lock of a socket is listed only once its owner has it.
  const isListed = isLock && !sureNames(frames).includes("__lock_sock");
  // Where the text does not tell what is waited for, it may be the last that is listed.
  const holding =
    own.length === 0
      ? ""
      : waits === null || isListed
        ? ` It has ${own.map(where).join(", ")}: the last is held, or waited for.`
        : ` It holds ${own.map(where).join(", ")}.`;
  if (waits === null && !sleepsOn(stack)) {
    const unsure = stack.length === 0 ? "" : path(task);
    return `${unsure}; what it waits for, the text does not show.${holding}`;
  }
  if (lock === "semaphore")
    return `${path(task)}: it waits for a semaphore, of which lockdep knows no holder.${holding}`;
  return isLock
    ? `${path(task)}; which lock it waits for, the text does not show.${holding}`
    : `${path(task)}: ${waits}${holding}`;
}

/** Returns the explanation as lines of text. */
export function waitsText(explanation: WaitsExplanation): string {
  const { title, drawing, circle, certainty, others, held, roots, missing } = explanation;
  const list = (heading: string, items: readonly string[]): readonly string[] =>
    items.length === 0 ? [] : ["", heading, ...items.flatMap((item) => paragraph(item, "  - "))];
  const lines = [
    title,
    "=".repeat(title.length),
    ...(drawing.length === 0 ? [] : ["", ...drawing.map((line) => `  ${line}`)]),
    ...list("Each of them waits for the next", circle),
    ...list(circle.length === 0 ? "Who waits for what" : "Who waits besides", others),
    ...list("Who has what", held),
    ...list("Where the waits end", roots),
    ...list("What is missing", missing),
    ...(certainty === "" ? [] : ["", ...paragraph(certainty, "")]),
  ];
  return `${lines.join("\n").replace(/`/g, "")}\n`;
}

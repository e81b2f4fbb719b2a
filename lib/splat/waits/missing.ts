/** What a paste of blocked tasks leaves out, in sentences. */
import { addressOf } from "../evidence/lock/address.js";
import { isWithin } from "../explain/suspects/within.js";
import { code, listed } from "../explain/words/words.js";
import type { ListedTask } from "./read.js";
import { isSection, taskName, type TaskWait } from "./wait-for.js";

/** Returns whose locks the text does not list, or not all of them. */
export function unlisted(tasks: readonly ListedTask[]): readonly string[] {
  const counted = tasks.filter(({ count, locks }) => count !== null && locks.length < count);
  const said = (some: readonly ListedTask[], words: (task: ListedTask) => string): string => {
    const more = some.length - most;
    return more > 0
      ? `${some.slice(0, most).map(words).join(", ")} and ${more} more`
      : listed(some.map(words));
  };
  const none = counted.filter(({ locks }) => locks.length === 0);
  const some = counted.filter(({ locks }) => locks.length > 0);
  return [
    ...(none.length === 0
      ? []
      : [
          `The locks of ${said(none, (task) => `${taskName(task)} (${task.count ?? 0})`)}: of a task that runs lockdep tells only how many. What others wait for may be among them.`,
        ]),
    ...(some.length === 0
      ? []
      : [
          `Some of the locks of ${said(some, (task) => `${taskName(task)} (${task.count ?? 0}, of which ${task.locks.length} are in the text)`)}.`,
        ]),
  ];
}

/** So many tasks are named, the others counted. */
const most = 4;

export function missingIn(
  tasks: readonly ListedTask[],
  waits: readonly TaskWait[],
): readonly string[] {
  const none = tasks.every(({ locks }) => locks.length === 0);
  const hidden = waits.some(({ lock }) => lock !== null && addressOf(lock) === null);
  return [
    ...unlisted(tasks),
    ...(none
      ? [
          tasks.some(({ lockdepOff }) => lockdepOff)
            ? "The list of all locks held: lockdep had switched itself off, as it does with a report of its own and when the kernel oopses. Look further up in the log for what came first."
            : "The list of all locks held: with CONFIG_LOCKDEP the kernel prints it after the hung tasks, or on sysrq-d.",
        ]
      : []),
    ...(hidden
      ? ["The addresses of the locks, which are hidden: no_hash_pointers shows them."]
      : []),
  ];
}

/** Returns locks that several tasks have as their last: one of them may wait for the other. */
export function sharedIn(tasks: readonly ListedTask[]): readonly string[] {
  const byAddress = new Map<string, ListedTask[]>();
  for (const task of tasks) {
    const last = task.locks.at(-1);
    const address =
      last === undefined || isWithin(last) || isSection(last.name) ? null : addressOf(last);
    if (address !== null) byAddress.set(address, [...(byAddress.get(address) ?? []), task]);
  }
  return [...byAddress].flatMap(([address, sharing]) =>
    sharing.length < 2
      ? []
      : [
          `Whether ${listed(sharing.map(taskName))} share ${code(sharing[0]?.locks.at(-1)?.name ?? "")} at ${address} as readers, or one of them holds it and the others wait.`,
        ],
  );
}

/** What the debugging of spinlocks found: kernel/locking/spinlock_debug.c. */
import { code, inPlace, pathOf } from "../explain/words/words.js";
import { foundIn, type Found } from "./after.js";
import { machineParts } from "./machine-parts.js";
import type { OtherReport } from "./other-report.js";

const headline =
  /^[^A-Za-z]*BUG: (?<lock>spinlock|rwlock) (?<what>lockup suspected|lockup|bad magic|recursion|cpu recursion|cpu-lockup|already unlocked|wrong owner|wrong CPU|trylock failure on UP) on CPU#(?<cpu>\d+), (?<comm>\S.*?)\/(?<pid>\d+)(?:, .*)?\s*$/;
const fields =
  /lock: (?<name>\S+?),? .*?\.magic: (?<magic>[0-9a-f]+), \.owner: (?<owner>\S.*?)\/(?<pid>-?\d+), \.owner_cpu: (?<cpu>-?\d+)/;

/** Returns what the reports of a text say. */
export const readSpinBugs = (text: string): readonly OtherReport[] =>
  foundIn(text, headline).map(told);

const title = (lock: string, what: string): string =>
  what.includes("lockup")
    ? `A ${lock} that is waited for too long`
    : /recursion|trylock/.test(what)
      ? `A ${lock} that is taken twice`
      : `A ${lock} whose own fields are wrong: ${what}`;

interface Fields {
  readonly name: string;
  readonly magic: string;
  /** Null where nobody owns it. */
  readonly owner: string | null;
  readonly ownerCpu: string;
}

function fieldsIn(lines: Found["lines"]): Fields | null {
  for (const [at, { text }] of lines.slice(0, 12).entries()) {
    // A mailer may have moved the end of it to the next line.
    const whole = text.includes(".magic:") ? `${text} ${lines[at + 1]?.text.trim() ?? ""}` : text;
    const groups = fields.exec(whole)?.groups;
    if (groups === undefined) continue;
    const { name = "", magic = "", owner = "", pid = "", cpu = "" } = groups;
    const none = pid === "-1" || owner === "<none>";
    return { name, magic, owner: none ? null : `${owner}/${pid}`, ownerCpu: cpu };
  }
  return null;
}

/** A lock that was initialised has this (include/linux/spinlock_types_raw.h). */
const initialised: Readonly<Record<string, string>> = { spinlock: "dead4ead", rwlock: "deaf1eed" };

function told({ lines, groups }: Found): OtherReport {
  const { lock = "spinlock", what = "", cpu = "", comm = "", pid = "" } = groups;
  const parts = machineParts(lines);
  const found = fieldsIn(lines);
  const task = `${comm}/${pid}`;
  const name = found === null ? `the ${lock}` : code(found.name);
  const here = inPlace(parts.backtrace);
  const path = parts.backtrace.length === 0 ? "" : `, on ${pathOf(parts.backtrace)}`;
  const magic = magicWords(found, lock);
  const { says, mend } = caseOf(what, { task, cpu, name, here, found });
  return {
    kind: "spinlock-bug",
    title: title(lock, what),
    line: lines[0]?.number ?? 0,
    task,
    owner: found?.owner ?? null,
    says: [`${says}${path}.`, ...(magic === null ? [] : [magic])],
    mend: magic === null || what === "bad magic" ? mend : [...mend, "Look at its memory first."],
    missing: [
      ...(found === null ? ["The line with `.magic` and `.owner`, which says who has it."] : []),
      ...(parts.backtrace.length === 0 ? ["The stack of the CPU that reports."] : []),
      ...(what.includes("lockup") ? ["The stack of the owner: sysrq-l or sysrq-t prints it."] : []),
    ],
  };
}

function magicWords(found: Fields | null, lock: string): string | null {
  if (found === null || found.magic === initialised[lock]) return null;
  const is = /^0+$/.test(found.magic)
    ? "it was never initialised, or its memory was cleared"
    : /^(?:6b)+$/.test(found.magic)
      ? "its memory was freed (6b is the poison of freed objects)"
      : /^(?:5a)+$/.test(found.magic)
        ? "its memory was allocated and never written (5a is the poison of new objects)"
        : "its memory was overwritten";
  return `.magic is ${found.magic} and should be ${initialised[lock] ?? ""}: ${is}.`;
}

/** Why one CPU comes to a lock that was taken on it. */
const onOneCpu =
  "The owner took it on the very CPU that now wants it: it slept or was preempted with the lock held, returned without releasing it, or this is an interrupt that came while it was held. Release it on every path, do not sleep under it, and take it with interrupts off where one takes it too.";

interface Parties {
  readonly task: string;
  readonly cpu: string;
  readonly name: string;
  readonly here: string;
  readonly found: Fields | null;
}

function caseOf(
  what: string,
  { task, cpu, name, here, found }: Parties,
): { readonly says: string; readonly mend: readonly string[] } {
  const owner = found?.owner ?? null;
  if (what.includes("lockup")) {
    if (owner === task) return recursion(task, cpu, name, here);
    const by =
      owner === null
        ? "the text does not show who has it"
        : `${owner} has it, taken on CPU ${found?.ownerCpu ?? "?"}`;
    const same = owner !== null && found?.ownerCpu === cpu;
    return {
      says: `${task} on CPU ${cpu} spins for ${name}${here}; ${by}`,
      mend: [
        same
          ? onOneCpu
          : `It is no prediction: somebody waits now. See what ${owner ?? "the owner"} does with the lock held: whether it waits for what ${task} holds, never ends, or returned without releasing it.`,
      ],
    };
  }
  switch (what) {
    case "recursion":
      return recursion(task, cpu, name, here);
    case "cpu recursion":
      if (owner === task) return recursion(task, cpu, name, here);
      return {
        says: `${task} on CPU ${cpu} takes ${name}${here}, which ${owner ?? "another task"} took on the same CPU`,
        mend: [onOneCpu],
      };
    case "trylock failure on UP":
      return {
        says: `${task} tries ${name}${here}, which is taken, on a kernel for one CPU, where nobody can spin for it`,
        mend: [onOneCpu],
      };
    case "bad magic":
      return {
        says: `${task} on CPU ${cpu} uses ${name}${here}, which is no initialised lock`,
        mend: ["See that spin_lock_init() ran before, and that the object still lives (KASAN)."],
      };
    case "already unlocked":
      return {
        says: `${task} on CPU ${cpu} releases ${name}${here}, which nobody holds`,
        mend: [`Look for a second release on this path${here}, or one without the lock.`],
      };
    default:
      return {
        says: `${task} on CPU ${cpu} releases ${name}${here}, which ${owner ?? "another"} took on CPU ${found?.ownerCpu ?? "?"}`,
        mend: ["Who takes a spinlock releases it, on the same CPU: nothing may sleep between."],
      };
  }
}

const recursion = (
  task: string,
  cpu: string,
  name: string,
  here: string,
): { readonly says: string; readonly mend: readonly string[] } => ({
  says: `${task} on CPU ${cpu} takes ${name}${here}, which it has already: it waits for itself`,
  mend: [
    `Release it before, or call a variant that expects it held${here}; where an interrupt takes it again, take it with interrupts off.`,
  ],
});

/**
 * Reads who is blocked and who holds what: hung tasks, and all locks held in the system.
 *
 * The forms are those of `check_hung_task()` in kernel/hung_task.c, `sched_show_task()` in
 * kernel/sched/core.c and `debug_show_all_locks()` in kernel/locking/lockdep.c (sysrq-d).
 */
import { inputLines } from "../read/input/input.js";
import { learnPrefixes } from "../read/input/learned.js";
import type { Line } from "../read/input/line.js";
import { LineReader } from "../read/input/lines.js";
import { readLockLine, type LockLine } from "../read/draft/lock.js";
import { unwrap } from "../read/segment/unwrap.js";
import { readFrame } from "../read/draft/site.js";
import type { HeldMention, StackFrame } from "../report/index.js";
import { isEntry } from "../stacks/fold-stack.js";

/** Whom the kernel takes for the owner of what a task waits for (`debug_show_blocker()`, since 6.15). */
export interface LikelyOwner {
  /** `mutex`, `semaphore` or `rw-semaphore`. */
  readonly what: string;
  readonly comm: string;
  readonly pid: number;
  /** True where it had it last, and need not have it any more. */
  readonly last: boolean;
}

/** A task of a pasted log, with what the log says of it. */
export interface ListedTask {
  readonly comm: string;
  readonly pid: number;
  /** For how many seconds it has not run, where the kernel says so. */
  readonly blockedFor: number | null;
  /** True where the text says so: by the headline of a hung task, or by its state, D. */
  readonly blocked: boolean;
  /** Innermost first; empty where it was not printed. */
  readonly frames: readonly StackFrame[];
  /** What lockdep has for held: a lock that the task waits for is in the list, as its last. */
  readonly locks: readonly HeldMention[];
  /** How many the kernel says that it holds, where it says so; of a task that runs it lists none. */
  readonly count: number | null;
  readonly owner: LikelyOwner | null;
  /** True where the text says that lockdep had switched itself off, so that it lists none. */
  readonly lockdepOff: boolean;
  /** True where its locks are of a list of all locks held in the system. */
  readonly ofAll: boolean;
  readonly line: number;
}

interface Growing {
  comm: string;
  pid: number;
  blockedFor: number | null;
  blocked: boolean;
  readonly frames: StackFrame[];
  readonly locks: HeldMention[];
  count: number | null;
  owner: LikelyOwner | null;
  lockdepOff: boolean;
  ofAll: boolean;
  line: number;
}

const hung =
  /INFO: task "?(?<comm>.+?)"?:(?<pid>\d+) (?:blocked|can't die) (?:in I\/O wait )?for more than (?<seconds>\d+) seconds/;
const owned =
  /INFO: task (?<comm>.+?):(?<pid>\d+)(?:\(T\d+\))? (?:<\w+> )?(?:is )?blocked on an? (?<what>mutex|semaphore|rw-semaphore),? likely (?<how>owned|last held) by task (?<owner>.+?):(?<by>\d+)(?:\(T\d+\))?(?: <\w+>)?\.?$/;
const shown = /^task:(?<comm>.+?)\s*state:(?<state>\S).*\bpid: *(?<pid>\d+)/;
/** The same up to 5.10: state, what is free of its stack, its number, its parent's, its flags. */
const shownBefore =
  /^(?<comm>\S.*?)\s+(?<state>D)\s*(?:[0-9a-f]{8,16}\s+)?\d+\s+(?<pid>\d+)\s+\d+\s+0x[0-9a-f]{8}$/;
/** A task that cannot die need not be blocked: it may run. */
const running = /^(?:\S+\s+R\s+running task|task:.+?\s+state:R\b)/;
const holds = /^(?<count>\d+|no) locks? (?:held by|on stack by) (?<comm>.+)\/(?<pid>\d+)[:.]$/;
/** A mailer broke it at the blank before the name of the task, or at a hyphen within. */
const cutHeading = /^(?:\d+|no) locks? held by(?:$| .*[^:.\s]$)/;
const all = /^Showing all locks held in the(?: system|$)|^(?:sysrq: )?Show Locks Held/i;
const ends = /^(?:=+|NMI backtrace|Kernel panic|INFO: (?!task )|Showing all locks|sysrq:)/;

/** Returns the tasks of a paste in the order in which they are first named. */
export function readTasks(text: string): readonly ListedTask[] {
  const tasks = new Map<number, Growing>();
  const reader = new LineReader(learnPrefixes(inputLines(text)).prefixes);
  const lines = [...inputLines(text)].flatMap((raw) => reader.read(raw));
  let stack: Growing | null = null;
  let list: Growing | null = null;
  let ofAll = false;
  let part = "";
  /** A sentence on an owner is long enough for a mailer to wrap. */
  const joined = (said: string): string | null => {
    const whole = part === "" ? said : `${part} ${said}`;
    part =
      /INFO: task .*\bblocked on an?\b/.test(whole) &&
      !/:\d+\S*(?: <\w+>)?\.?$/.test(whole.replace(/^.*blocked on/, "")) &&
      whole.length < 240
        ? whole
        : "";
    return part === "" ? whole : null;
  };
  let heading = "";
  const answer = new Answer();
  for (const line of unwrap(lines).lines) {
    let said = joined(line.text.trim());
    if (said === null) continue;
    const whole = `${heading}${heading.endsWith("-") ? "" : " "}${said}`;
    if (heading !== "" && holds.test(whole)) said = whole;
    heading = cutHeading.test(said) ? said : "";
    if (heading !== "") {
      [stack, list] = [null, null];
      continue;
    }
    ofAll ||= all.test(said);
    const owner = owned.exec(said)?.groups;
    if (owner !== undefined) {
      setOwner(tasks, owner, line);
      // The stack below it is the owner's.
      [stack, list] = [null, null];
      continue;
    }
    if (stack?.frames.length === 0 && running.test(said)) {
      stack.blockedFor = null;
      stack.blocked = false;
    }
    const named = taskIn(said);
    if (named !== null) {
      const task = known(tasks, named, line);
      // A log may go on for minutes, and each time it is more.
      if (named.seconds !== null) task.blockedFor = Math.max(task.blockedFor ?? 0, named.seconds);
      task.blocked ||= named.blocked;
      [stack, list] = [task, null];
      answer.begin(line);
      continue;
    }
    const holder = holds.exec(said)?.groups;
    if (holder?.["comm"] !== undefined) {
      list = known(tasks, { comm: holder["comm"], pid: Number(holder["pid"]) }, line);
      list.ofAll ||= ofAll;
      list.count ??= Number(holder["count"] === "no" ? 0 : holder["count"]);
      stack = null;
      continue;
    }
    if (ends.test(said)) [stack, list] = [null, null];
    const lock = list === null ? null : readLockLine(line);
    const isAnswer = answer.has(line);
    if (list !== null && lock !== null) addLock(list.locks, lock);
    else if (stack !== null && !isAnswer) {
      const frame = readFrame(line);
      if (frame !== null) stack.frames.push(frame);
      // What comes behind a whole stack is of another one, as where a mail shows it twice.
      else if (isWhole(stack.frames) || (stack.frames.length > 0 && prose.test(said))) stack = null;
    }
  }
  const off = lines.some(({ text }) => text.trim() === "INFO: lockdep is turned off.");
  for (const task of tasks.values()) task.lockdepOff = off;
  return [...tasks.values()];
}

/** Tells what somebody who answers a mail has written in the midst of a stack that it quotes. */
class Answer {
  #depth = 0;
  #isBlank = false;
  #isOpen = false;

  /** The stack begins here. */
  begin({ quotes }: Line): void {
    this.#depth = quotes;
    this.#isOpen = false;
  }

  /** Whether a line is of it: less quoted than the stack, and below a blank line, as the end of a wrapped one is not. */
  has({ quotes, text }: Line): boolean {
    const isBlank = text.trim() === "";
    if (quotes >= this.#depth && !isBlank) this.#isOpen = false;
    else if (!isBlank && this.#isBlank) this.#isOpen = true;
    this.#isBlank = isBlank;
    return this.#isOpen;
  }
}

/** What who writes a mail says below a stack. */
const prose = /^[A-Z][a-z']*(?: [\w'(]+[,;:]?){4,}/;

/** Whether a stack reaches to where its code is entered. */
const isWhole = (frames: readonly StackFrame[]): boolean =>
  frames.some(({ symbol, unsure }) => !unsure && symbol !== null && isEntry(symbol));

/** Adds a lock to a list; a symboliser repeats it for each function that the place was inlined into. */
function addLock(locks: HeldMention[], { index, lock }: LockLine): void {
  const last = locks.at(-1);
  const innermost = last?.inlinedIn.at(-1) ?? last?.at;
  if (last?.name === lock.name && innermost?.inlined === true && lock.at !== null) {
    if (index === null || index === last.index) {
      locks[locks.length - 1] = { ...last, inlinedIn: [...last.inlinedIn, lock.at] };
      return;
    }
  }
  if (index !== null && locks.every((each) => each.index !== index)) locks.push({ ...lock, index });
}

function setOwner(
  tasks: Map<number, Growing>,
  groups: Readonly<Record<string, string | undefined>>,
  line: Line,
): void {
  const { comm = "", pid, what = "", how, owner = "", by } = groups;
  const task = known(tasks, { comm, pid: Number(pid) }, line);
  task.owner ??= { what, comm: owner, pid: Number(by), last: how !== "owned" };
}

interface Named {
  readonly comm: string;
  readonly pid: number;
  readonly seconds: number | null;
  readonly blocked: boolean;
}

function taskIn(text: string): Named | null {
  const groups = (hung.exec(text) ?? shown.exec(text) ?? shownBefore.exec(text))?.groups;
  const comm = groups?.["comm"];
  if (comm === undefined) return null;
  const seconds = groups?.["seconds"];
  return {
    comm,
    pid: Number(groups?.["pid"]),
    seconds: seconds === undefined ? null : Number(seconds),
    blocked: seconds !== undefined || groups?.["state"] === "D",
  };
}

function known(
  tasks: Map<number, Growing>,
  { comm, pid }: Pick<Named, "comm" | "pid">,
  line: Line,
): Growing {
  const old = tasks.get(pid);
  if (old !== undefined) return old;
  const task: Growing = {
    comm,
    pid,
    blockedFor: null,
    blocked: false,
    frames: [],
    locks: [],
    count: null,
    owner: null,
    lockdepOff: false,
    ofAll: false,
    line: line.number,
  };
  tasks.set(pid, task);
  return task;
}

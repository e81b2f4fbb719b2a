/** "sleeping function called from invalid context": `__might_resched()` in kernel/sched/core.c. */
import { innerWait } from "../evidence/lock/narrowest.js";
import { primitiveOn, sleeps } from "../evidence/lock/taking.js";
import { isWithin } from "../explain/suspects/within.js";
import { code, listed, pathOf, placeOf } from "../explain/words/words.js";
import { readFrame } from "../read/draft/site.js";
import type { Line } from "../read/input/line.js";
import type { HeldMention, StackFrame } from "../report/index.js";
import { foldStack, sureNames } from "../stacks/fold-stack.js";
import { acquiring, plainName, reporting } from "../stacks/functions.js";
import { ownerOf, type Owner } from "../stacks/owner.js";
import { foundIn, type Found } from "./after.js";
import { machineParts, type MachineParts } from "./machine-parts.js";
import type { OtherReport } from "./other-report.js";
import { contextsOf } from "./preempt-count.js";

const headline =
  /^[^A-Za-z]*BUG: sleeping function called from invalid context at (?<place>\S+)\s*$/;

/** Returns what the reports of a text say. */
export const readSleeping = (text: string): readonly OtherReport[] =>
  foundIn(text, headline).map(told);

interface State {
  readonly atomic: boolean | null;
  readonly irqsOff: boolean | null;
  readonly count: number | null;
  readonly expected: number;
  readonly readers: number;
  /** Whether it was called between non_block_start() and non_block_end(). */
  readonly nonBlock: boolean;
  readonly task: string | null;
}

function stateIn(lines: readonly Line[]): State {
  const all = lines.map(({ text }) => text).join("\n");
  const atomic = /in_atomic\(\): (\d+),\s+irqs_disabled\(\): (\d+)/.exec(all);
  const name = /\bpid: (\d+),\s+name: (\S.*)/.exec(all);
  const count = /preempt_count: ([0-9a-f]+),\s+expected: ([0-9a-f]+)/.exec(all);
  const nested = /RCU nest depth: (\d+),\s+expected: (\d+)/.exec(all);
  const nonBlock = /\bnon_block: [1-9]/.test(all);
  // Before 5.16 the nesting of RCU readers was counted and not printed.
  const onlyReaders =
    count === null && nested === null && !nonBlock && atomic?.[1] === "0" && atomic[2] === "0";
  return {
    atomic: atomic === null ? null : atomic[1] !== "0",
    irqsOff: atomic === null ? null : atomic[2] !== "0",
    count: count === null ? null : parseInt(count[1] ?? "0", 16),
    expected: parseInt(count?.[2] ?? "0", 16),
    readers: onlyReaders ? 1 : Number(nested?.[1] ?? 0) - Number(nested?.[2] ?? 0),
    nonBlock,
    task: name === null ? null : `${name[2]?.trim() ?? ""}/${name[1] ?? ""}`,
  };
}

/** Where the kernel has no place in its record it prints address 0, or an address of no function. */
const noPlace = "none";

/** The function in which preemption was switched off, where CONFIG_DEBUG_PREEMPT tells. */
function disabledIn(lines: readonly Line[]): string | null {
  const printed = disabledAt(lines);
  return printed === noPlace ? null : printed;
}

function disabledAt(lines: readonly Line[]): string | null {
  const at = lines.findIndex(({ text }) => text.includes("Preemption disabled at:"));
  const line = lines[at];
  if (line === undefined) return null;
  const same = line.text.replace(/^.*Preemption disabled at:\s*/, "");
  const place = same.trim() === "" ? outermost(lines, at + 1) : { ...line, text: same };
  const symbol = place === undefined ? null : (readFrame(place)?.symbol ?? null);
  if (place !== undefined && /(?:^|\s)0x[0-9a-f]+\s*$/.test(place.text)) return noPlace;
  return symbol === null || /^(?:0x)?0/.test(symbol) ? null : plainName(symbol);
}

/** Of the lines that a symboliser makes of a place the last is the function itself, the others are inlined there. */
function outermost(lines: readonly Line[], from: number): Line | undefined {
  let at = from;
  while (/\[inline\]\s*$/.test(lines[at]?.text ?? "") && lines[at + 1] !== undefined) at++;
  return lines[at];
}

/**
 * Returns locks that let nobody sleep: by their wait type, by the function that switched preemption off,
 * by the name of an RCU section; or the only one, where preemption is off.
 */
function narrowIn(
  { held }: MachineParts,
  { count }: State,
  off: string | null,
  isRt: boolean,
): readonly HeldMention[] {
  const locks = (held?.locks ?? []).filter(({ wait }) => innerWait(wait) > 0 || wait === null);
  // With PROVE_RAW_LOCK_NESTING what sleeps has 4, without it 3.
  const sleeping = !isRt && locks.some(({ wait }) => innerWait(wait) === 4) ? 4 : 3;
  const sure = locks.filter(
    ({ name, wait, at }) =>
      name.startsWith("rcu_read_lock") ||
      (innerWait(wait) > 1 && innerWait(wait) < sleeping) ||
      (off !== null && at?.symbol === off),
  );
  const preempted = count !== null && (count & 0xff) > 0;
  return sure.length === 0 && preempted && locks.length === 1 && !isRt ? locks : sure;
}

function told({ lines, groups }: Found): OtherReport {
  const parts = machineParts(lines);
  const state = stateIn(parts.lines);
  const { backtrace, cpuLine, held } = parts;
  const task = state.task ?? (cpuLine === null ? null : `${cpuLine.comm}/${String(cpuLine.pid)}`);
  const off = disabledIn(parts.lines);
  const place = groups["place"] ?? "";
  const about = aboutToTake(parts, place);
  const narrow = narrowIn(parts, state, off, isOnRt(place)).filter((lock) => lock !== about);
  const locks = (held?.locks ?? []).filter((lock) => !isWithin(lock) && lock !== about);
  const within = (held?.locks ?? []).filter(isWithin).map(({ name }) => code(name));
  const names = sureNames(backtrace).map(plainName);
  const gone = off !== null && names.length > 0 && !names.includes(off) ? off : null;
  return {
    kind: "sleeping-function",
    title: "A function that may sleep, called where nothing may",
    line: lines[0]?.number ?? 0,
    task,
    owner: null,
    says: [
      `${task ?? "The task"} called a function that may sleep${/:\d+$/.test(place) ? ` (${place})` : ""}${inOwner(sleeperOf(backtrace, off))}${backtrace.length === 0 ? "" : `, on ${pathOf(backtrace)}`}.`,
      ...whyNot(state, off, backtrace),
      ...(locks.length === 0
        ? []
        : [`It holds ${listed(locks.map((lock) => `${code(lock.name)}${taken(lock)}`))}.`]),
      ...(about === null ? [] : [`It was about to take ${code(about.name)}.`]),
      ...(within.length === 0
        ? []
        : [
            `It runs within ${listed(within)}, which ${within.length === 1 ? "is no lock" : "are no locks"}.`,
          ]),
      ...(held !== null && held.count === 0 ? ["It holds no locks that lockdep knows."] : []),
    ],
    mend: mendOf(parts, state, narrow, off, gone),
    missing: missingIn(parts, state, off),
  };
}

/** On PREEMPT_RT a spinlock_t sleeps, so that it may be what sleeps (kernel/locking/spinlock_rt.c). */
const isOnRt = (place: string): boolean => /(?:spinlock|rwbase)_rt\.c:/.test(place);

/** Returns the lock that is listed and not held yet: these are told lockdep before they may sleep. */
function aboutToTake({ held }: MachineParts, place: string): HeldMention | null {
  return (isOnRt(place) ? held?.locks.at(-1) : null) ?? null;
}

function taken(lock: HeldMention): string {
  const place = placeOf(lock);
  return place === "" ? "" : `, taken${place}`;
}

function whyNot(
  { count, expected, irqsOff, readers, atomic, nonBlock }: State,
  off: string | null,
  backtrace: readonly StackFrame[],
): string[] {
  const shown = shownBy(backtrace);
  const contexts = count === null ? shown : contextsOf(count > expected ? count - expected : 0);
  const all = [
    ...contexts,
    ...(count === null && atomic === true && shown.length === 0 ? ["in an atomic context"] : []),
    ...(irqsOff === true ? ["with interrupts off"] : []),
    ...(readers > 0 ? ["inside an RCU read-side section"] : []),
    ...(nonBlock ? ["between non_block_start() and non_block_end()"] : []),
  ];
  return [
    ...(all.length === 0 ? [] : [`It ran ${listed(all)}.`]),
    ...(off === null ? [] : [`Preemption was switched off in ${code(off)}.`]),
  ];
}

/**
 * Returns the developer's function that called what may sleep: not further out than where preemption
 * was switched off, or else the one that is called there.
 */
function sleeperOf(frames: readonly StackFrame[], off: string | null): Owner | null {
  const owner = ownerOf(frames);
  const sure = frames.filter(({ unsure, symbol }) => !unsure && symbol !== null);
  const names = sure.map(({ symbol }) => plainName(symbol ?? ""));
  const outer = off === null ? -1 : names.indexOf(off);
  if (owner === null || outer < 0 || names.indexOf(plainName(owner.name)) <= outer) return owner;
  const at = names.findLastIndex(
    (name, each) => each < outer && ![reporting, acquiring].some((list) => list.test(name)),
  );
  const { location = null, module = null } = sure[at < 0 ? outer : at] ?? {};
  return { name: names[at < 0 ? outer : at] ?? owner.name, location, module };
}

/** Returns ``in `function` (file:line)`` after a blank, or nothing. */
function inOwner(owner: Owner | null): string {
  if (owner === null) return "";
  return ` in ${code(owner.name)}${owner.location === null ? "" : ` (${owner.location})`}`;
}

/** Kernels before 5.16 print no count, but the stack may show the interrupt. */
function shownBy(backtrace: readonly StackFrame[]): readonly string[] {
  const { context } = foldStack(backtrace);
  return context === "hardirq" || context === "softirq" ? [`in a ${context}`] : [];
}

function mendOf(
  { backtrace }: MachineParts,
  { count, readers, irqsOff, nonBlock }: State,
  narrow: readonly HeldMention[],
  off: string | null,
  gone: string | null,
): readonly string[] {
  const sleeper = sleeperOf(backtrace, off);
  const here = inOwner(sleeper);
  const inside = (count === null ? shownBy(backtrace) : contextsOf(count)).filter((each) =>
    each.startsWith("in "),
  );
  const owner = sleeper?.name;
  const allocates = allocatesIn(sureNames(backtrace), owner);
  if (panicsOn(backtrace)) {
    return [
      `The kernel was panicking: panic() runs with preemption off, and nothing that it calls may sleep, as happens${here}.`,
    ];
  }
  if (diesOn(backtrace)) {
    return [
      "The task is ended by the kernel, after an oops: it died where nothing may sleep, and this report only follows from that. The oops stands before it in the log.",
    ];
  }
  const locks = narrow.filter(({ name }) => !name.startsWith("rcu_"));
  if (gone !== null && narrow.length === 0 && inside.length === 0 && irqsOff !== true) {
    return [
      `${code(gone)} switched preemption off and is not on the stack: it did so for its caller, or a path of it returns without switching it on.`,
    ];
  }
  // Without CONFIG_PREEMPT_RCU such a section switches preemption off.
  const reads =
    readers > 0 ||
    (inside.length === 0 && locks.length === 0 && narrow.length > 0 && irqsOff !== true);
  const flag = allocates ? "allocate with GFP_ATOMIC, or before" : "do what sleeps before";
  return [
    ...(inside.length > 0
      ? [
          `${inside
            .map((each) => each.replace(/^in an? /, "A "))
            .join(" and ")
            .replace(
              /^a/,
              "A",
            )} never sleeps: leave it${here} to a work item or a thread${allocates ? ", or allocate with GFP_ATOMIC" : ""}.`,
        ]
      : []),
    ...(locks.length === 0
      ? []
      : [
          `Release ${listed(locks.map(({ name }) => code(name)))} before${owner === undefined ? "" : ` ${code(owner)} sleeps`}, or ${flag} ${locks.length > 1 ? "they are" : "it is"} taken.`,
        ]),
    ...(reads
      ? [
          `Do what sleeps${here} outside of the RCU read-side section, with a reference to what it protects, or ${allocates ? "allocate with GFP_ATOMIC" : "use SRCU, whose readers may sleep"}.`,
        ]
      : []),
    ...(nonBlock
      ? [
          `What runs between non_block_start() and non_block_end(), as a callback of an MMU notifier that may not block, must not sleep${here}: try what may sleep, or return -EAGAIN.`,
        ]
      : []),
    ...(inside.length === 0 && locks.length === 0 && !reads && !nonBlock
      ? [
          `${irqsOff !== true && off !== null ? `${code(off)} is where preemption went off: do` : `Find who ${irqsOff === true ? "switched interrupts off" : "made the context atomic"} on this path, and do`} what sleeps${here} before or after that${allocates ? ", or allocate with GFP_ATOMIC" : ""}${sleeps(primitiveOn(backtrace)) ? "; a spinlock does not sleep, unless on PREEMPT_RT" : ""}.`,
        ]
      : []),
  ];
}

/** Whether the developer's own function is what allocates, by itself. */
function allocatesIn(names: readonly string[], owner: string | undefined): boolean {
  const plain = names.map(plainName);
  const own = owner === undefined ? plain.length : plain.indexOf(owner);
  return /alloc|memdup|strdup|asprintf/.test(plain.slice(0, Math.max(own, 0)).at(-1) ?? "");
}

/** Whether it was called by panic() itself, as a notifier is (kernel/panic.c). */
const panicsOn = (frames: readonly StackFrame[]): boolean =>
  sureNames(frames).some((name) => /^(?:v?panic|nmi_panic)$/.test(plainName(name)));

/** Whether the task is one that an oops ends (kernel/exit.c, arch/x86/kernel/dumpstack.c). */
const diesOn = (frames: readonly StackFrame[]): boolean =>
  sureNames(frames).some((name) =>
    /^(?:rewind_stack_(?:do_exit|and_make_dead)|make_task_dead|oops_end)$/.test(plainName(name)),
  );

const missingIn = (
  { backtrace, held, lines }: MachineParts,
  { count }: State,
  off: string | null,
): readonly string[] => [
  ...(backtrace.length === 0 ? ["The stack below the headline: who called what sleeps."] : []),
  ...(held === null
    ? ["The locks that the task holds: the kernel lists them while lockdep is on."]
    : []),
  ...(count === null
    ? ["The line with `preempt_count`, which tells the context: kernels before 5.16 print none."]
    : []),
  ...(off === null && count !== null && (count & 0xff) > 0
    ? [
        disabledAt(lines) === noPlace
          ? "Who switched preemption off: the kernel had recorded no place for it, and printed none."
          : "Who switched preemption off: CONFIG_DEBUG_PREEMPT prints it.",
      ]
    : []),
];

/** The mend of a report about interrupts: the lock that must be held with them off, and where. */
import type { Evidence } from "../../evidence/evidence.js";
import type { LockMention, SplatReport, StackFrame } from "../../report/index.js";
import { foldStack, isEntry, sureNames } from "../../stacks/fold-stack.js";
import { plainName } from "../../stacks/functions.js";
import { ownerOf } from "../../stacks/owner.js";
import type { IrqEnds } from "../../evidence/irq/irq-ends.js";
import { whereWords } from "../words/state-words.js";
import {
  isAboutToSwitchOn,
  offWords,
  switchedOn,
  switchedWords,
  type SwitchedOn,
} from "../../evidence/irq/switched-on.js";
import { unseenInterrupt } from "../../evidence/irq/unseen-interrupt.js";
import { isOnRt } from "../../evidence/lock/taking.js";
import { isOfNmi } from "../../evidence/irq/nmi.js";
import { waitsIn } from "../suspects/find.js";
import { code, inPlace, placeOf } from "../words/words.js";

/** Returns what to mend where the lock really is taken both in an interrupt and with it on. */
export function irqMend(evidence: Evidence): readonly string[] {
  const { ends } = evidence;
  if (isOfNmi(evidence.report)) return nmiMend(evidence);
  if (ends === null) {
    return [cutOff];
  }
  const mistaken = mistakenContext(evidence.report);
  if (mistaken !== null) return [mistaken];
  if (waitsIn(evidence).has(ends.unsafe.name)) return [waitMend(evidence, ends)];
  if (isAboutToSwitchOn(evidence.report))
    return [findSwitch(ends, evidence.report), ...otherWay(evidence, ends)];
  return [mend(ends, evidence.wanted), ...otherWay(evidence, ends)];
}

/** lockdep takes the task for interruptible, and its own stack shows the interrupt that it is in. */
function mistakenContext(report: SplatReport): string | null {
  const entry = unseenInterrupt(report);
  return entry === null
    ? null
    : `The stack shows a hard interrupt (${code(entry)}), and lockdep believes that the task is in none (HC0): what enters interrupts on this machine did not tell it, or told it too late. Mend that (lockdep_hardirqs_off() and irq_enter() on the way in, in the order of kernel/entry/common.c); of the lock the report says nothing.`;
}

const cutOff =
  "The text does not show where the report says where the lock is taken both ways: look for its other lines in the log.";

/** In an NMI lockdep lets trylocks pass (`lock_acquire()`). */
function nmiMend({ wanted, report }: Evidence): readonly string[] {
  if (wanted === null) return [cutOff];
  if (wanted.name.includes("srcu")) {
    return [
      `${code(wanted.name)} is a read-side section of SRCU, which waits for nobody: in an NMI it has to be entered by srcu_read_lock_nmisafe()${inPlace(report.backtrace)}, and nothing may wait for readers there.`,
    ];
  }
  if (isOfSemaphore(wanted.name, report.backtrace)) {
    return [
      `Nothing keeps an NMI away from whoever holds ${code(wanted.name)}, the spinlock within a semaphore: down_trylock() waits for it as down() and up() do, so in an NMI none of them may be called${inPlace(report.backtrace)}; hand the work over by irq_work.`,
      "Or give what runs in the NMI data of its own, so that it needs no lock.",
    ];
  }
  return [
    `Nothing keeps an NMI away from whoever holds ${code(wanted.name)}: in the NMI take it by a trylock and give up where it is not free${inPlace(report.backtrace)}, or hand the work over by irq_work.`,
    "Or give what runs in the NMI data of its own, so that it needs no lock.",
  ];
}

/** `down_trylock()` in kernel/locking/semaphore.c. */
const isOfSemaphore = (name: string, frames: readonly StackFrame[] | null): boolean =>
  /^\(.*\)\.lock$/.test(name) &&
  sureNames(frames ?? []).some((each) => /^(?:down(?:_\w+)?|up)$/.test(plainName(each)));

/** What stands for waiting cannot be taken with interrupts off. */
function waitMend({ holding, report }: Evidence, { irq, safe, unsafe }: IrqEnds): string {
  const { name } = unsafe;
  if (report.kind === "inconsistent") {
    const place = inPlace(safe.frames);
    return isOfReclaim(name)
      ? `What is allocated in a ${irq} may start no reclaim: allocate${place} with GFP_NOWAIT or GFP_ATOMIC, or before, in a task.`
      : `${code(name)} is no lock, so it cannot be taken with interrupts off: do not wait for it in a ${irq}${place}.`;
  }
  const under = `under ${code(holding?.name ?? safe.name)}`;
  const place = holding === null ? "" : inPlace(report.backtrace);
  return isOfReclaim(name)
    ? `Allocate ${under}${place} with GFP_NOWAIT or GFP_ATOMIC, which start no reclaim; or before the lock is taken.`
    : `${code(name)} is no lock, so it cannot be taken with interrupts off: do not wait for it ${under}${place}; wait after that is released, or do not wait at all.`;
}

const isOfReclaim = (name: string): boolean => /^fs_reclaim$|^mmu_notifier/.test(name);

/** @param wanted names its place where no stack shows who takes it */
function mend({ irq, unsafe }: IrqEnds, wanted: LockMention | null): string {
  const off = `${irq}s off`;
  const named = wanted?.name === unsafe.name && unsafe.frames.length === 0 ? placeOf(wanted) : "";
  const place = takenAt(unsafe.frames) || (named.startsWith(" in ") ? named : "");
  if (irq === "memory reclaim") {
    return `Allocate under ${code(unsafe.name)}${place} with GFP_NOFS, or within memalloc_nofs_save().`;
  }
  const { acquire } = foldStack(unsafe.frames);
  if (isOnRt(unsafe.frames)) {
    return `${code(unsafe.name)} sleeps on PREEMPT_RT, which this kernel is, so it cannot be taken with ${off}: leave what the ${irq} does to a thread, as interrupts that may be threaded are there, or make it a raw_spinlock_t if what it protects is short and bounded.`;
  }
  if (/mutex|down|rwsem|rt_|lock_sock/.test(acquire ?? "") || unsafe.name.startsWith("sk_lock-")) {
    return `${code(unsafe.name)} sleeps, so it cannot be taken with ${off}: leave what the ${irq} does to a thread or a work item, or make it a spinlock.`;
  }
  const opened = switchedOn(unsafe.frames);
  if (opened !== null) {
    const said = `${whoSwitches(opened)} switches ${switchedWords(irq, opened.by)}${byWhat(opened)} while ${code(unsafe.name)} is held`;
    // What it puts back was saved with them on, so before the lock was taken.
    if (opened.by?.endsWith("restore") === true) {
      return `${said}: release that lock before, or save the flags before it is taken.`;
    }
    return `${said}: let it restore what was before (spin_unlock_irqrestore() and the like), or call it without that lock.`;
  }
  const call = by(irq, acquire);
  const there = call !== "" && place !== "" ? `,${place}` : place;
  return `Take ${code(unsafe.name)} with ${off}${call}${there}, and wherever else it is taken ${whereWords(irq, false)}.`;
}

/** Where the lock itself is taken, and for whom: interrupts have to be off there. */
function takenAt(frames: readonly StackFrame[]): string {
  const owner = ownerOf(frames)?.name;
  const { functions, acquire } = foldStack(frames);
  const taker = functions[0];
  const own = inPlace(frames);
  if (acquire === null || taker === undefined || isEntry(taker)) return own;
  if (owner === undefined || plainName(taker) === plainName(owner)) return own;
  return ` in ${code(plainName(taker))}, called from ${code(owner)}`;
}

const findSwitch = ({ irq, unsafe }: IrqEnds, report: SplatReport): string =>
  `Find what switches ${offWords(report, irq)} on while ${code(unsafe.name)} is held, which the stack would name: spin_unlock_irq() of an inner lock, or local_irq_enable(). Let it restore what was before (spin_unlock_irqrestore() and the like), or call it without that lock.`;

function whoSwitches({ owner: { name, location }, inside }: SwitchedOn): string {
  const who = `${code(name)}${location === null ? "" : ` (${location})`}`;
  return inside === null ? who : `${code(inside)}, which ${who} comes to,`;
}

/** ``, by `function()`,`` where it is known. */
const byWhat = ({ by: how }: SwitchedOn): string =>
  how === null ? "" : `, by ${code(`${how.replace(/^_*raw_/, "")}()`)},`;

/** The function that does it, where the one that is called now is known. */
function by(irq: "hardirq" | "softirq", acquire: string | null): string {
  const lock = /(?:spin|read|write)(?=_lock)/.exec(acquire ?? "")?.[0];
  return lock === undefined ? "" : `, by ${lock}_lock${irq === "softirq" ? "_bh" : "_irqsave"}()`;
}

/** The mends that leave the unsafe lock as it is. */
function otherWay({ report, wanted, holding }: Evidence, ends: IrqEnds): readonly string[] {
  const { irq } = ends;
  const safe = ends.safe.name;
  const unsafe = ends.unsafe.name;
  switch (report.kind) {
    case "irq-safe-unsafe":
      return wanted === null || holding === null
        ? []
        : [
            `Or do not take ${code(wanted.name)} under ${code(holding.name)}${placeOf(wanted, report.backtrace)}: release that first, or leave the inner step to a work item.`,
          ];
    case "irq-inversion":
      return [
        `Or do not take ${code(unsafe)} under ${code(safe)}; or do not take ${code(safe)} ${whereWords(irq, true)}.`,
      ];
    default:
      return [`Or do not take it ${whereWords(irq, true)}: leave that part to a work item.`];
  }
}

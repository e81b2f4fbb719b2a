/** What lockdep knows after a program, in the form of test/oracle/README.md ("State lines"). */
import { countReachable } from "../search/bfs.js";
import { classOfId } from "../state/chain.js";
import type { LockClass, LockType } from "../state/class.js";
import type { Core } from "../state/core.js";
import type { HeldLock } from "../state/task.js";
import { isKernelKey } from "../kernel/kernel-key.js";

/** The state of a lockdep, of the CPU that runs and of its task. */
export interface ProgramState {
  /** Whether hardirqs and softirqs are enabled, and how deep in each. */
  readonly he: number;
  readonly se: number;
  readonly hc: number;
  readonly sc: number;
  /** `current->lockdep_recursion`. */
  readonly rec: number;
  readonly depth: number;
  readonly held: readonly string[];
  /** In order of registration. */
  readonly classes: readonly string[];
  readonly chains: readonly string[];
}

/** `LOCKDEP_OFF`. */
const OFF = 65_536;

const LOCK_TYPES: Readonly<Record<LockType, number>> = {
  normal: 0,
  percpu: 1,
  "wait-override": 2,
};

const nameOf = ({ key, subclass }: LockClass): string => `${key.id}.${subclass}`;

/** Whether a class belongs to the program, not to the kernel. */
const isOfProgram = ({ key }: LockClass): boolean => key.validated && !isKernelKey(key.id);

function heldText({ instance, lockClass, ...lock }: HeldLock): string {
  const flag = (on: boolean): number => (on ? 1 : 0);
  return (
    `${instance.id.replace("lock", "")} sub=${lockClass.subclass} read=${lock.read}` +
    ` try=${flag(lock.trylock)} check=${flag(lock.check)} refs=${lock.references}` +
    ` pin=${flag(lock.pinCount > 0)} ctx=${lock.irqContext}`
  );
}

function classText(core: Core, c: LockClass): string {
  const edges = [...c.locksAfter].map(({ to, dep, distance }) => {
    return ` ${isOfProgram(to) ? nameOf(to) : "?"},${dep},${distance}`;
  });
  return (
    `${nameOf(c)} v=${c.nameVersion} u=${c.usageMask}` +
    ` w=${c.waitOuter},${c.waitInner},${LOCK_TYPES[c.lockType]}` +
    ` f=${countReachable(core, c, "locksAfter")} b=${countReachable(core, c, "locksBefore")} ->` +
    edges.join("")
  );
}

function chainTexts(core: Core): string[] {
  const byIndex = new Map([...core.classes].map((c) => [c.index, c]));
  const texts = [...core.chains.validated()].flatMap((chain) => {
    const links = chain.ids().map((id) => ({ c: byIndex.get(classOfId(id)), read: id & 3 }));
    const names = links.map(({ c, read }) =>
      c !== undefined && isOfProgram(c) ? `${nameOf(c)}/${read}` : null,
    );
    return names.includes(null) ? [] : [`${chain.irqContext} ${names.join(" ")}`];
  });
  return texts.sort();
}

/** Returns the state of a lockdep. */
export function stateOf(core: Core): ProgramState {
  const { cpu, task } = core;
  return {
    held: task.locks().map(heldText),
    classes: [...core.classes].filter(isOfProgram).map((c) => classText(core, c)),
    chains: chainTexts(core),
    he: Number(cpu.hardirqsEnabled),
    se: Number(task.softirqsEnabled),
    hc: cpu.hardirqContext,
    sc: task.softirqContext,
    rec: task.recursion * OFF,
    depth: task.depth,
  };
}

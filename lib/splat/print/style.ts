/**
 * How a report's parts are spelt: as the kernel prints them, or in the normal form in which two
 * kernels' texts are compared.
 */
import type {
  ClassView,
  HeldLockView,
  IrqTraceView,
  Stack,
  TaskView,
} from "../../lockdep/index.js";

/** The spelling of what differs from run to run. */
export interface Style {
  readonly task: (task: TaskView) => string;
  /** The release line under a headline. */
  readonly ident: readonly string[];
  readonly lock: (lock: HeldLockView) => string;
  /** The frames of a stack, each after so many blanks. */
  readonly frames: (stack: Stack, blanks: number) => readonly string[];
  readonly key: (lockClass: ClassView) => string;
  readonly address: (instance: string) => string;
  readonly irqTrace: (trace: IrqTraceView) => readonly string[];
  /** What `dump_stack()` prints. */
  readonly dumpStack: (task: TaskView, stack: Stack) => readonly string[];
  /** What stands for the message of a `WARN_ON()`, which has none. */
  readonly condition: (text: string) => readonly string[];
  /** The line of a `WARN()` that says where, and the stack after it. */
  readonly warnSite: (task: TaskView, where: string, stack: Stack) => readonly string[];
}

/** `print_lock_name()`, without its leading blank; `instance` is what the class prints of a lock. */
export const lockName = ({ name, usage, waitOuter, waitInner }: ClassView, instance = ""): string =>
  `(${name}${instance}){${usage}}-{${waitOuter}:${waitInner}}`;

/** `print_lock_name()` of a lock that is held or being taken. */
export const heldLockName = (lock: HeldLockView): string => lockName(lock.class, lock.printed);

/** The release that the texts claim: the one whose lockdep they follow. */
const RELEASE = "6.12.0-lab";

const place = (stack: Stack): string => stack[0] ?? "0x0";

const indented = (stack: Stack, blanks: number): string[] =>
  stack.map((frame) => " ".repeat(blanks) + frame);

const callTrace = (stack: Stack): string[] => [
  "Call Trace:",
  " <TASK>",
  ...indented(stack, 1),
  " </TASK>",
];

const keyAddress = ({ key, subclass }: ClassView): string =>
  key + (subclass > 0 ? `+0x${subclass}` : "");

/** `__warn()`, whose first line begins with the place from 7.0 on. */
function warningLine({ cpu, pid, comm }: TaskView, where: string, placeFirst: boolean): string {
  return placeFirst
    ? `WARNING: at ${where}, CPU#${cpu}: ${comm}/${pid}`
    : `WARNING: CPU: ${cpu} PID: ${pid} at ${where}`;
}

/** As on a kernel's console, with the functions and ids of the model where it has addresses. */
export const kernelStyle = (placeFirst: boolean): Style => ({
  task: ({ comm, pid }) => `${comm}/${pid}`,
  ident: [`${RELEASE} #1 Not tainted`],
  lock: (lock) => `${lock.instance} ${heldLockName(lock)}, at: ${place(lock.at)}`,
  frames: indented,
  key: (lockClass) => `[<${keyAddress(lockClass)}>] ${keyAddress(lockClass)}`,
  address: (instance) => instance,
  irqTrace: (trace) => {
    const row = (what: string, { event, at }: IrqTraceView["hardirqsEnabled"]): string =>
      `${what} at (${event}): [<${place(at)}>] ${place(at)}`;
    return [
      `irq event stamp: ${trace.stamp}`,
      row("hardirqs last  enabled", trace.hardirqsEnabled),
      row("hardirqs last disabled", trace.hardirqsDisabled),
      row("softirqs last  enabled", trace.softirqsEnabled),
      row("softirqs last disabled", trace.softirqsDisabled),
    ];
  },
  dumpStack: ({ cpu, pid, comm }, stack) => [
    `CPU: ${cpu} UID: 0 PID: ${pid} Comm: ${comm} Not tainted ${RELEASE} #1`,
    ...callTrace(stack),
  ],
  condition: (text) => [text],
  warnSite: (task, where, stack) => [
    warningLine(task, where, placeFirst),
    `CPU: ${task.cpu} UID: 0 PID: ${task.pid} Comm: ${task.comm} Not tainted ${RELEASE} #1`,
    ...callTrace(stack),
  ],
});

/** Without what differs from run to run: stacks, addresses, places, releases, tasks. */
export const normalStyle: Style = {
  task: () => "TASK",
  ident: [],
  lock: heldLockName,
  frames: () => [],
  key: ({ key }) => `key ${key}`,
  address: () => "ADDRESS",
  irqTrace: () => [],
  dumpStack: () => [],
  condition: () => [],
  warnSite: () => [],
};

/** As `normalStyle`, for programs whose keys have a subclass of interest. */
export const programStyle: Style = {
  ...normalStyle,
  key: ({ key, subclass }) => `key ${key}.${subclass}`,
};

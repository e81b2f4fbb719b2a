/**
 * Handlers of one thing, which runs on one CPU at a time: a timer, a tasklet, a device's line. Where it comes is
 * chosen when it is raised, unless it runs there: then it comes again on the same CPU.
 */
import { bh_count, in_hardirq, in_softirq, irqs_enabled, nothingAbove } from "../kernel/cpu.js";
import { type Expr, type Operand, and, at, eq, ne, not, or } from "../language/expr.js";
import { ANY_CPU, CPU, NONE } from "../language/id-set.js";
import type { Process } from "../language/process-type.js";
import { choose } from "../language/choose.js";
import { fn, forever } from "../language/control-flow.js";
import { type Effect, type FactTemplate, assign, when } from "../language/effect.js";
import type { Statement } from "../language/statement.js";
import { step } from "../language/step.js";
import { type Variable, bool, idOrNone, variable } from "../language/variable.js";

/** What is raised, and then runs once. */
export interface Raised {
  readonly name: string;
  readonly pending: Variable;
  readonly running: Variable;
  /** The CPU to which it comes, or on which it runs; NONE while it does neither. */
  readonly cpu: Variable;
}

/** Declares what a handler of one thing needs. */
export const raised = (name: string): Raised => ({
  name,
  pending: variable(`${name}.pending`, bool),
  running: variable(`${name}.running`, bool),
  cpu: variable(`${name}.cpu`, idOrNone(CPU)),
});

/** Whether it is to come, or runs. */
export const isActive = ({ pending, running }: Raised): Expr => or(pending, running);

/** What raises it on a CPU. */
const raiseOn = ({ pending, running, cpu }: Raised, on: Operand): readonly Effect[] => [
  when(not(running), [assign(cpu, on)]),
  assign(pending, true),
];

/** Returns a step that raises it on any CPU, or on one. */
export function raise(
  label: string,
  of: Raised,
  on: Operand | "any",
  more: { readonly when?: Operand; readonly then?: readonly Effect[] } = {},
): Statement {
  const { when: guard = true, then = [] } = more;
  if (on !== "any") return step(label, { when: guard, then: [...then, ...raiseOn(of, on)] });
  return choose(ANY_CPU, (cpu) =>
    step(label, { when: guard, then: [...then, ...raiseOn(of, cpu)] }),
  );
}

/** What keeps it from coming. */
export const lowered = ({ pending, running, cpu }: Raised): readonly Effect[] => [
  assign(pending, false),
  when(not(running), [assign(cpu, NONE)]),
];

/** What a handler does, and how it is entered. */
export interface Handling {
  readonly context: "hardirq" | "softirq";
  /** Whether PREEMPT_RT would run a hardirq in a thread. */
  readonly threaded?: boolean;
  /** What must hold besides, such as that the line is not disabled. */
  readonly when?: Operand;
  readonly then?: readonly Effect[];
  /** What else happens where it ends. */
  readonly after?: readonly Effect[];
  /** What lockdep is told around the body. */
  readonly facts?: readonly [before: readonly FactTemplate[], after: readonly FactTemplate[]];
  readonly body: readonly Statement[];
}

/** Returns the handler, above whatever runs on the CPU to which it comes. */
export function handlerOf(of: Raised, name: string, handling: Handling): Process {
  const { pending, running, cpu } = of;
  const here = at(cpu);
  const { context, threaded = false, then = [], after = [], body } = handling;
  const [before, behind] = handling.facts ?? [[], []];
  const hard = context === "hardirq";
  const free = hard
    ? [not(at(in_hardirq, here))]
    : [not(at(in_hardirq, here)), not(at(in_softirq, here)), eq(at(bh_count, here), 0)];
  const flag = at(hard ? in_hardirq : in_softirq, here);
  const irqs: readonly FactTemplate[] = [
    hard ? { kind: "hardirqs", on: false } : { kind: "softirqs", on: false },
    hard ? { kind: "enter", context, threaded } : { kind: "enter", context },
  ];
  const enter = step(`<${name}>`, {
    when: and(pending, ne(here, NONE), at(irqs_enabled, here), ...free, handling.when ?? true),
    then: [
      assign(pending, false),
      assign(running, true),
      ...(hard ? [assign(at(irqs_enabled, here), false)] : []),
      assign(flag, true),
      ...then,
    ],
    facts: [...irqs, ...before],
    end: true,
  });
  const exit = step(`</${name}>`, {
    then: [
      ...after,
      assign(flag, false),
      ...(hard ? [assign(at(irqs_enabled, here), true)] : []),
      assign(running, false),
      when(not(pending), [assign(cpu, NONE)]),
    ],
    facts: [
      ...behind,
      { kind: "exit", context },
      hard ? { kind: "hardirqs", on: true } : { kind: "softirqs", on: true },
    ],
  });
  return {
    name,
    kind: context,
    over: null,
    me: "",
    cpu: here,
    runs: or(
      eq(here, NONE),
      hard ? nothingAbove(here) : and(not(at(in_hardirq, here)), nothingAbove(here)),
    ),
    hasCpu: { op: "const", value: 0 },
    body: [forever([enter, fn(name, body), exit])],
  };
}

/** Random scenarios, made of pieces of code. */
import fc from "fast-check";
import {
  and,
  at,
  CPU,
  device,
  devices,
  eq,
  type Expr,
  forever,
  hardirq,
  if_,
  not,
  type Process,
  type Scenario,
  scenario,
  send_ipi,
  softirq,
  type Statement,
  tasks,
  thread,
  translate,
} from "../../lib/machine/index.js";
import {
  TASK,
  curr,
  morePieces,
  pending,
  pieces,
  task_cpu,
  vector,
  x,
  y,
} from "./random-pieces.js";

const all = [...pieces, ...morePieces];

const program = fc
  .array(fc.integer({ min: 0, max: all.length - 1 }), { minLength: 1, maxLength: 2 })
  .map((chosen) => chosen.flatMap((at_) => all[at_] ?? []));

/** Random parts. */
export const scenarios = fc.record({
  first: program,
  second: program,
  third: program,
  handler: fc.option(program, { nil: null }),
  softly: fc.option(program, { nil: null, freq: 1 }),
  kind: fc.constantFrom("threads", "alike", "sharing", "moving"),
  loop: fc.boolean(),
  cpus: fc.constantFrom(2, 2, 2, 3),
  watched: fc.boolean(),
});

/** What a random scenario is made of. */
type Parts = typeof scenarios extends fc.Arbitrary<infer T> ? T : never;

/** Whether a scenario makes sense: tasks that share a CPU cannot sleep without a scheduler. */
export function makesSense(of: Scenario): boolean {
  try {
    translate(of);
    return true;
  } catch (error) {
    if (error instanceof TypeError && error.message.includes("shares its CPU")) return false;
    throw error;
  }
}

/** Returns the scenario of some parts. */
export function make({
  first,
  second,
  third,
  handler,
  softly,
  kind,
  loop,
  cpus,
  watched,
}: Parts): Scenario {
  const wrap = (body: readonly Statement[]) => (loop ? [forever(body)] : body);
  const own = [first, second, third]
    .slice(0, cpus)
    .map((body, i) => thread(`T${String(i)}`, i, wrap(body)));
  const body = (task: Expr) => [if_(eq(task, 0), wrap(first), wrap(second))];
  const moves = (task: Expr): Expr => at(task_cpu, task);
  const threads: Record<typeof kind, readonly Process[]> = {
    threads: own,
    alike: [
      tasks(
        "T",
        CPU,
        (cpu) => ({ cpu }),
        () => wrap(first),
      ),
    ],
    sharing: [
      tasks("T", TASK, (task) => ({ cpu: 0, runs: eq(at(curr, 0), task) }), body),
      thread("P", 1, third),
    ],
    moving: [
      tasks(
        "T",
        TASK,
        (task) => ({ cpu: moves(task), runs: eq(at(curr, moves(task)), task) }),
        body,
      ),
      thread("P", 1, third),
    ],
  };
  const interrupts =
    handler === null
      ? []
      : [
          hardirq("irq", vector, () => handler),
          cpus === 2
            ? devices("device", CPU, (cpu) => [send_ipi(vector, cpu)])
            : device("device", [send_ipi(vector, 0)]),
        ];
  const softirqs = softly === null ? [] : [softirq("softirq", pending, () => softly)];
  const processes = [...threads[kind], ...interrupts, ...softirqs];
  const always = watched ? { "x is not 2 where y is": not(and(eq(x, 2), at(y, 0))) } : {};
  const quiescent = watched ? { "x is 0 at rest": eq(x, 0) } : {};
  const sizes = { cpu: cpus, task: 2 };
  return scenario("random", { sizes, processes, always, quiescent });
}

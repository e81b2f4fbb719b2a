/** Functions that run on other CPUs: include/linux/smp.h, kernel/smp.c. They run in the handler of an IPI. */
import {
  CPU,
  type Expr,
  type Operand,
  type Process,
  type Step,
  type Variable,
  NONE,
  and,
  assign,
  at,
  bool,
  break_,
  check,
  choose,
  each,
  either,
  eq,
  every,
  forever,
  hardirq,
  idOrNone,
  in_hardirq,
  in_softirq,
  irqs_enabled,
  local_irq_restore,
  local_irq_save,
  ne,
  not,
  or,
  preempt_disable,
  preempt_enable,
  smp_processor_id,
  step,
  this_cpu,
  variable,
  when,
} from "../../../machine/index.js";
import {
  type Call,
  type CallRow,
  type Family,
  type ObjectType,
  type PassedArgument,
  type World,
  gives,
} from "../row/index.js";

/** What CPUs have asked of each other with one function, by the CPU that asks and the one that is asked: `csd`. */
interface Asked {
  readonly pending: Variable;
  readonly ipi: Variable;
  /** The CPU whose request the handler of each CPU is at. */
  readonly served: Variable;
  /** `csd->info` of the caller, where that is a pointer which is known at run time. */
  readonly info: Variable | null;
}

const asked = (name: string, given: PassedArgument): Asked => ({
  pending: variable(`csd(${name}).pending`, bool, { per: [CPU, CPU] }),
  ipi: variable(`csd(${name}).ipi`, bool, { per: [CPU] }),
  served: variable(`csd(${name}).served`, idOrNone(CPU), { per: [CPU], init: NONE }),
  info:
    given.kind === "pointer"
      ? variable(`csd(${name}).info`, idOrNone(given.set), { per: [CPU], init: NONE })
      : null,
});

const askedType: ObjectType<Asked> = {
  names: ["csd"],
  definers: [],
  initializers: [],
  declare: (name) => asked(name, { kind: "passed", what: null }),
};

const askedWith = (world: World, name: string, given: PassedArgument): Asked =>
  world.once(askedType, name, () => asked(name, given));

const me = smp_processor_id();

/** The function, what it is given, and what CPUs ask each other with it. */
function requested(call: Call, first: number) {
  const { world } = call;
  const name = call.functionName(first);
  const given = call.handed(first + 1);
  const said = given.kind === "pointer" ? `struct ${given.tag}` : "what" in given ? given.what : "";
  world.note("asked of CPUs", name, said ?? "NULL");
  const known = world.noted("asked of CPUs", name);
  if (known.length > 1) {
    call.refuse(
      `${name}() is given ${known.join(" and ")}: one kind of argument is wanted`,
      first + 1,
    );
  }
  return { name, given, of: askedWith(world, name, given) };
}

/** Two CPUs that ask each other with IRQs off wait forever: `WARN_ON_ONCE(irqs_disabled())`, `WARN_ON_ONCE(!in_task())`. */
const mayAsk = (call: Call) =>
  check(
    and(this_cpu(irqs_enabled), not(or(this_cpu(in_hardirq), this_cpu(in_softirq)))),
    `${call.name}() with IRQs off or in an interrupt, at ${call.at.file}:${String(call.at.line)}: two CPUs that ask each other so wait forever`,
  );

/** Asks all CPUs for which something holds, when what was asked of them before is done. */
function asks(
  call: Call,
  { of, given }: ReturnType<typeof requested>,
  whom: (cpu: Expr) => Expr,
): Step {
  const { pending, ipi, info } = of;
  const busy = every(CPU, (cpu) => or(not(whom(cpu)), not(at(pending, me, cpu))));
  return step(call.text, {
    when: busy,
    then: [
      ...(info === null || given.kind !== "pointer" ? [] : [assign(at(info, me), given.expr)]),
      each(CPU, (cpu) => [
        when(whom(cpu), [assign(at(pending, me, cpu), true), assign(at(ipi, cpu), true)]),
      ]),
    ],
  });
}

const allDone = ({ pending }: Asked): Step =>
  step("csd_lock_wait()", { when: every(CPU, (cpu) => not(at(pending, me, cpu))) });

/** Runs it on this CPU as well, with IRQs off. */
function runsHere(call: Call, { name, given }: ReturnType<typeof requested>) {
  const flags = call.temporary(bool);
  const body = call.apart(() => {
    call.runs(name, [given]);
  });
  return [local_irq_save(flags), ...body, local_irq_restore(flags)];
}

const others = (cpu: Expr): Expr => ne(cpu, me);

const single: CallRow = gives("cpu, func, info, wait", (call) => {
  const cpu: Operand = call.cpu(0);
  const what = requested(call, 1);
  const wait = call.constant(3) !== 0;
  call.emit(
    preempt_disable(),
    step(`${call.name}()`, { then: [mayAsk(call)] }),
    either(
      [step("on this CPU", { when: eq(cpu, me) }), ...runsHere(call, what)],
      [
        step("on another CPU", { when: ne(cpu, me) }),
        asks(call, what, (one) => eq(one, cpu)),
        ...(wait ? [allDone(what.of)] : []),
      ],
    ),
    preempt_enable(),
  );
  return { op: "const", value: 0 };
});

const onAll = (takes: string, isHere: boolean): CallRow => ({
  takes,
  run: (call) => {
    const what = requested(call, 0);
    const wait = call.constant(2) !== 0;
    call.emit(
      preempt_disable(),
      step(`${call.name}()`, { then: [mayAsk(call)] }),
      asks(call, what, others),
      ...(isHere ? runsHere(call, what) : []),
      ...(wait ? [allDone(what.of)] : []),
      preempt_enable(),
    );
    return undefined;
  },
});

/** `generic_smp_call_function_single_interrupt()` for what is asked with one function. */
function handlerOf(world: World, name: string): Process {
  const none: PassedArgument = { kind: "passed", what: null };
  const { pending, ipi, served, info } = askedWith(world, name, none);
  const [said = "NULL"] = world.noted("asked of CPUs", name);
  return hardirq(
    `generic_smp_call_function_single_interrupt(${name})`,
    ipi,
    (cpu) => {
      const asker = at(served, cpu);
      const domain = info?.domain;
      const given: PassedArgument =
        info !== null && domain?.kind === "id"
          ? {
              kind: "pointer",
              tag: said.replace(/^struct /, ""),
              set: domain.set,
              expr: at(info, asker),
            }
          : { kind: "passed", what: /^(?:&|-?\d)/.test(said) ? said : null };
      const next = choose(CPU, (from) =>
        step(`csd->func = ${name}`, {
          when: at(pending, from, cpu),
          then: [assign(asker, from)],
        }),
      );
      const done = step("csd_unlock()", {
        then: [assign(at(pending, asker, cpu), false), assign(asker, NONE)],
      });
      const none_ = step("call_single_queue is empty", {
        when: every(CPU, (from) => not(at(pending, from, cpu))),
      });
      return [forever([either([next, ...world.body(name, [given], cpu), done], [none_, break_])])];
    },
    { IRQF_NO_THREAD: true },
  );
}

export const smpCallFamily: Family = {
  name: "smp-call",
  calls: {
    smp_call_function_single: single,
    smp_call_function: onAll("func, info, wait", false),
    on_each_cpu: onAll("func, info, wait", true),
  },
  instead: {
    ...Object.fromEntries(
      [
        "smp_call_function_many",
        "on_each_cpu_mask",
        "on_each_cpu_cond",
        "smp_call_function_any",
      ].map((name) => [
        name,
        "for_each_cpu(cpu, &mask) smp_call_function_single(cpu, func, info, wait)",
      ]),
    ),
    smp_call_function_single_async: "smp_call_function_single(cpu, func, info, 0)",
    smp_call_on_cpu: "a thread on that CPU, and a completion that it completes",
    smp_send_reschedule: "an IPI of the file: smp_call_function_single(), or irq_work_queue_on()",
    stop_two_cpus: "a thread on each CPU, and a completion that it completes",
    kick_all_cpus_sync: "on_each_cpu() with a function that does nothing, and wait = 1",
  },
  processes: (world) => world.all("asked of CPUs").map((name) => handlerOf(world, name)),
};

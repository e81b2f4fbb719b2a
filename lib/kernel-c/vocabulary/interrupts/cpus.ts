/** CPUs in sets, and loops over them: include/linux/cpumask.h. All that there are are online. */
import {
  CPU,
  type Element,
  type Expr,
  type Variable,
  assign,
  at,
  bool,
  each,
  every,
  expr,
  not,
  set,
  step,
  variable,
} from "../../../machine/index.js";
import {
  type Call,
  type CallRow,
  type Family,
  type Given,
  type ObjectType,
  type RoundsRow,
  does,
  gives,
} from "../row/index.js";

/** A set of CPUs: whether each is in it. */
const cpumaskType: ObjectType<Variable> = {
  names: ["struct cpumask", "cpumask_t"],
  definers: [],
  initializers: [],
  declare: (name, { per }) => variable(name, bool, { per: [...per, CPU] }),
};

const allCpus = ({ cpus }: { readonly cpus: number }): readonly number[] =>
  Array.from({ length: cpus }, (_, cpu) => cpu);

const eachCpu: RoundsRow = { takes: "cpu", cursor: 0, rounds: allCpus };

const isIn = ({ object, index }: Given<Variable>, cpu: Expr | number): Element =>
  at(object, ...index, cpu);

/** The CPUs of a set as it is when each round begins. */
const eachCpuOf: RoundsRow = {
  takes: "cpu, mask",
  cursor: 0,
  rounds: allCpus,
  only: (call, cpu) => call.reads(isIn(call.object(1, cpumaskType), cpu), bool),
};

const bitOf = (call: Call): Element => {
  const cpu = call.cpu(0);
  return isIn(call.object(1, cpumaskType), cpu);
};

const writes = (to: boolean): CallRow =>
  does("cpu, mask", (call) => [set(bitOf(call), to, call.text)]);

/** Returns whether the CPU was in it before. */
const testsAnd = (to: boolean): CallRow =>
  gives("cpu, mask", (call) => {
    const bit = bitOf(call);
    const before = call.temporary(bool);
    call.emit(step(call.text, { then: [assign(before, bit), assign(bit, to)] }));
    return before;
  });

/** All of a set in one go: word by word in the kernel, whose masks of few CPUs are one word. */
const fills = (to: boolean): CallRow =>
  does("mask", (call) => {
    const mask = call.object(0, cpumaskType);
    return [step(call.text, { then: [each(CPU, (cpu) => [assign(isIn(mask, cpu), to)])] })];
  });

export const cpusFamily: Family = {
  name: "cpus",
  types: [cpumaskType],
  calls: {
    cpumask_set_cpu: writes(true),
    __cpumask_set_cpu: writes(true),
    cpumask_clear_cpu: writes(false),
    __cpumask_clear_cpu: writes(false),
    cpumask_test_cpu: gives("cpu, mask", (call) => call.reads(bitOf(call), bool)),
    cpumask_test_and_set_cpu: testsAnd(true),
    cpumask_test_and_clear_cpu: testsAnd(false),
    cpumask_clear: fills(false),
    cpumask_setall: fills(true),
    cpumask_empty: gives("mask", (call) => {
      const mask = call.object(0, cpumaskType);
      return call.reads(
        every(CPU, (cpu) => not(isIn(mask, cpu))),
        bool,
      );
    }),
    cpumask_full: gives("mask", (call) => {
      const mask = call.object(0, cpumaskType);
      return call.reads(
        every(CPU, (cpu) => isIn(mask, cpu)),
        bool,
      );
    }),
    cpu_online: gives("cpu", (call) => {
      call.cpu(0);
      return expr(true);
    }),
  },
  rounds: {
    for_each_online_cpu: eachCpu,
    for_each_possible_cpu: eachCpu,
    for_each_present_cpu: eachCpu,
    for_each_cpu: eachCpuOf,
  },
  instead: {
    cpumask_var_t: "cpumask_t, whose address is given: &mask",
    alloc_cpumask_var: "masks are declared here: static cpumask_t mask",
    zalloc_cpumask_var: "masks are declared here: static cpumask_t mask",
    cpumask_weight: "count in a loop: for_each_cpu(cpu, &mask)",
    cpumask_first: "for_each_cpu(cpu, &mask) and break",
    cpumask_any: "nondet_member(cpu, cpu, cpumask_test_cpu(cpu, &mask))",
    cpumask_next: "for_each_cpu(cpu, &mask)",
    cpumask_and: "for_each_cpu(cpu, &one), and cpumask_test_cpu(cpu, &other) in it",
    cpumask_or: "for_each_cpu(cpu, &one), and cpumask_set_cpu(cpu, &to) in it",
    cpumask_copy: "for_each_online_cpu(cpu), with cpumask_set_cpu() or cpumask_clear_cpu() in it",
    for_each_cpu_and: "for_each_cpu(cpu, &one), and cpumask_test_cpu(cpu, &other) in it",
  },
};

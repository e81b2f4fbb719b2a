/** Bugs, or what looks like one, that someone could add later. Each is the patch of its name in `c/mutants`. */
import { irqsOn, schedInUnderRq } from "./changes.js";
import type { Variation } from "./variation.js";

/** The names of the mutants. */
export type MutantName =
  | "as-it-is"
  | "sched-in-takes-pi-lock"
  | "sched-in-takes-previous-rq-lock"
  | "sched-in-under-rq"
  | "irqs-on"
  | "new-path-irqs-on"
  | "sched-out-takes-pi-lock"
  | "handler-takes-rq-lock"
  | "sched-in-wakes-another"
  | "sched-in-takes-own-rq-lock";

/** The numbers of the mutants, their short form in titles, tables and results. */
export type MutantNumber = "m0" | "m1" | "m2" | "m3" | "m4" | "m5" | "m6" | "m7" | "m8" | "m9";

/** A mutant: named as the changes are, with a number beside the name. */
export interface Mutant extends Variation<MutantName> {
  readonly number: MutantNumber;
}

const numbered = (number: MutantNumber, variation: Variation<MutantName>): Mutant => ({
  ...variation,
  number,
  also: number,
});

/** Every mutant, in the order of the rows of a table. */
export const mutants: readonly Mutant[] = [
  numbered("m0", {
    name: "as-it-is",
    summary: "the code as it is",
    history: "",
  }),
  numbered("m1", {
    name: "sched-in-takes-pi-lock",
    summary: "sched_in takes current->pi_lock inside the wakeup lock",
    history:
      "the example that the thread itself used against out1; real with 3 CPUs, set-affinity and load-balance",
  }),
  numbered("m2", {
    name: "sched-in-takes-previous-rq-lock",
    summary: "sched_in takes the previous CPU's rq->__lock inside the wakeup lock",
    history: "",
  }),
  numbered("m3", schedInUnderRq),
  numbered("m4", irqsOn),
  numbered("m5", {
    name: "new-path-irqs-on",
    summary: "a new path takes the wakeup lock of its CPU with IRQs on",
    history: "",
  }),
  numbered("m6", {
    name: "sched-out-takes-pi-lock",
    summary: "sched_out takes the outgoing task's pi_lock inside the wakeup lock",
    history: "real with 2 CPUs, 1 vCPU and other-wakers",
  }),
  numbered("m7", {
    name: "handler-takes-rq-lock",
    summary: "the handler takes its CPU's rq->__lock before it wakes a vCPU",
    history: "",
  }),
  numbered("m8", {
    name: "sched-in-wakes-another",
    summary: "sched_in wakes another vCPU inside the wakeup lock",
    history: "",
  }),
  numbered("m9", {
    name: "sched-in-takes-own-rq-lock",
    summary: "sched_in takes its own CPU's rq->__lock inside the wakeup lock",
    history: "",
  }),
];

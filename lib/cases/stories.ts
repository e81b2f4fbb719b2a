/** All stories, each with what exploring it must find: examples and regression tests at once. */
import type { Scenario } from "../machine/index.js";
import type { ReportKind } from "../lockdep/index.js";
import type { Property } from "../explore/index.js";
import { abba } from "./abba.js";
import { sleepInAtomic } from "./atomic.js";
import { dining } from "./dining.js";
import { irqOnHeldLock } from "./irq.js";
import { peterson } from "./peterson.js";
import { readTwice } from "./readers.js";
import { lostWakeup } from "./wakeup.js";

/** A scenario and its expected answer, unreduced. */
export interface Story {
  /** As `lab promela --case` knows it. */
  readonly name: string;
  readonly scenario: Scenario;
  readonly verdict: "safe" | Property;
  readonly states: number;
  /** Steps of a shortest counterexample; null if it is safe. */
  readonly steps: number | null;
  /** What lockdep says of it; null if it is silent. */
  readonly report: ReportKind | null;
}

const fixed = { fixed: true };

/** The stories, in the order of a course. */
export const stories: readonly Story[] = [
  { name: "abba", scenario: abba(), verdict: "deadlock", states: 10, steps: 2, report: "circular" },
  {
    name: "abba-fixed",
    scenario: abba(fixed),
    verdict: "safe",
    states: 7,
    steps: null,
    report: null,
  },
  {
    name: "irq",
    scenario: irqOnHeldLock(),
    verdict: "deadlock",
    states: 12,
    steps: 3,
    report: "inconsistent",
  },
  {
    name: "irq-fixed",
    scenario: irqOnHeldLock(fixed),
    verdict: "safe",
    states: 14,
    steps: null,
    report: null,
  },
  {
    name: "readers",
    scenario: readTwice(),
    verdict: "deadlock",
    states: 9,
    steps: 2,
    report: "recursive",
  },
  {
    name: "readers-fixed",
    scenario: readTwice(fixed),
    verdict: "safe",
    states: 5,
    steps: null,
    report: null,
  },
  {
    name: "wakeup",
    scenario: lostWakeup(),
    verdict: "deadlock",
    states: 12,
    steps: 4,
    report: null,
  },
  {
    name: "wakeup-fixed",
    scenario: lostWakeup(fixed),
    verdict: "safe",
    states: 13,
    steps: null,
    report: null,
  },
  {
    name: "atomic",
    scenario: sleepInAtomic(),
    verdict: "misuse",
    states: 5,
    steps: 2,
    report: "wait-context",
  },
  {
    name: "atomic-fixed",
    scenario: sleepInAtomic(fixed),
    verdict: "safe",
    states: 5,
    steps: null,
    report: null,
  },
  {
    name: "peterson",
    scenario: peterson(),
    verdict: "safe",
    states: 32,
    steps: null,
    report: null,
  },
  {
    name: "dining-5",
    scenario: dining(5),
    verdict: "deadlock",
    states: 242,
    steps: 5,
    report: null,
  },
];

/** Everything that can happen in a scenario, by names that another version of it has too. */
import { CPU, type Model, type Scenario, type State, cpuOf, waiting } from "../../machine/index.js";
import type { ElementRef, SlotRef, Transition } from "../../machine/index.js";
import { enabled } from "../../machine/model/step.js";
import { slotOf } from "../../machine/model/evaluate.js";
import { instanceId } from "../../primitives/lock.js";
import { footprintOf } from "../analysis/footprint.js";
import { explore } from "../explore.js";
import type { ExploreOptions } from "../result/result.js";
import { census } from "./census.js";

/** What kind of thing happens. */
export type BehaviourKind =
  /** A step is taken. */
  | "step"
  /** Somebody waits for a lock, with what it holds. */
  | "wait"
  /** Two steps are about to touch one place, and one of them to write it: which comes first is open. */
  | "race"
  /** A property is violated. */
  | "failure";

/** Something that can happen. */
export interface Behaviour {
  readonly kind: BehaviourKind;
  /** Functions, labels and places, without the numbers of CPUs and of other things that only have numbers. */
  readonly what: string;
  /** Returns a schedule at whose end it is so, or can come next; a shortest one, but for failures. */
  readonly schedule: () => readonly number[];
}

/** What can happen, with the bounds of the search. */
export interface Behaviours {
  readonly scenario: Scenario;
  readonly all: readonly Behaviour[];
  readonly states: number;
  readonly complete: boolean;
}

/**
 * Returns everything that can happen in a scenario, within the bounds of the options.
 *
 * @example
 * behavioursOf(abba()).all.filter(({ kind }) => kind === "failure").map(({ what }) => what) // ["deadlock"]
 */
export function behavioursOf(scenario: Scenario, options: ExploreOptions = {}): Behaviours {
  let inState: ((state: State) => ReadonlySet<string>) | null = null;
  const seen = census(
    scenario,
    (model, state) => (inState ??= behavioursIn(model))(state),
    options,
  );
  const kinds: readonly BehaviourKind[] = ["step", "wait", "race"];
  const found = seen.counted.flatMap(({ kind: text, schedule }): readonly Behaviour[] => {
    const kind = kinds.find((one) => text.startsWith(`${one} `));
    return kind === undefined ? [] : [{ kind, what: text.slice(kind.length + 1), schedule }];
  });
  const { violations, complete } = explore(scenario, { ...options, shortest: false });
  const failures = Object.values(violations).map(({ property, schedule }): Behaviour => ({
    kind: "failure",
    what: property,
    schedule: () => schedule,
  }));
  return {
    scenario,
    all: [...failures, ...found],
    states: seen.states,
    complete: complete && seen.complete,
  };
}

interface Access {
  readonly step: string;
  readonly process: number;
  readonly reads: readonly number[];
  readonly writes: readonly number[];
}

/** Returns what tells the behaviours that are to be seen in a state, each once. */
function behavioursIn(model: Model): (state: State) => ReadonlySet<string> {
  const names = model.transitions.map((step) => nameOf(model, step));
  const places = model.transitions.map((step) => {
    const { loads, stores, acquires } = footprintOf(model, step);
    return { loads, stores, acquires };
  });
  const accessIn = (state: State, step: Transition): Access => {
    const { loads, stores, acquires } = places[step.id] ?? {
      loads: [],
      stores: [],
      acquires: null,
    };
    // Locks are there to be raced for.
    const isData = (slot: number): boolean => model.slots[slot]?.variable?.lock === null;
    const at = (all: readonly (SlotRef | ElementRef)[]): readonly number[] =>
      all.flatMap((place) => slotOf(place, state) ?? []).filter(isData);
    const writes = acquires === null ? at(stores) : [];
    return { step: names[step.id] ?? "", process: step.process, reads: at(loads), writes };
  };
  return (state) => {
    const found = new Set<string>();
    const steps = enabled(model, state);
    for (const step of steps) found.add(`step ${names[step.id] ?? ""}`);
    for (const one of waitsIn(model, state)) found.add(`wait ${one}`);
    const accesses = steps.map((step) => accessIn(state, step));
    for (const [at, a] of accesses.entries()) {
      for (const b of accesses.slice(at + 1)) {
        if (a.process === b.process) continue;
        for (const slot of contested(a, b)) {
          const pair = [a.step, b.step].sort().join(" | ");
          found.add(`race ${pair} on ${model.slots[slot]?.variable?.name ?? "?"}`);
        }
      }
    }
    return found;
  };
}

function contested(a: Access, b: Access): readonly number[] {
  const touched = (slot: number): boolean => b.writes.includes(slot) || b.reads.includes(slot);
  return [...a.writes.filter(touched), ...a.reads.filter((slot) => b.writes.includes(slot))];
}

/** Returns a step by its innermost functions: what calls those may be another in another version. */
function nameOf(model: Model, { process, stack, label }: Transition): string {
  const declared = model.processes[process]?.declared ?? -1;
  const [where = model.scenario.processes[declared]?.name ?? "?"] = stack;
  return `${where}(): ${label}`;
}

/** Returns who waits for what while it holds what, as seen from its CPU. */
function waitsIn(model: Model, state: State): readonly string[] {
  const locks = model.slots.flatMap(({ variable, index }, slot) =>
    variable?.lock == null ? [] : [{ slot, variable, index, id: instanceId(variable.name, index) }],
  );
  return waiting(model, state).map(({ number, lock, label, stack }) => {
    const cpu = cpuOf(model, state, number);
    const seen = ({ variable, index }: (typeof locks)[number]): string => {
      const isPerCpu = variable.per[0] === CPU && cpu !== null;
      if (!isPerCpu) return variable.name;
      return `${index[0] === cpu ? "own" : "another's"} ${variable.name}`;
    };
    const held = locks.filter(({ slot }) => cpu !== null && state[slot] === cpu).map(seen);
    const wanted = locks.find(({ id }) => id === lock);
    const holding = held.length === 0 ? "nothing" : [...new Set(held)].sort().join(" and ");
    const what = wanted === undefined ? label : seen(wanted);
    return `${stack[0] ?? "?"}() for ${what} holding ${holding}`;
  });
}

/**
 * Starvation: a busy wait that somebody could end, and that goes on forever all the same, though everybody who can
 * move does. In a deadlock nobody could end the wait of one that sleeps, in a livelock of one that spins.
 */
import { type Model, type Scenario, enabled } from "../../machine/index.js";
import { type StateSpace, stateSpace } from "../../machine/run/state-space.js";
import { stepText } from "../../machine/run/step-text.js";
import { type Rounds, roundKinds, roundsOf } from "../analysis/rounds.js";
import { type FairGraph, fairRound } from "./fair-rounds.js";

/** A process that can be starved. */
export interface Starving {
  readonly process: string;
  /** The step of its busy wait. */
  readonly spinsAt: string;
  /** The processes that move meanwhile, again and again. */
  readonly others: readonly string[];
  /** A shortest way to a state of the round, by `Transition.id`. */
  readonly schedule: readonly number[];
}

/** What a search for starvation found. */
export interface Starvation {
  readonly starving: readonly Starving[];
  /** False if there are more states than were looked at. */
  readonly complete: boolean;
}

/**
 * Returns the processes whose busy wait may never end, though each process that can move moves, and somebody
 * could end it. Waiting for a lock is none: a queued spinlock and a mutex are given to each in turn.
 *
 * @param most states at most, 5,000 unless told
 * @example
 * const go = variable("go", bool);
 * const waits = thread("waits", 0, [while_(not(go), [step("cpu_relax()")])]);
 * const blinks = thread("blinks", 1, [forever([set(go, true), set(go, false)])]);
 * const both = scenario("a light", { sizes: { cpu: 2 }, processes: [waits, blinks] });
 * starvation(both).starving.map(({ process }) => process) // ["waits"]
 */
export function starvation(scenario: Scenario, most = 5000): Starvation {
  const space = stateSpace(scenario, most);
  const { model, complete } = space;
  const rounds = roundsOf(model);
  const spins = (id: number): boolean => rounds?.round[id] === roundKinds.busyWait;
  const graph = graphOf(space);
  const all = new Set(space.states.keys());
  const starving = (complete ? (rounds?.going ?? []) : []).flatMap(({ number }): Starving[] => {
    // Every other process as it likes; this one spins.
    const edges = graph.edges.filter(({ by, id }) => by !== number || spins(id));
    const { kind, name = "?" } = model.processes[number] ?? {};
    if (kind === undefined || kind === "device") return [];
    const round = fairRound({ ...graph, edges }, number, all);
    if (round === null) return [];
    const inside = edges.filter(({ from, to }) => round.has(from) && round.has(to));
    const moving = [...new Set(inside.map(({ by }) => by))].filter((by) => by !== number);
    // Alone it spins for what nobody does: that is a livelock.
    if (moving.length === 0) return [];
    const step = model.transitions[inside.find(({ by }) => by === number)?.id ?? -1];
    return [
      {
        process: name,
        spinsAt: step === undefined ? "?" : stepText(model, step),
        others: moving.map((by) => model.processes[by]?.name ?? "?"),
        schedule: wayTo(space, round),
      },
    ];
  });
  return { starving, complete };
}

interface SpaceGraph extends FairGraph {
  readonly edges: readonly {
    readonly from: number;
    readonly to: number;
    readonly by: number;
    readonly id: number;
  }[];
}

function graphOf({ model, states, steps }: StateSpace): SpaceGraph {
  const edges = steps.map(({ from, to, transition }) => {
    return { from, to, id: transition, by: model.transitions[transition]?.process ?? -1 };
  });
  const moving = states.map(
    ({ state }) => new Set(enabled(model, state).map(({ process }) => process)),
  );
  return {
    edges,
    canMove: (state, who) => moving[state]?.has(who) ?? false,
    // A device may fall silent.
    everybody: [...model.processes.keys()].filter((at) => model.processes[at]?.kind !== "device"),
  };
}

/** Returns a shortest schedule to one of some states. */
function wayTo({ states, steps }: StateSpace, round: ReadonlySet<number>): readonly number[] {
  const [first = 0] = [...round].sort((a, b) => a - b);
  const back = new Map<number, StateSpace["steps"][number]>();
  for (const step of steps) if (!back.has(step.to)) back.set(step.to, step);
  const schedule: number[] = [];
  for (let at = first; (states[at]?.depth ?? 0) > 0;) {
    const step = back.get(at);
    if (step === undefined) break;
    schedule.push(step.transition);
    at = step.from;
  }
  return schedule.reverse();
}

const hasBusyWaits = (rounds: Rounds | null): boolean =>
  rounds?.round.includes(roundKinds.busyWait) ?? false;

/** A graph that is larger is not looked at again by `explore()`. */
const mostForWarning = 2000;

/**
 * Returns a warning for each process that can be starved in a model of few states.
 *
 * @param states how many states the model has
 */
export function starvationWarnings(model: Model, states: number): readonly string[] {
  if (states > mostForWarning || !hasBusyWaits(roundsOf(model))) return [];
  return starvation(model.scenario, mostForWarning).starving.map(
    ({ process, spinsAt, others }) =>
      `starvation: ${process} may spin forever (${spinsAt}) while ${others.join(" and ")} go${others.length === 1 ? "es" : ""} on`,
  );
}

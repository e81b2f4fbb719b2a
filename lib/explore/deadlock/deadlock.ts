/**
 * Deadlock, partial ones included: a process that will never move again, whatever the others do, and
 * that is not at an end; or one that goes round forever on a CPU with its IRQs off. And livelock: one that
 * moves forever in a busy wait. Devices may fall
 * silent forever, so their steps are no way out.
 */
import { type Instance, type Model, type State, evaluate } from "../../machine/index.js";
import { replay } from "../../machine/run/replay.js";
import type { Search } from "../search/search.js";
import { blockedProcesses } from "../../machine/run/blocked.js";
import { stepText } from "../../machine/run/step-text.js";
import { roundsOf } from "../analysis/rounds.js";
import { silentDevices } from "./silent-devices.js";
import { StuckFinder, type StuckForever } from "./stuck-from.js";

/** A state in which some processes are stuck forever. */
export interface Stuck {
  readonly property: StuckForever["property"];
  readonly state: number;
  readonly processes: readonly Instance[];
}

/**
 * Returns the first state, in the order of the search, in which a process is stuck; null if there is none.
 *
 * A search that was cut short has not seen what can still happen: of it, only a state in which nobody can
 * move is known to be one.
 *
 * @throws TypeError if the search did not look for deadlocks
 */
export function firstStuck({ moves, store, compiled, cutShort, deadEnd }: Search): Stuck | null {
  if (moves === null) throw new TypeError("firstStuck: the search did not look for deadlocks");
  if (cutShort !== null) {
    return deadEnd === null
      ? null
      : { property: "deadlock", state: deadEnd, processes: compiled.model.processes };
  }
  moves.settle(store);
  const { processes } = compiled.model;
  const resting = moves.firstResting(store.count);
  if (resting !== null) {
    const stuck = processes.filter((_, at) => moves.rests(resting, at));
    return { property: "deadlock", state: resting, processes: stuck };
  }
  // Where no process rests in any state, one that makes no progress goes round forever.
  const round = moves.firstGoingRound(store.count);
  if (round === null) return null;
  const going = [...processes.keys()].filter((at) => moves.goesRound(round, at));
  const { lockup, packing } = compiled;
  const isOff = (at: number): boolean =>
    lockup?.isOff(store.words, round * packing.words, at) === true;
  return {
    property: going.some(isOff) ? "deadlock" : "livelock",
    state: round,
    processes: processes.filter((_, at) => going.includes(at)),
  };
}

/** Returns which processes are stuck where, after a schedule that leads there. */
export function describeStuck(
  { processes }: Stuck,
  search: Search,
  schedule: readonly number[],
): string {
  const { model, rounds } = search.compiled;
  const { final } = replay(model, schedule);
  const all = new Map(blockedProcesses(model, final).map((of) => [of.number, of]));
  const exactly = new StuckFinder(model, rounds).find(final)?.numbers ?? null;
  // The processes were found in a renamed state: as many of each kind are stuck here, under other names.
  const declared = new Set(processes.map((p) => p.declared));
  const stuck = [...model.processes.keys()].filter((number) =>
    exactly === null
      ? declared.has(model.processes[number]?.declared ?? -1) && all.has(number)
      : exactly.includes(number),
  );
  const numbers = stuck.length > 0 ? stuck : [...all.keys()];
  return stuckWords(model, final, numbers, rounds) + silentDevices(model, final, numbers);
}

/** Returns in words how some processes are stuck in a state, by number. */
export function stuckWords(
  model: Model,
  state: State,
  numbers: readonly number[],
  rounds = roundsOf(model),
): string {
  const all = new Map(blockedProcesses(model, state).map((of) => [of.number, of]));
  return numbers
    .map((number) => {
      const { name = "", leaving, slot } = model.processes[number] ?? {};
      const { text, keptOff } = all.get(number) ?? {};
      if (keptOff === true) return `${name} never gets its CPU back: ${text ?? ""}`;
      if (text !== undefined) return `${name} waits forever: ${text}`;
      const [next] = leaving?.[state[slot ?? 0] ?? 0] ?? [];
      const off = rounds?.going.find((going) => going.number === number)?.off ?? null;
      const how =
        off !== null && evaluate(off, state) !== 0
          ? "goes round forever with IRQs off"
          : "spins forever";
      return `${name} ${how}: ${next === undefined ? "?" : stepText(model, next)}`;
    })
    .join("; ");
}

/** Who is stuck for ever in one state, found out from that state alone. */
import { type Model, type State, type Transition, enabled, takeStep } from "../machine/index.js";

/** States looked at, at most: where devices are silent, the rest mostly comes to its end in far fewer. */
const mostStates = 20_000;

/**
 * Returns the processes that are not at an end and never move again, whatever the others do, while devices
 * are silent: their numbers in `Model.processes`. Null if the answer takes more states than allowed.
 *
 * @param most how many states may be looked at
 * @example
 * stuckIn(model, replay(model, schedule).final)
 */
export function stuckIn(model: Model, state: State, most = mostStates): readonly number[] | null {
  const steps = movesIn(model, state);
  const numbers = [...model.processes.keys()];
  const hopeless = new Set(numbers.filter((number) => rests(model, state, number, steps)));
  if (hopeless.size === 0) return [];
  const seen = new Set([state.join()]);
  // The newest state first: whoever can still move mostly does so on the first way to the end.
  const open = [state];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const moves = at === state ? steps : movesIn(model, at);
    for (const number of hopeless) {
      if (!rests(model, at, number, moves)) hopeless.delete(number);
    }
    if (hopeless.size === 0) return [];
    for (const move of moves) {
      const next = takeStep(model, at, move).state;
      const name = next.join();
      if (seen.has(name)) continue;
      if (seen.size >= most) return null;
      seen.add(name);
      open.push(next);
    }
  }
  return [...hopeless];
}

/** The steps that can be taken without a device. */
const movesIn = (model: Model, state: State): readonly Transition[] =>
  enabled(model, state).filter(({ process }) => model.processes[process]?.kind !== "device");

/** Whether a process, not a device, neither moves in a state nor is at an end there. */
function rests(
  { processes }: Model,
  state: State,
  number: number,
  moves: readonly Transition[],
): boolean {
  const process = processes[number];
  if (process === undefined || process.kind === "device") return false;
  if (process.ends.has(state[process.slot] ?? 0)) return false;
  return !moves.some((move) => move.process === number);
}

/** Processes that are stuck only because a device may fall silent: said, since some devices are not meant to. */
import type { Model, State } from "../../machine/index.js";
import { StuckFinder } from "./stuck-from.js";

/** States looked at, at most, to see whether a device would help. */
const mostStates = 2000;

/**
 * Returns what to add to a deadlock's message where some device could still get everybody out of it; empty
 * where none could, or where that takes too long to say.
 *
 * @param stuck the processes that are stuck while the devices are silent, by number
 */
export function silentDevices(model: Model, state: State, stuck: readonly number[]): string {
  const devices = model.processes.filter(({ kind }) => kind === "device").map(({ name }) => name);
  const [device] = devices;
  if (device === undefined) return "";
  const found = new StuckFinder(model).find(state, mostStates, true);
  if (found === null || stuck.some((number) => found.numbers.includes(number))) return "";
  return (
    `; unless ${devices.join(" or ")} goes on: a device may fall silent forever, ` +
    `and one that never does is a thread("${device}", [...])`
  );
}

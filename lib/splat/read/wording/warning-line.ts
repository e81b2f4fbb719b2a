/**
 * The places in the first lines of a `WARN()`: file, function and condition.
 *
 * Up to 6.17 `WARNING: CPU: 1 PID: 2 at FILE:LINE f+0x1/0x2`, since then `WARNING: FILE:LINE at
 * f+0x1/0x2, CPU#1: comm/2`, with the condition in brackets before the file where it is built in.
 */
const warning =
  /WARNING: (?:\[(?<condition>.*)\] )?(?:(?:CPU: \d+ PID: \d+ )?at )?(?<file>\S+\.\w+:\d+)(?: |$)(?:at )?(?<function>[A-Za-z_][\w.]*)?/;

/** Returns `FILE:LINE` of a warning's line, or null. */
export const placeIn = (text: string): string | null =>
  warning.exec(text)?.groups?.["file"] ?? null;

/** Returns the function of a warning's line, or null. */
export const functionIn = (text: string): string | null =>
  warning.exec(text)?.groups?.["function"] ?? null;

/** Returns the condition that a warning's line or the line before it states, or null. */
export function conditionIn(text: string): string | null {
  const inside = /DEBUG_LOCKS_WARN_ON\((.*)\)(?:\] \S+:\d+ at .*)?\s*$/.exec(text)?.[1];
  if (inside !== undefined) return inside;
  const stated = warning.exec(text)?.groups?.["condition"];
  if (stated !== undefined) return stated;
  return /^(?:debug_locks|__?lockdep_enabled) && /.test(text) ? text.trim() : null;
}

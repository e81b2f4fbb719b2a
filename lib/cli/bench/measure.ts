/** Measures by CPU time, the median of several runs. */

/** How many runs a median is of. */
export const RUNS = 5;
const RUN_MS = 200;

/** Returns the middle one of some numbers, or the upper of two in the middle; NaN of none. */
export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/** Returns milliseconds of CPU time so far: other load on the machine does not count. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Returns the median nanoseconds of one round, over several runs of some tenths of a second. */
export function measure(rounds: (count: number) => void): number {
  let count = 1000;
  for (;;) {
    const start = cpuMs();
    rounds(count);
    const ms = cpuMs() - start;
    if (ms > RUN_MS / 4) {
      count = Math.ceil((count * RUN_MS) / ms);
      break;
    }
    count *= 2;
  }
  const runs = Array.from({ length: RUNS }, () => {
    const start = cpuMs();
    rounds(count);
    return ((cpuMs() - start) * 1e6) / count;
  });
  return median(runs);
}

/** `lab bench lockdep`: what a lock costs once its chain is known, and how it grows. */
import { cpus } from "node:os";
import type { Command } from "commander";
import { Lockdep } from "../../lockdep/index.js";
import { grow } from "./growth.js";
import { IP, rawSpinlocks, take } from "./locks.js";
import { measure, RUNS } from "./measure.js";

/** Nanoseconds that the real lockdep took for a pair, natively, on a machine of two cores. */
const KERNEL_NS: ReadonlyMap<number, number> = new Map([
  [1, 56],
  [2, 62],
  [4, 79],
  [8, 107],
]);

/** Returns a pair on top of `depth - 1` locks held. */
function topPair(depth: number): number {
  const lockdep = new Lockdep();
  const maps = rawSpinlocks(lockdep, depth);
  lockdep.lockdep_hardirqs_off(IP);
  const top = maps.pop();
  if (top === undefined) return NaN;
  for (const map of maps) take(lockdep, map);
  return measure((count) => {
    for (let i = 0; i < count; i++) {
      take(lockdep, top);
      lockdep.lock_release(top, IP);
    }
  });
}

/** Returns a pair of a nest of `depth` locks that are all taken and all released. */
function nestedPair(depth: number): number {
  const lockdep = new Lockdep();
  const maps = rawSpinlocks(lockdep, depth);
  lockdep.lockdep_hardirqs_off(IP);
  const ns = measure((count) => {
    for (let i = 0; i < count; i++) {
      for (const map of maps) take(lockdep, map);
      for (let at = maps.length - 1; at >= 0; at--) {
        const map = maps[at];
        if (map !== undefined) lockdep.lock_release(map, IP);
      }
    }
  });
  return ns / depth;
}

function text(): string {
  const lines = [
    `${cpus()[0]?.model ?? "unknown CPU"}, Node ${process.version}, median of ${RUNS} runs, CPU time`,
    "",
    "ns per acquire+release pair of a cached chain, IRQs off",
    "depth   on top of depth-1 held   in a nest of depth   kernel   ratio (worse of both)",
  ];
  for (const [depth, kernel] of KERNEL_NS) {
    const top = topPair(depth);
    const nested = nestedPair(depth);
    const ratio = Math.max(top, nested) / kernel;
    lines.push(
      String(depth).padStart(5) +
        top.toFixed(1).padStart(25) +
        nested.toFixed(1).padStart(21) +
        String(kernel).padStart(9) +
        ratio.toFixed(2).padStart(8),
    );
  }
  lines.push("", "growth: a random order without circles, then a cached pair under one held lock");
  lines.push("classes     edges   load s   cached pair ns");
  for (const [classes, edges] of [
    [100, 1000],
    [1000, 10_000],
    [10_000, 100_000],
  ] as const) {
    const grown = grow(classes, edges);
    lines.push(
      String(grown.classes).padStart(7) +
        String(grown.edges).padStart(10) +
        grown.seconds.toFixed(2).padStart(9) +
        grown.cachedNs.toFixed(1).padStart(17),
    );
  }
  return `${lines.join("\n")}\n`;
}

/** Adds the benchmark. */
export function registerBenchLockdep(bench: Command): void {
  bench
    .command("lockdep")
    .description("nanoseconds per lock, beside the real lockdep's, and how it grows")
    .action(() => {
      process.stdout.write(text());
    });
}

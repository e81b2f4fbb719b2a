/** `lab bench lockdep`: what a lock costs once its chain is known, and how it grows. */
import { cpus } from "node:os";
import type { Command } from "commander";
import { Lockdep, type LockdepMap } from "../lockdep/index.js";

/** Nanoseconds that the real lockdep took for a pair, natively, on a machine of two cores. */
const KERNEL_NS: ReadonlyMap<number, number> = new Map([
  [1, 56],
  [2, 62],
  [4, 79],
  [8, 107],
]);
const RUNS = 5;
const RUN_MS = 200;
const IP = ["bench"];

const rawSpinlocks = (lockdep: Lockdep, count: number): LockdepMap[] =>
  Array.from({ length: count }, (_, i) =>
    lockdep.lockdep_init_map({ id: `lock${i}`, name: `lock${i}`, key: `key${i}`, waitInner: 2 }),
  );

const take = (lockdep: Lockdep, map: LockdepMap): void => {
  lockdep.lock_acquire(map, 0, false, 0, true, null, IP);
};

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/** Milliseconds of CPU time so far: other load on the machine does not count. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Returns the median nanoseconds of one round, over several runs of some tenths of a second. */
function measure(rounds: (count: number) => void): number {
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

/** A pair on top of `depth - 1` locks held. */
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

/** A pair of a nest of `depth` locks that are all taken and all released. */
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

interface Growth {
  readonly classes: number;
  readonly edges: number;
  readonly seconds: number;
  /** Nanoseconds of a cached pair under one held lock, afterwards. */
  readonly cachedNs: number;
}

/** A small generator of pseudo-random numbers (mulberry32), so that every run loads the same. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Loads a random order without circles: pairs of a hidden rank, in random order, some of the locks
 * used in interrupts and the rest not, so that every check has something to look at.
 */
function grow(classes: number, edges: number): Growth {
  const lockdep = new Lockdep({
    limits: {
      keys: classes,
      entries: 2 * edges,
      chains: 4 * edges,
      chainHlocks: 16 * edges,
      queue: 2 * classes,
    },
  });
  const maps = rawSpinlocks(lockdep, classes);
  const next = random(1);
  const rank = maps.map((map) => ({ map, at: next() })).sort((a, b) => a.at - b.at);
  const start = cpuMs();
  lockdep.lockdep_hardirqs_off(IP);
  const seen = new Set<number>();
  const pairs: [LockdepMap, LockdepMap][] = [];
  while (pairs.length < edges) {
    const a = Math.floor(next() * classes);
    const b = Math.floor(next() * classes);
    const [low, high] = [rank[Math.min(a, b)]?.map, rank[Math.max(a, b)]?.map];
    const pair = Math.min(a, b) * classes + Math.max(a, b);
    if (a === b || low === undefined || high === undefined || seen.has(pair)) continue;
    seen.add(pair);
    pairs.push([low, high]);
  }
  for (const [i, [low, high]] of pairs.entries()) {
    const inIrq = i % 10 === 0;
    if (inIrq) lockdep.lockdep_hardirq_enter(false, IP);
    take(lockdep, low);
    take(lockdep, high);
    lockdep.lock_release(high, IP);
    lockdep.lock_release(low, IP);
    if (inIrq) lockdep.lockdep_hardirq_exit();
  }
  const seconds = (cpuMs() - start) / 1000;
  const graph = lockdep.graph();
  const [pair] = pairs;
  if (pair === undefined) return { classes: 0, edges: 0, seconds, cachedNs: NaN };
  take(lockdep, pair[0]);
  const cachedNs = measure((count) => {
    for (let i = 0; i < count; i++) {
      take(lockdep, pair[1]);
      lockdep.lock_release(pair[1], IP);
    }
  });
  return { classes: graph.classes.length, edges: graph.edges.length, seconds, cachedNs };
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

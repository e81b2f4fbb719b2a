/** How lockdep grows: a large graph loaded, and what a lock costs afterwards. */
import { Lockdep, type LockdepMap } from "../../lockdep/index.js";
import { cpuMs, measure } from "./measure.js";
import { IP, rawSpinlocks, take } from "./locks.js";

/** A graph that was loaded, and what that took. */
export interface Growth {
  readonly classes: number;
  readonly edges: number;
  readonly seconds: number;
  /** Nanoseconds of a cached pair under one held lock, afterwards. */
  readonly cachedNs: number;
}

/** Returns a small generator of pseudo-random numbers (mulberry32), so that every run loads the same. */
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
export function grow(classes: number, edges: number): Growth {
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

/** How far a search may go, and where it reports its progress. */
import { shown } from "../../primitives/shown.js";
import { type FreeMegabytes, hostFreeMemory } from "./host-memory.js";
import { progressSink } from "./progress-sink.js";
import type { CutShort, ExploreOptions, Progress } from "../result/result.js";

const defaults = { maxStates: 50_000_000, maxMegabytes: 2048, maxDepth: Infinity, maxSeconds: 600 };

/**
 * Watches one search; throws a RangeError where a limit makes no sense.
 *
 * Where it can be told how much memory is free, what was given no limit has none in states, and its limit in
 * memory rises while there is room for twice as much.
 */
export class Budget {
  private told: number;
  private readonly limits: { -readonly [name in keyof typeof defaults]: number };
  private readonly mayRise: boolean;

  constructor(
    private readonly options: ExploreOptions,
    private readonly start = performance.now(),
    private readonly search: Progress["search"] = "verdict",
    private readonly free: FreeMegabytes | null = hostFreeMemory(),
  ) {
    this.told = start;
    this.mayRise = free !== null && options.maxMegabytes === undefined;
    const states = this.mayRise ? Infinity : defaults.maxStates;
    const { maxStates = states, maxMegabytes = defaults.maxMegabytes } = options;
    const { maxDepth = defaults.maxDepth, maxSeconds = defaults.maxSeconds } = options;
    this.limits = { maxStates, maxMegabytes, maxDepth, maxSeconds };
    for (const [name, given] of Object.entries(this.limits)) {
      const limit: unknown = given;
      if (typeof limit === "number" && limit >= 0) continue;
      throw new RangeError(`${name} is ${shown(limit)}; a number from 0 on is wanted`);
    }
  }

  /** A budget of another search, with its own limits, whose clock goes on. */
  within(options: ExploreOptions, search: Progress["search"]): Budget {
    return new Budget(options, this.start, search, this.free);
  }

  /** Seconds since the search began. */
  get seconds(): number {
    return (performance.now() - this.start) / 1000;
  }

  /** Returns why the search must end here, or null; tells of progress a few times a second. */
  check(states: number, transitions: number, depth: number, bytes: number): CutShort | null {
    const { maxStates, maxDepth, maxSeconds } = this.limits;
    const now = performance.now();
    if (now - this.told > 200) {
      this.told = now;
      const tell = this.options.onProgress ?? progressSink();
      tell?.({ search: this.search, states, transitions, depth, seconds: this.seconds });
    }
    if (this.options.signal?.aborted === true) return "cancelled";
    if (states > maxStates) return "states";
    if (bytes > this.limits.maxMegabytes * 2 ** 20 && !this.rises(bytes)) return "memory";
    if (depth > maxDepth) return "depth";
    return now - this.start > maxSeconds * 1000 ? "time" : null;
  }

  /** Takes twice the memory in use as the new limit, if that much is free: arrays double while they are copied. */
  private rises(bytes: number): boolean {
    const twice = (bytes / 2 ** 20) * 2;
    if (!this.mayRise || this.free === null || this.free() < twice) return false;
    this.limits.maxMegabytes = twice;
    return true;
  }
}

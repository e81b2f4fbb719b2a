/** How far a search may go, and who is told how far it is. */
import { progressSink } from "./progress-sink.js";
import type { CutShort, ExploreOptions, Progress } from "../result/result.js";

const defaults = { maxStates: 50_000_000, maxMegabytes: 2048, maxDepth: Infinity, maxSeconds: 600 };

/** Watches one search; throws a RangeError where a limit makes no sense. */
export class Budget {
  private told: number;
  private readonly limits: typeof defaults;

  constructor(
    private readonly options: ExploreOptions,
    private readonly start = performance.now(),
    private readonly search: Progress["search"] = "verdict",
  ) {
    this.told = start;
    const { maxStates = defaults.maxStates, maxMegabytes = defaults.maxMegabytes } = options;
    const { maxDepth = defaults.maxDepth, maxSeconds = defaults.maxSeconds } = options;
    this.limits = { maxStates, maxMegabytes, maxDepth, maxSeconds };
    for (const [name, limit] of Object.entries(this.limits)) {
      if (limit >= 0) continue;
      throw new RangeError(`${name} is ${String(limit)}; a number from 0 on is wanted`);
    }
  }

  /** A budget of another search, with its own limits, whose clock goes on. */
  within(options: ExploreOptions, search: Progress["search"]): Budget {
    return new Budget(options, this.start, search);
  }

  /** Seconds since the search began. */
  get seconds(): number {
    return (performance.now() - this.start) / 1000;
  }

  /** Returns why the search must end here, or null; tells of progress a few times a second. */
  check(states: number, transitions: number, depth: number, bytes: number): CutShort | null {
    const { maxStates, maxMegabytes, maxDepth, maxSeconds } = this.limits;
    const now = performance.now();
    if (now - this.told > 200) {
      this.told = now;
      const tell = this.options.onProgress ?? progressSink();
      tell?.({ search: this.search, states, transitions, depth, seconds: this.seconds });
    }
    if (this.options.signal?.aborted === true) return "cancelled";
    if (states > maxStates) return "states";
    if (bytes > maxMegabytes * 2 ** 20) return "memory";
    if (depth > maxDepth) return "depth";
    return now - this.start > maxSeconds * 1000 ? "time" : null;
  }
}

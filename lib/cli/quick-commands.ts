/** The subcommands whose start a reader would wait for: the build makes one file of them (`setup/bundle.mjs`). */
import type { Commands } from "./frame/program.js";

/** By the name that is typed. */
export const quickCommands: Commands = {
  annotate: async () => (await import("./matrix/annotate.js")).registerAnnotate,
  atlas: async () => (await import("./atlas/atlas.js")).registerAtlas,
  bench: async () => (await import("./bench/bench.js")).registerBench,
  compare: async () => (await import("./judge/compare.js")).registerCompare,
  explore: async () => (await import("./explore/explore.js")).registerExplore,
  judge: async () => (await import("./judge/judge.js")).registerJudge,
  matrix: async () => (await import("./matrix/matrix.js")).registerMatrix,
  promela: async () => (await import("./promela.js")).registerPromela,
  quadrant: async () => (await import("./quadrant.js")).registerQuadrant,
  replay: async () => (await import("./replay.js")).registerReplay,
  splat: async () => (await import("./splat/splat.js")).registerSplat,
  trace: async () => (await import("./splat/trace.js")).registerTrace,
  "what-if": async () => (await import("./splat/what-if.js")).registerWhatIf,
};

/** The subcommands of `lab`; each is loaded when it is asked for, so that none waits for the others' libraries. */
import type { Commands } from "./frame/program.js";

/** By the name that is typed. */
export const commands: Commands = {
  annotate: async () => (await import("./matrix/annotate.js")).registerAnnotate,
  atlas: async () => (await import("./atlas/atlas.js")).registerAtlas,
  bench: async () => (await import("./bench/bench.js")).registerBench,
  compare: async () => (await import("./judge/compare.js")).registerCompare,
  explore: async () => (await import("./explore/explore.js")).registerExplore,
  export: async () => (await import("./export.js")).registerExport,
  judge: async () => (await import("./judge/judge.js")).registerJudge,
  matrix: async () => (await import("./matrix/matrix.js")).registerMatrix,
  mcp: async () => (await import("./mcp.js")).registerMcp,
  promela: async () => (await import("./promela.js")).registerPromela,
  quadrant: async () => (await import("./quadrant.js")).registerQuadrant,
  replay: async () => (await import("./replay.js")).registerReplay,
  run: async () => (await import("./run.js")).registerRun,
  splat: async () => (await import("./splat/splat.js")).registerSplat,
  trace: async () => (await import("./splat/trace.js")).registerTrace,
  "what-if": async () => (await import("./splat/what-if.js")).registerWhatIf,
};

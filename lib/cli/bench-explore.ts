/** `lab bench explore`: the explorer beside SPIN, on the same models, in turn. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Command } from "commander";
import { explore, promela, properties } from "../explore/index.js";
import { Budget } from "../explore/budget.js";
import { search, unreduced } from "../explore/search.js";
import { translate } from "../machine/index.js";
import { UnknownNameError } from "../primitives/named.js";
import { cpuMs } from "./bench-measure.js";
import { type BenchModel, benchModels } from "./bench-models.js";
import { countOption } from "./options.js";
import { type SpinRun, type Verifier, hasSpin, verifier } from "./spin.js";

const run = promisify(execFile);

/** A thing that is timed again and again. */
interface Row {
  readonly what: string;
  readonly once: () => Promise<SpinRun>;
  readonly times: SpinRun[];
}

interface Options {
  readonly runs: number;
  readonly models: string;
  readonly megabytes: number;
  readonly seconds: number;
  readonly spin: boolean;
  readonly alone?: boolean;
}

const rowNames = {
  graph: "lab, the same graph",
  whole: "lab, whole answer",
  first: "lab, first answer",
  spin: "SPIN, unreduced",
  reducedSpin: "SPIN, partial order",
} as const;

/** All that `explore()` answers: every property, partial deadlocks too, which SPIN does not look for. */
function wholeAnswer({ make }: BenchModel, maxMegabytes: number): SpinRun {
  const scenario = make();
  const start = cpuMs();
  const { states, complete } = explore(scenario, { maxMegabytes, shortest: false });
  return { states, complete, seconds: (cpuMs() - start) / 1000 };
}

/** Every state, and which of them nothing can leave: SPIN's question, which no partial deadlock is part of. */
function sameGraph({ make }: BenchModel, maxMegabytes: number): SpinRun {
  const model = translate(make());
  const start = cpuMs();
  const asked = properties.filter((property) => property !== "deadlock");
  const options = { maxMegabytes, properties: asked };
  const { store, cutShort } = search(model, unreduced, new Budget(options), options);
  const seconds = (cpuMs() - start) / 1000;
  return { states: store.count, seconds, complete: cutShort === null };
}

/** The first answer of a new process: no code is made or warm yet. The start of Node.js is not counted. */
async function firstAnswer(name: string, megabytes: number): Promise<SpinRun> {
  const args = ["bench", "explore", "--alone", "--models", name, "--megabytes", String(megabytes)];
  const { stdout } = await run(process.execPath, [process.argv[1] ?? "", ...args]);
  const [states, seconds, complete] = stdout.trim().split(" ");
  return { states: Number(states), seconds: Number(seconds), complete: complete === "true" };
}

async function measure(name: string, model: BenchModel, options: Options): Promise<void> {
  const { megabytes } = options;
  const row = (what: string, once: Row["once"]): Row => ({ what, once, times: [] });
  const made: Verifier[] = [];
  const rows: Row[] = [
    row(rowNames.whole, () => Promise.resolve(wholeAnswer(model, megabytes))),
    row(rowNames.first, () => firstAnswer(name, megabytes)),
  ];
  if (model.sameGraph) {
    rows.unshift(row(rowNames.graph, () => Promise.resolve(sameGraph(model, megabytes))));
  }
  if (options.spin && model.hash !== null) {
    const text = promela(translate(model.make()));
    const limits = { megabytes, seconds: options.seconds, hash: model.hash };
    for (const reduced of [false, true]) {
      const pan = await verifier(text, reduced, limits);
      made.push(pan);
      rows.push(row(reduced ? rowNames.reducedSpin : rowNames.spin, pan.run));
    }
  }
  for (let round = 0; round < options.runs; round++) {
    for (const { once, times, what } of rows) {
      // What did not finish once would not finish the next time.
      if (times.some(({ complete }) => !complete)) continue;
      process.stderr.write(`\r\u001b[K${name}: run ${round + 1} of ${options.runs}, ${what}`);
      times.push(await once());
    }
  }
  process.stderr.write("\r\u001b[K");
  for (const pan of made) await pan.remove();
  process.stdout.write(`${name}\n${rows.map(print).join("\n")}\n${ratios(rows)}\n`);
}

const median = (of: readonly number[]): number =>
  [...of].sort((a, b) => a - b)[Math.floor(of.length / 2)] ?? NaN;

const medianOf = ({ times }: Row): number => median(times.map(({ seconds }) => seconds));

const finished = ({ times }: Row): boolean => times.every(({ complete }) => complete);

function print(row: Row): string {
  const seconds = medianOf(row);
  const states = row.times[0]?.states ?? 0;
  const time = seconds < 1 ? `${(seconds * 1000).toFixed(1)} ms` : `${seconds.toFixed(2)} s`;
  const rate = `${(states / seconds / 1e6).toFixed(2)} M/s`;
  const columns = [row.what.padEnd(20), String(states).padStart(12), "states"];
  const cut = finished(row) ? "" : "not finished";
  return `  ${[...columns, time.padStart(10), rate.padStart(10), cut].join(" ")}`.trimEnd();
}

/** How often the lab fits into SPIN's time; at least so often, where SPIN did not finish. */
function ratios(rows: readonly Row[]): string {
  const find = (what: string): Row | undefined => rows.find((r) => r.what === what);
  const spin = find(rowNames.spin);
  const reducedSpin = find(rowNames.reducedSpin);
  const whole = find(rowNames.whole);
  const first = find(rowNames.first);
  if (spin === undefined || reducedSpin === undefined) return "";
  const lines: string[] = [];
  const graph = find(rowNames.graph);
  if (graph !== undefined) {
    const rate = (of: Row): number => (of.times[0]?.states ?? 0) / medianOf(of);
    lines.push(
      `  the same graph: ${(rate(graph) / rate(spin)).toFixed(1)} x SPIN's states a second`,
    );
  }
  const best = [spin, reducedSpin].filter(finished).sort((a, b) => medianOf(a) - medianOf(b))[0];
  const least = best ?? (medianOf(spin) > medianOf(reducedSpin) ? spin : reducedSpin);
  const times = (of: Row | undefined): string =>
    of === undefined ? "?" : (medianOf(least) / medianOf(of)).toFixed(0);
  const atLeast = best === undefined ? "at least " : "";
  lines.push(
    `  the whole answer: ${atLeast}${times(whole)} x sooner than SPIN's best; ` +
      `${atLeast}${times(first)} x if it is the first of a process`,
  );
  return `${lines.join("\n")}\n`;
}

async function bench(options: Options): Promise<void> {
  const chosen = options.models.split(",").map((name) => {
    const model = benchModels[name];
    if (model !== undefined) return { name, model };
    throw new UnknownNameError("model", name, Object.keys(benchModels));
  });
  try {
    if (options.alone === true) {
      for (const { model } of chosen) {
        const { states, seconds, complete } = wholeAnswer(model, options.megabytes);
        process.stdout.write(`${String(states)} ${String(seconds)} ${String(complete)}\n`);
      }
      return;
    }
    const spin = options.spin && (await hasSpin());
    if (!spin) process.stderr.write("lab bench explore: without SPIN; it needs spin and gcc\n");
    for (const { name, model } of chosen) await measure(name, model, { ...options, spin });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    process.stderr.write(`lab bench explore: ${why}\n`);
    process.exitCode = 1;
  }
}

/** Adds the command. */
export function registerBenchExplore(program: Command): void {
  program
    .command("explore")
    .description(
      "the explorer beside SPIN (gcc -O2, its reduction on and off), run in turn; CPU time is " +
        "measured, that of V8's compiling and collecting threads included",
    )
    .option("--runs <n>", "runs of each; medians are printed", countOption(1, 1000), 5)
    .option(
      "--models <names>",
      "which, by commas; all take about 20 minutes",
      Object.keys(benchModels).join(","),
    )
    .option("--megabytes <n>", "the most memory that a run may take", countOption(1, 1e6), 8192)
    .option(
      "--seconds <n>",
      "the most CPU time that a run of SPIN may take",
      countOption(1, 1e6),
      120,
    )
    .option("--no-spin", "measure the lab alone")
    .option("--alone", "print states, seconds and whether all was seen of the first answer")
    .action(bench);
}

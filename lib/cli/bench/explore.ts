/** `lab bench explore`: the explorer beside SPIN, on the same models, in turn. */
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Command } from "commander";
import { exploreModel } from "../../explore/explore.js";
import { promela, properties } from "../../explore/index.js";
import { Budget } from "../../explore/search/budget.js";
import { unreduced } from "../../explore/result/reductions.js";
import { search } from "../../explore/search/search.js";
import { translate } from "../../machine/index.js";
import { UnknownNameError } from "../../primitives/named.js";
import { type Row, bothSides, rowNames } from "./explore-rows.js";
import { cpuMs } from "./measure.js";
import { type BenchModel, benchModels } from "./models.js";
import type { Translated } from "../../machine/translate/kept-translations.js";
import { translated } from "../case/translated.js";
import { liveLine } from "../frame/live-line.js";
import { countOption } from "../frame/options.js";
import { type SpinRun, type Verifier, hasSpin, verifier } from "../spin.js";

const run = promisify(execFile);

/** A row, and how it is timed once. */
interface Timed extends Row {
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

/** Measures by CPU time, that of V8's compiling and collecting threads included, and by the clock. */
async function timed(answer: () => Promise<Omit<SpinRun, "seconds">>): Promise<SpinRun> {
  const start = { cpu: cpuMs(), clock: performance.now() };
  const { states, complete } = await answer();
  const cpu = (cpuMs() - start.cpu) / 1000;
  return { states, complete, seconds: { cpu, clock: (performance.now() - start.clock) / 1000 } };
}

/**
 * Returns all that `explore()` answers: every property, partial deadlocks too, which SPIN does not look for. Of C it
 * begins with the translation that was kept, or else with the scenario, as SPIN's with its verifier.
 */
async function wholeAnswer(
  { make, kept }: BenchModel,
  maxMegabytes: number,
  jobs = 1,
): Promise<SpinRun> {
  const isKept = kept !== null && process.env["LOCKDEP_LAB_CACHE"] !== "off";
  const of = isKept ? kept : await made(make);
  return timed(async () => {
    const { model } = await of();
    return exploreModel(model, { maxMegabytes, shortest: false, jobs });
  });
}

async function made(make: BenchModel["make"]): Promise<() => Promise<Translated>> {
  const scenario = await make();
  return () => Promise.resolve(translated(scenario));
}

/** Every state, and which of them nothing can leave: SPIN's question, which no partial deadlock is part of. */
async function sameGraph({ make }: BenchModel, maxMegabytes: number): Promise<SpinRun> {
  const model = translate(await make());
  const asked = properties.filter((of) => of !== "deadlock" && of !== "livelock");
  const options = { maxMegabytes, properties: asked };
  return timed(() => {
    const { store, cutShort } = search(model, unreduced, new Budget(options), options);
    return Promise.resolve({ states: store.count, complete: cutShort === null });
  });
}

/**
 * The first answer of a new process, in which nothing is warm yet. The start of Node.js is not counted.
 *
 * @param cache where code is kept between processes; `off` for nowhere
 */
async function firstAnswer(name: string, megabytes: number, cache: string): Promise<SpinRun> {
  const args = ["bench", "explore", "--alone", "--models", name, "--megabytes", String(megabytes)];
  const env = { ...process.env, LOCKDEP_LAB_CACHE: cache };
  const { stdout } = await run(process.execPath, [process.argv[1] ?? "", ...args], { env });
  const [states, cpu, clock, complete] = stdout.trim().split(" ");
  const seconds = { cpu: Number(cpu), clock: Number(clock) };
  return { states: Number(states), seconds, complete: complete === "true" };
}

async function measure(
  name: string,
  model: BenchModel,
  options: Options,
  cache: string,
): Promise<void> {
  const { megabytes } = options;
  const line = liveLine();
  const row = (what: Row["what"], once: Timed["once"]): Timed => ({ what, once, times: [] });
  const made: Verifier[] = [];
  const rows: Timed[] = [
    row(rowNames.whole, () => wholeAnswer(model, megabytes)),
    row(rowNames.first, () => firstAnswer(name, megabytes, cache)),
    row(rowNames.anew, () => firstAnswer(name, megabytes, "off")),
  ];
  if (model.isLarge) {
    rows.push(row(rowNames.threads, () => wholeAnswer(model, megabytes, 2)));
  }
  if (model.sameGraph) {
    rows.unshift(row(rowNames.graph, () => sameGraph(model, megabytes)));
  }
  if (options.spin && model.hash !== null) {
    const text = promela(translate(await model.make()));
    const limits = { megabytes, seconds: options.seconds, hash: model.hash };
    for (const reduced of [false, true]) {
      const pan = await verifier(text, reduced, limits);
      made.push(pan);
      rows.push(row(reduced ? rowNames.reducedSpin : rowNames.spin, pan.run));
    }
  }
  // SPIN's verifier is compiled by now; the lab's code is when it has answered once, in a process or before.
  await wholeAnswer(model, megabytes);
  await firstAnswer(name, megabytes, cache);
  for (let round = 0; round < options.runs; round++) {
    for (const { once, times, what } of rows) {
      // What did not finish once would not finish the next time.
      if (times.some(({ complete }) => !complete)) continue;
      line.show(`${name}: run ${round + 1} of ${options.runs}, ${what}`);
      times.push(await once());
    }
  }
  line.clear();
  for (const pan of made) await pan.remove();
  const text = bothSides(
    rows,
    made.map((pan) => pan.made),
  );
  process.stdout.write(`${name}\n${text}\n\n`);
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
        const { states, seconds, complete } = await wholeAnswer(model, options.megabytes);
        const { cpu, clock } = seconds;
        process.stdout.write(`${[states, cpu, clock, complete].join(" ")}\n`);
      }
      return;
    }
    const spin = options.spin && (await hasSpin());
    if (!spin) process.stderr.write("lab bench explore: without SPIN; it needs spin and gcc\n");
    const cache = await mkdtemp(join(tmpdir(), "lab-bench-"));
    try {
      for (const { name, model } of chosen) await measure(name, model, { ...options, spin }, cache);
    } finally {
      await rm(cache, { recursive: true, force: true });
    }
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
        "measured, that of V8's compiling and collecting threads included, and the clock's",
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

/** `lab bench explore`: the explorer beside SPIN, on the same models, in turn. */
import type { Command } from "commander";
import { type Reductions, promela } from "../explore/index.js";
import { Budget } from "../explore/budget.js";
import { search } from "../explore/search.js";
import { firstStuck } from "../explore/stuck.js";
import { diningSixSteps } from "../cases/index.js";
import { kvm } from "../kvm/index.js";
import { type Model, type Scenario, translate } from "../machine/index.js";
import { type Verifier, hasSpin, verifier } from "./spin.js";

/** The models, by the words of `--models`. */
const models: Readonly<Record<string, () => Scenario>> = {
  "dining-8": () => diningSixSteps(8),
  "dining-9": () => diningSixSteps(9),
  "dining-10": () => diningSixSteps(10),
  "kvm-2x2": () => kvm({ cpus: 2, vcpus: 2 }),
  "kvm-2x3": () => kvm({ cpus: 2, vcpus: 3 }),
  "kvm-3x2": () => kvm({ cpus: 3, vcpus: 2 }),
  "kvm-3x3": () => kvm({ cpus: 3, vcpus: 3 }),
};

interface Timing {
  readonly states: number;
  readonly seconds: number;
  readonly complete: boolean;
}

interface Row {
  readonly what: string;
  readonly once: () => Promise<Timing>;
  readonly times: Timing[];
}

interface Options {
  readonly runs: string;
  readonly models: string;
  readonly megabytes: string;
}

/** The same question as SPIN's: every state, and which of them nothing can leave. */
function lab(model: Model, reductions: Reductions, megabytes: number): Timing {
  const budget = new Budget({ maxMegabytes: megabytes });
  const found = search(model, reductions, budget);
  // The whole answer looks for partial deadlocks too, which SPIN does not.
  if (reductions.local && found.cutShort === null) firstStuck(found);
  const { store, cutShort } = found;
  return { states: store.count, seconds: budget.seconds, complete: cutShort === null };
}

const median = (of: readonly number[]): number =>
  [...of].sort((a, b) => a - b)[Math.floor(of.length / 2)] ?? NaN;

async function measure(name: string, runs: number, megabytes: number): Promise<void> {
  const make = models[name];
  if (make === undefined) {
    throw new Error(`no model "${name}"; there are ${Object.keys(models).join(", ")}`);
  }
  const model = translate(make());
  const made: Verifier[] = [];
  const rows: Row[] = [
    row("lab, unreduced", () => lab(model, { local: false, symmetry: false }, megabytes)),
    row("lab, whole answer", () => lab(model, { local: true, symmetry: true }, megabytes)),
  ];
  if (await hasSpin()) {
    for (const reduced of [false, true]) {
      const pan = await verifier(promela(model), reduced, megabytes);
      made.push(pan);
      const what = reduced ? "SPIN, partial order" : "SPIN, unreduced";
      rows.push({ what, once: () => pan.run(), times: [] });
    }
  } else {
    process.stderr.write("lab bench explore: spin or gcc is missing: only the lab is measured\n");
  }
  for (let round = 0; round < runs; round++) {
    for (const { once, times, what } of rows) {
      process.stderr.write(`\r\u001b[K${name}: run ${round + 1} of ${runs}, ${what}`);
      times.push(await once());
    }
  }
  process.stderr.write("\r\u001b[K");
  for (const pan of made) await pan.remove();
  process.stdout.write(`${name}\n${rows.map(print).join("\n")}\n${ratios(rows)}\n`);
}

const row = (what: string, run: () => Timing): Row => ({
  what,
  once: () => Promise.resolve(run()),
  times: [],
});

function print({ what, times }: Row): string {
  const seconds = median(times.map((t) => t.seconds));
  const states = times[0]?.states ?? 0;
  const rate = states / seconds / 1e6;
  const cut = times.every((t) => t.complete) ? "" : "  not finished";
  return `  ${what.padEnd(20)}${String(states).padStart(12)} states${seconds.toFixed(2).padStart(9)} s${rate.toFixed(2).padStart(7)} M/s${cut}`;
}

function ratios(rows: readonly Row[]): string {
  const seconds = (what: string): number =>
    median(rows.find((r) => r.what === what)?.times.map((t) => t.seconds) ?? []);
  const spin = seconds("SPIN, unreduced");
  const best = Math.min(spin, seconds("SPIN, partial order"));
  if (!Number.isFinite(spin)) return "";
  const same = (spin / seconds("lab, unreduced")).toFixed(1);
  const whole = (best / seconds("lab, whole answer")).toFixed(1);
  return `  the same graph ${same} x as fast as SPIN; the whole answer ${whole} x sooner than its best\n`;
}

async function bench(options: Options): Promise<void> {
  const runs = Number(options.runs);
  const megabytes = Number(options.megabytes);
  try {
    for (const name of options.models.split(",")) await measure(name, runs, megabytes);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    process.stderr.write(`lab bench explore: ${why}\n`);
    process.exitCode = 2;
  }
}

/** Adds the command. */
export function registerBenchExplore(program: Command): void {
  program
    .command("explore")
    .description("the explorer beside SPIN (gcc -O2, its reduction on and off), run in turn")
    .option("--runs <n>", "runs of each; medians are printed", "5")
    .option("--models <names>", "which, by commas", "dining-8,dining-9,dining-10,kvm-2x2")
    .option("--megabytes <n>", "the most memory that a run may take", "8192")
    .action(bench);
}

/** `lab explore`: every interleaving of one case, with its bounds. */
import type { Command } from "commander";
import { properties as allProperties, explore, tokenOf } from "../explore/index.js";
import { translate } from "../machine/index.js";
import {
  UnknownNameError,
  changes,
  explorerVerdict,
  fixes,
  furtherPaths,
  mutants,
  named,
} from "../kvm/index.js";
import { type Case, cases } from "./cases.js";
import { countOption, listOption } from "./options.js";

interface Options {
  readonly case: string;
  readonly fix: string;
  readonly mutant: string;
  readonly change: readonly string[];
  readonly cpus?: number;
  readonly vcpus?: number;
  readonly size?: number;
  readonly maxStates?: number;
  readonly maxSeconds?: number;
  readonly depthFirst?: true;
  readonly reductions: boolean;
  readonly json?: true;
  readonly list?: true;
}

/** Adds `lab explore` to the program. */
export function registerExplore(program: Command): void {
  program
    .command("explore")
    .description("try every interleaving of a case and say what can go wrong")
    .option("--case <name>", "which case; see --list", "kvm-pi")
    .option("--fix <name>", "kvm-pi: which fix", "none")
    .option("--mutant <name>", "kvm-pi: which mutant", "m0")
    .option("--change <names>", "kvm-pi: changes, separated by commas or repeated", listOption, [])
    .option("--cpus <n>", "kvm-pi: 1 to 4 CPUs", countOption(1, 4))
    .option("--vcpus <n>", "kvm-pi: 1 to 4 vCPUs", countOption(1, 4))
    .option("--size <n>", "other cases: how many threads", countOption(1, 16))
    .option("--max-states <n>", "stop after so many states", countOption(1, 1e9))
    .option("--max-seconds <n>", "stop after so many seconds", countOption(1, 1e6))
    .option("--depth-first", "search the newest states first: for a proof")
    .option("--no-reductions", "store every state as it is")
    .option("--json", "print the result as JSON")
    .option("--list", "list the names of cases, fixes, mutants and changes")
    .action((options: Options) => {
      if (options.list === true) {
        process.stdout.write(names());
        return;
      }
      try {
        run(named("case", options.case, cases), options);
      } catch (error) {
        if (!(error instanceof UnknownNameError)) throw error;
        process.stderr.write(`lab explore: ${error.message}\n`);
        process.exitCode = 2;
      }
    });
}

function run(of: Case, options: Options): void {
  const scenario = of.make(options);
  const result = explore(scenario, {
    ...(options.reductions ? {} : { reductions: { local: false, symmetry: false } }),
    strategy: options.depthFirst === true ? "depth" : "breadth",
    ...(options.maxStates === undefined ? {} : { maxStates: options.maxStates }),
    ...(options.maxSeconds === undefined ? {} : { maxSeconds: options.maxSeconds }),
    onProgress: ({ states, depth }) => {
      if (process.stderr.isTTY) process.stderr.write(`\r${states} states, depth ${depth} `);
    },
  });
  if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
  const steps = (property: (typeof allProperties)[number]): number | null =>
    result.violations[property]?.schedule.length ?? null;
  const first = allProperties.find((property) => result.violations[property] !== undefined);
  const found = first === undefined ? undefined : result.violations[first];
  if (options.json !== true) {
    process.stdout.write(`${scenario.name}: ${result.summary}\n`);
    for (const warning of result.warnings) process.stdout.write(`beware: ${warning}\n`);
    return;
  }
  const { complete, cutShort, states, transitions, seconds, megabytes, summary } = result;
  const answer = {
    verdict: explorerVerdict(result),
    violations: {
      deadlock: steps("deadlock"),
      "lost-wakeup": steps("lost-wakeup"),
      corruption: steps("corruption"),
      assert: steps("assert") ?? steps("invariant") ?? steps("misuse"),
    },
    complete,
    cutShort,
    states,
    transitions,
    seconds: Number(seconds.toFixed(3)),
    megabytes: Number(megabytes.toFixed(1)),
    bounds: Object.fromEntries(Object.entries(scenario.sizes).map(([set, n]) => [`${set}s`, n])),
    warnings: result.warnings,
    summary,
    schedule: found === undefined ? null : tokenOf(translate(scenario), found.schedule),
  };
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

function names(): string {
  const table = (
    title: string,
    rows: readonly { readonly name: string; readonly summary: string }[],
  ) =>
    [title, ...rows.map(({ name, summary }) => `  ${name.padEnd(18)} ${summary}`), ""].join("\n");
  const isFurther = (name: string): boolean => furtherPaths.some((path) => path === name);
  return [
    table("cases (--case)", cases),
    table("fixes (--fix)", fixes),
    table("mutants (--mutant)", mutants),
    table(
      "changes (--change)",
      changes.filter(({ name }) => !isFurther(name)),
    ),
    table(
      "changes that add a path (--change)",
      changes.filter(({ name }) => isFurther(name)),
    ),
  ].join("\n");
}

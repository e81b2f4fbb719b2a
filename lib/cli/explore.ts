/** `lab explore`: every interleaving of one case, with its bounds. */
import type { Command } from "commander";
import { properties as allProperties, explore, tokenOf } from "../explore/index.js";
import { translate } from "../machine/index.js";
import { changes, explorerVerdict, fixes, furtherPaths, mutants } from "../kvm/index.js";
import { type NamedCase, caseOf, withCaseOptions, withKnownNames } from "./case-options.js";
import { type Case, cases } from "./cases.js";
import { smallestText } from "./explore-smallest.js";
import { countOption } from "./options.js";

interface Options extends NamedCase {
  readonly maxStates?: number;
  readonly maxSeconds?: number;
  readonly depthFirst?: true;
  readonly reductions: boolean;
  readonly smallest?: true;
  readonly json?: true;
  readonly list?: true;
}

/** Adds `lab explore` to the program. */
export function registerExplore(program: Command): void {
  withCaseOptions(program.command("explore"))
    .description("try every interleaving of a case and say what can go wrong")
    .option("--smallest", "kvm-pi: find the fewest CPUs, vCPUs and further paths that go wrong")
    .option("--max-states <n>", "stop after so many states", countOption(1, 1e9))
    .option("--max-seconds <n>", "stop after so many seconds", countOption(1, 1e6))
    .option("--depth-first", "search the newest states first: for a proof")
    .option("--no-reductions", "store every state as it is")
    .option("--json", "print the result as JSON")
    .option("--list", "list the names of cases, fixes, mutants and changes")
    .addHelpText("after", help)
    .action((options: Options) => {
      withKnownNames("explore", () => {
        if (options.list === true) process.stdout.write(names());
        else if (options.smallest === true) process.stdout.write(smallestText(options));
        else run(caseOf(options), options);
      });
    });
}

const help = `
Each property is checked by itself: one that is violated hides no other. The verdict is the first
that is violated, in the order deadlock, lost-wakeup, corruption, assert; "none" only if every state
was seen, "inconclusive" if not.

--json: "violations" has the steps of a shortest counterexample to each ("shortest" is false where
a shorter one was not ruled out), "schedule" the token of the verdict's. The other keys: verdict,
complete, cutShort, states, transitions, seconds, megabytes, bounds, warnings, summary.

Exit status: 0 whatever the verdict, 2 for an unknown name, 1 for an option that makes no sense.
`;

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
    shortest: Object.values(result.violations).every(({ shortest }) => shortest),
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

const withHistory = ({ name, summary, history }: (typeof mutants)[number]) => ({
  name,
  summary: history === "" ? summary : `${summary} (${history})`,
});

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
    table("mutants (--mutant)", mutants.map(withHistory)),
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

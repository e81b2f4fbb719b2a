/** `lab explore`: every interleaving of one case with its bounds, lockdep's verdict beside it. */
import type { Command } from "commander";
import { generatedCode } from "../../explore/codegen/show.js";
import { exploreModel } from "../../explore/explore.js";
import { type Counterexample, changelogTimeline, printReplay } from "../../explore/index.js";
import { toKernelC } from "../../kernel-c/index.js";
import { type Model, replay, scheduleOf, tokenOf } from "../../machine/index.js";
import { namesJson, namesText } from "../case/case-names.js";
import { withCaseOptions } from "../case/case-options.js";
import { caseOrFile } from "../case/file-case.js";
import { type Case, parser } from "../case/cases.js";
import { liveLine } from "../frame/live-line.js";
import { limitsIn, withLimitOptions } from "../frame/limit-options.js";
import { countOption } from "../frame/options.js";
import { UsageError } from "../frame/program.js";
import { progressLine } from "../frame/progress.js";
import { reductionsIn, withReductionOptions } from "../frame/reduction-options.js";
import { type Answer, asJson, asText, below } from "./answer.js";
import { type Options, checkTogether } from "./explore-options.js";
import { counterexampleTo, propertyOption, refusal } from "./explore-property.js";
import { smallestText } from "./explore-smallest.js";

/** Adds `lab explore` to the program. */
export function registerExplore(program: Command): void {
  withReductionOptions(withLimitOptions(withCaseOptions(program.command("explore"))))
    .argument("[file]", "a file of kernel C, or a module that exports a scenario")
    .option("--patch <file>", "apply a patch to kvm-pi or to the file of C first; a mail will do")
    .description(
      "try every interleaving of a case and say what can go wrong, and what lockdep says",
    )
    .option("--steps", "print the shortest counterexample: each step, and who holds what")
    .option(
      "--timeline",
      "print it as text for a changelog: a column a CPU, the steps that matter, 72 columns",
    )
    .option(
      "--property <name>",
      "the steps and the token of this property's counterexample, not of the verdict's",
      propertyOption,
    )
    .option("--token <token>", "print the steps of a token that --steps or --json gave")
    .option("--smallest", "kvm-pi: find the fewest CPUs, vCPUs and further paths that go wrong")
    .option(
      "--depth-first",
      "follow one way to its end before the next: the same states for a proof",
    )
    .option(
      "--jobs <n>",
      "threads that expand states of a large search: the same numbers, sooner; not with --depth-first",
      countOption(1, 64),
    )
    .option("--json", "print the result, or the names of --list, as JSON")
    .option(
      "--show-code",
      "print the JavaScript that is generated for the case, and explore nothing",
    )
    .option("--as-c", "print a scenario of statements as kernel C, and explore nothing")
    .option("--list", "list the names of cases, fixes, mutants and changes")
    .addHelpText("after", help)
    .action(async (file: string | undefined, options: Options) => {
      checkTogether(options);
      if (options.list === true) {
        process.stdout.write(options.json === true ? namesJson() : namesText());
        return;
      }
      const of = await caseOrFile(file, options);
      if (options.asC === true) await printAsC(of, options);
      else if (options.showCode === true) await printCode(of, options);
      else if (options.token !== undefined) await printToken(of, options, options.token);
      else if (options.smallest === true) await printSmallest(of, options);
      else await run(of, options);
    });
}

const help = `
FILE is a file of kernel C, whose comments say what runs (/* lab: thread FUNCTION on 0 */), or a module
(.ts, .mjs) that exports a scenario; without one, --case names a case.

Each property is checked by itself: one that is violated hides no other. The verdict is the first
that is violated, in the order deadlock, lost-wakeup, corruption, assert; "none" only if every state
was seen, "inconclusive" if not. Lockdep, which sees each path once and no race, answers beside it: for
kvm-pi in the three orders of first runs in which a real kernel was asked.

--property deadlock, lost-wakeup, corruption or assert, with --steps, --timeline or --json: prints the counterexample
to that property in place of the verdict's. Where it is not violated in what was seen, that is an error.
"assert" stands for invariants and misuse too.

--json: "violations" has the steps of a shortest counterexample to each ("shortest" is false where
a shorter one was not ruled out), "schedule" the token of the verdict's or of --property's. The other
keys: verdict, complete, cutShort, states, transitions, seconds, megabytes, bounds, warnings, summary;
"lockdep" with kind and orders, and "quadrant", as in lab matrix; with --steps, "steps" as lines, with
--timeline, "timeline".

Exit status: 0 for any verdict, inconclusive too (a script reads "verdict"); 1 where --property is not
violated; 2 for a name or an option that makes no sense.
`;

/** The code that a search of the case runs; reduced, if not told otherwise. */
async function printCode(of: Case, options: Options): Promise<void> {
  const { scenario, model } = await of.make(options);
  const reductions = reductionsIn(options, scenario) ?? { local: true, symmetry: true };
  process.stdout.write(generatedCode(model, reductions));
}

/** The case as kernel C; what C lacks has a comment in its place, and is named on the other stream. */
async function printAsC(of: Case, options: Options): Promise<void> {
  const { text, missing } = toKernelC((await of.make(options)).scenario);
  process.stdout.write(text);
  for (const what of missing) process.stderr.write(`not in C: ${what}\n`);
}

async function printSmallest(of: Case, options: Options): Promise<void> {
  if (of.name !== "kvm-pi") throw new UsageError(`--smallest is for kvm-pi, not for ${of.name}`);
  if (options.steps === true)
    throw new UsageError("--smallest prints no steps; explore what it finds");
  process.stdout.write(smallestText(await parser(), options));
}

/** The steps of a token, or its timeline, without a search. */
async function printToken(of: Case, options: Options, token: string): Promise<void> {
  const { scenario, model } = await of.make(options);
  const schedule = scheduleIn(model, token);
  const timeline = options.timeline === true ? changelogTimeline(model, schedule) : null;
  const steps = timeline === null || options.steps === true ? stepLines(model, schedule) : null;
  if (options.json === true) {
    const told = {
      ...(steps === null ? {} : { steps }),
      ...(timeline === null ? {} : { timeline }),
    };
    process.stdout.write(`${JSON.stringify({ schedule: token, ...told })}\n`);
  } else {
    const lines = [scenario.name, ...(steps ?? []), ...below(timeline)];
    process.stdout.write(`${lines.join("\n")}\n`);
  }
}

function scheduleIn(model: Model, token: string): readonly number[] {
  try {
    return scheduleOf(model, token);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(error.message);
  }
}

const stepLines = (model: Model, schedule: readonly number[]): readonly string[] =>
  printReplay(replay(model, schedule));

async function run(of: Case, options: Options): Promise<void> {
  const { scenario, model } = await of.make(options);
  const line = liveLine();
  const reductions = reductionsIn(options, scenario);
  const result = exploreModel(model, {
    ...(reductions === null ? {} : { reductions }),
    strategy: options.depthFirst === true ? "depth" : "breadth",
    ...(options.jobs === undefined ? {} : { jobs: options.jobs }),
    ...limitsIn(options),
    onProgress: (far) => {
      line.show(progressLine(far));
    },
  });
  line.clear();
  const found = counterexampleTo(result, options.property ?? null);
  if (found === undefined && options.property !== undefined) {
    process.stderr.write(`lab explore: ${refusal(result, options.property)}\n`);
    process.exitCode = 1;
    return;
  }
  const said = await of.lockdep(options);
  const answer: Answer = {
    result,
    said,
    warnings: [...result.warnings, ...of.warnings(options, result)],
    token: found === undefined ? null : tokenOf(model, found.schedule),
    steps: options.steps === true ? stepsOf(model, found) : null,
    timeline: options.timeline === true ? timelineOf(model, found) : null,
  };
  const text = options.json === true ? JSON.stringify(asJson(answer)) : asText(answer);
  process.stdout.write(`${text}\n`);
}

function stepsOf(model: Model, found: Counterexample | undefined): readonly string[] {
  return found === undefined ? [] : stepLines(model, found.schedule);
}

function timelineOf(model: Model, found: Counterexample | undefined): readonly string[] {
  return found === undefined ? [] : changelogTimeline(model, found.schedule);
}

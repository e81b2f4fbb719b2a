/** `lab annotate`: finds the subclass rule that silences the false positive and hides no bug. */
import { inOptions } from "../frame/limit-options.js";
import { counted } from "../../primitives/counted.js";
import type { Command } from "commander";
import {
  type Annotation,
  type Candidate,
  type Failing,
  type Rejection,
  type Synthesis,
  annotationPatch,
  failingMutants,
  mergedRule,
  mutants,
  printAnnotation,
  synthesize,
} from "../../kvm/index.js";
import { named } from "../../primitives/named.js";
import { parser } from "../case/cases.js";
import { countOption } from "../frame/options.js";
import { liveLine } from "../frame/live-line.js";

interface Options {
  readonly cpus: number;
  readonly vcpus: number;
  readonly highest: number;
  readonly json?: true;
}

/** Adds `lab annotate` to the program. */
export function registerAnnotate(program: Command): void {
  program
    .command("annotate")
    .description("search all subclass rules for the smallest that is silent and hides no bug")
    .option("--cpus <n>", "1 to 8 CPUs for deciding which mutants can fail", countOption(1, 8), 2)
    .option("--vcpus <n>", "1 to 8 vCPUs for the same", countOption(1, 8), 2)
    .option("--highest <n>", "the highest subclass to try, 0 to 2", countOption(0, 2), 2)
    .option("--json", "print the result as JSON")
    .action(async (options: Options) => {
      const kernelC = await parser();
      const { failing, undecided } = failingMutants(kernelC, options);
      if (undecided !== null) {
        const { mutant, summary } = undecided;
        const why = `${mutant} could not be decided (${inOptions(summary)}); or try fewer CPUs or vCPUs`;
        process.stderr.write(`lab annotate: ${why}\n`);
        process.exitCode = 1;
        return;
      }
      const line = liveLine();
      let done = 0;
      const { smallest, accepted, rejected } = synthesize(kernelC, {
        failing: failing.map(({ mutant }) => mutant),
        subclasses: ([0, 1, 2] as const).slice(0, options.highest + 1),
        onCandidate: () => {
          line.show(`${++done} rules tried`);
        },
      });
      line.clear();
      if (options.json === true) {
        const result = { failing, smallest: smallest.map(withPatch), accepted, rejected };
        process.stdout.write(`${JSON.stringify(result)}\n`);
        return;
      }
      process.stdout.write(`${text(options, failing, { smallest, accepted, rejected })}\n`);
    });
}

/** A rule with the patch that it stands for. */
const withPatch = (one: Candidate): object => ({ ...one, patch: annotationPatch(one.annotation) });

function text(options: Options, failing: readonly Failing[], found: Synthesis): string {
  const { smallest, accepted, rejected } = found;
  const print = ({ mutant, verdict, cpus, vcpus, further }: Failing): string => {
    const where = `: ${counted(cpus, "CPU")}, ${counted(vcpus, "vCPU")}, ${further.join(" and ")}`;
    const { summary } = named("mutant", mutant, mutants);
    return `  ${mutant}  ${summary} (${verdict}${further.length === 0 ? "" : where})`;
  };
  const rules = (of: readonly Candidate[]): string[] =>
    of.map(({ annotation }) => `  ${printAnnotation(annotation)}${mergedNote(annotation)}`);
  const why = (one: Candidate): string => one.rejections.map(shortReason).join(", ");
  const reasons = [...new Set(rejected.map(why))];
  const listed = (head: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : [head, ...lines];
  const alone = failing.filter(({ further }) => further.length === 0);
  const larger = accepted.filter((one) => !smallest.includes(one));
  return [
    ...listed(
      `Mutants that can really fail with ${options.cpus} CPUs and ${options.vcpus} vCPUs:`,
      alone.map(print),
    ),
    ...listed(
      "Mutants that can really fail with what else may run, on some machine:",
      failing.filter((one) => !alone.includes(one)).map(print),
    ),
    `${accepted.length + rejected.length} rules tried; ${accepted.length === 0 ? "none is" : `${accepted.length} are`} silent on the code as it is and report${accepted.length === 0 ? "s" : ""} each of these.`,
    ...listed("The smallest:", rules(smallest)),
    ...(mirrored(smallest) ? ["  They are one rule, with 0 and 1 exchanged."] : []),
    ...listed("Larger ones:", rules(larger)),
    ...reasons.flatMap((reason) => {
      const these = rejected.filter((one) => why(one) === reason);
      return [`Rejected, ${reason} (${these.length}):`, ...rules(these)];
    }),
    ...smallest
      .slice(0, 1)
      .flatMap(({ annotation }) => [
        `As a patch, ${printAnnotation(annotation)}:`,
        "",
        annotationPatch(annotation),
      ]),
  ].join("\n");
}

function mergedNote(annotation: Annotation): string {
  return printAnnotation(annotation) === printAnnotation(mergedRule) ? "  <- merged in 6.15" : "";
}

function shortReason(rejection: Rejection): string {
  switch (rejection.kind) {
    case "splat":
      return "reported though the code is right";
    case "misses":
      return `misses ${rejection.mutant}`;
  }
}

/** Whether two rules are the same but for the names of subclasses 0 and 1. */
function mirrored(candidates: readonly Candidate[]): boolean {
  const [one, other, ...more] = candidates.map(({ annotation }) => printAnnotation(annotation));
  if (one === undefined || other === undefined || more.length > 0) return false;
  const exchanged = one.replace(/\b[01]\b/g, (digit) => (digit === "0" ? "1" : "0"));
  return exchanged === other;
}

/** `lab annotate`: finds the subclass rule that silences the false positive and hides no bug. */
import type { Command } from "commander";
import {
  type Candidate,
  type MutantName,
  explorerVerdict,
  kvm,
  mutants,
  printAnnotation,
  printRejection,
  synthesize,
} from "../kvm/index.js";
import { explore } from "../explore/index.js";
import { countOption } from "./options.js";

interface Options {
  readonly cpus: number;
  readonly vcpus: number;
  readonly json?: true;
}

interface Failing {
  readonly mutant: MutantName;
  readonly verdict: string;
  readonly states: number;
}

/** Adds `lab annotate` to the program. */
export function registerAnnotate(program: Command): void {
  program
    .command("annotate")
    .description("search all subclass rules for the smallest that is silent and hides no bug")
    .option("--cpus <n>", "1 to 4 CPUs for deciding which mutants can fail", countOption(1, 4), 2)
    .option("--vcpus <n>", "1 to 4 vCPUs for the same", countOption(1, 4), 2)
    .option("--json", "print the result as JSON")
    .action((options: Options) => {
      const failing = failingMutants(options);
      if (failing === null) return;
      const progress = progressOf();
      const { smallest, accepted, rejected } = synthesize({
        failing: failing.map(({ mutant }) => mutant),
        onCandidate: progress,
      });
      if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
      if (options.json === true) {
        const result = { failing, smallest, accepted, rejected };
        process.stdout.write(`${JSON.stringify(result)}\n`);
        return;
      }
      const { cpus, vcpus } = options;
      const names = failing.map(({ mutant }) => mutant).join(", ");
      const lines = [
        `Mutants that can really fail with ${cpus} CPUs and ${vcpus} vCPUs: ${names}.`,
        `${accepted.length + rejected.length} rules tried, ${accepted.length} do. The smallest:`,
        ...smallest.map((candidate) => `  ${printAnnotation(candidate.annotation)}`),
        ...(mirrored(smallest) ? ["They are one rule, with 0 and 1 exchanged."] : []),
        "Larger ones:",
        ...accepted
          .filter((candidate) => !smallest.includes(candidate))
          .map((candidate) => `  ${printAnnotation(candidate.annotation)}`),
        "Rejected:",
        ...rejected.map(
          ({ annotation, rejections }) =>
            `  ${printAnnotation(annotation)}: ${rejections.map(printRejection).join("; ")}`,
        ),
      ];
      process.stdout.write(`${lines.join("\n")}\n`);
    });
}

/** The mutants for which the explorer finds a violation; null if it could not decide one. */
function failingMutants({ cpus, vcpus }: Options): readonly Failing[] | null {
  const failing: Failing[] = [];
  for (const { name: mutant } of mutants) {
    const result = explore(kvm({ mutant, cpus, vcpus }));
    const verdict = explorerVerdict(result);
    if (verdict === "inconclusive") {
      process.stderr.write(
        `lab annotate: ${mutant} could not be decided (${result.summary}); try fewer CPUs or vCPUs\n`,
      );
      process.exitCode = 1;
      return null;
    }
    if (verdict !== "none") failing.push({ mutant, verdict, states: result.states });
  }
  return failing;
}

/** Whether two rules are the same but for the names of subclasses 0 and 1. */
function mirrored(candidates: readonly Candidate[]): boolean {
  const [one, other, ...more] = candidates.map(({ annotation }) => printAnnotation(annotation));
  if (one === undefined || other === undefined || more.length > 0) return false;
  const exchanged = one.replace(/\b[01]\b/g, (digit) => (digit === "0" ? "1" : "0"));
  return exchanged === other;
}

function progressOf(): () => void {
  let done = 0;
  return () => {
    done++;
    if (process.stderr.isTTY) process.stderr.write(`\r${done} rules tried `);
  };
}

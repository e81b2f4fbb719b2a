/** `lab matrix`: lockdep's verdict beside the explorer's, for every fix x every mutant or change. */
import { counted } from "../../primitives/counted.js";
import type { Command } from "commander";
import {
  type Cell,
  type MatrixEntry,
  type Memory,
  changeCells,
  changes,
  fixes,
  matrix,
  mutantCells,
  mutants,
} from "../../kvm/index.js";
import { parser } from "../case/cases.js";
import { named } from "../../primitives/named.js";
import { memoryIn } from "./matrix-memory.js";
import { countOption, listOption } from "../frame/options.js";
import { UsageError } from "../frame/program.js";
import { progressLine } from "../frame/progress.js";
import { liveLine } from "../frame/live-line.js";

interface Options {
  readonly fix: readonly string[];
  readonly mutant: readonly string[];
  readonly change: readonly string[];
  readonly changes?: true;
  readonly cpus: number;
  readonly vcpus: number;
  readonly maxSeconds: number;
  readonly maxMegabytes: number;
  readonly keep?: Memory;
  readonly json?: true;
}

/** Adds `lab matrix` to the program. */
export function registerMatrix(program: Command): void {
  program
    .command("matrix")
    .description("lockdep's verdict beside the explorer's, for every fix x every mutant")
    .option("--fix <names>", "only these fixes", listOption, [])
    .option("--mutant <names>", "only these mutants", listOption, [])
    .option("--changes", "every change of the mechanism in the mutants' place")
    .option("--change <names>", "only these changes, in the mutants' place", listOption, [])
    .option("--cpus <n>", "1 to 8 CPUs", countOption(1, 8), 2)
    .option("--vcpus <n>", "1 to 8 vCPUs", countOption(1, 8), 2)
    .option("--max-seconds <n>", "for each exploration", countOption(1, 1e6), 120)
    .option("--max-megabytes <n>", "for each exploration", countOption(1, 1e6), 2000)
    .option("--keep <file>", "remember explorations there, and go on from what it has", memoryIn)
    .option("--json", "print the cells as JSON")
    .action(async (options: Options) => {
      const { cpus, vcpus, maxSeconds, maxMegabytes, keep } = options;
      const cells = cellsOf(options);
      const progress = new Lines(cells.length);
      const entries = matrix(await parser(), cells, {
        cpus,
        vcpus,
        explore: {
          maxSeconds,
          maxMegabytes,
          onProgress: (far) => {
            progress.now(progressLine(far));
          },
        },
        ...(keep === undefined ? {} : { memory: keep }),
        onCell: ({ fix, mutant = "m0", changes: changed = [] }) => {
          progress.next([fix, mutant, ...changed].join(" "));
        },
        onEntry: (entry) => {
          progress.done(row(entry));
        },
      });
      const text = options.json === true ? JSON.stringify(entries) : entries.map(row).join("\n");
      process.stdout.write(`${text}\n`);
    });
}

/** What is said on the way: a line for each cell when it is done; on a terminal, how far this one is. */
class Lines {
  private at = 0;
  private name = "";
  private readonly line = liveLine();

  constructor(private readonly all: number) {}

  next(name: string): void {
    this.at++;
    this.name = name;
    this.now("");
  }

  now(how: string): void {
    this.line.show(`${this.head()}: ${this.name} ${how}`);
  }

  done(line: string): void {
    this.line.clear();
    process.stderr.write(`${this.head()}: ${line}\n`);
  }

  private head(): string {
    return `${this.at} of ${this.all}`;
  }
}

function cellsOf(options: Options): readonly Cell[] {
  const all = <T extends { readonly name: string; readonly also?: string }>(
    what: string,
    table: readonly T[],
    wanted: readonly string[],
  ): readonly T[] => (wanted.length === 0 ? table : wanted.map((name) => named(what, name, table)));
  const fixNames = all("fix", fixes, options.fix).map(({ name }) => name);
  if (options.changes === true || options.change.length > 0) {
    if (options.mutant.length > 0) {
      throw new UsageError(
        "changes stand in the mutants' place: give --mutant or --change, not both",
      );
    }
    return changeCells(
      fixNames,
      all("change", changes, options.change).map(({ name }) => name),
    );
  }
  return mutantCells(
    fixNames,
    all("mutant", mutants, options.mutant).map(({ number }) => number),
  );
}

function row({ fix, mutant, changes: changed, lockdep, explorer, quadrant }: MatrixEntry): string {
  const what = changed.length > 0 ? changed.join(",") : mutant;
  const steps = explorer.steps === null ? "" : ` in ${counted(explorer.steps, "step")}`;
  const said = lockdep.kind ?? "silent";
  const found = `${explorer.verdict}${steps}, ${explorer.states} states`;
  return `${fix.padEnd(16)} ${what.padEnd(18)} ${said.padEnd(16)} ${found.padEnd(44)} ${quadrant}`;
}

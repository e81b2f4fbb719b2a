/** What runs where: in comments of the text, `lab: thread FUNCTION on CPU`, or said beside it. */
import type { Faults, Span } from "../errors/index.js";
import { KERNEL_NAMES } from "../../lockdep/index.js";
import { nearest } from "../../primitives/named.js";
import type { Comment } from "../parse/ast.js";
import type { Source } from "../parse/source.js";

/** A function that a thread, an interrupt, a softirq or an NMI runs. */
export interface Run {
  readonly kind: "thread" | "hardirq" | "softirq" | "nmi";
  readonly function: string;
  /** Its arguments, as text; none where it takes none. */
  readonly args: string;
  readonly argsAt: Span;
  /** The CPU by its number, each of them, or one of its own for a thread that may be anywhere. */
  readonly on: number | "all" | "own";
  /** Whether a thread does it again and again. */
  readonly forever: boolean;
  readonly at: Span;
}

/** What the comments of a file say. */
export interface RunComments {
  readonly cpus: number | null;
  readonly kernel: string | null;
  readonly name: string | null;
  /** Whether anybody may send a signal to any task. */
  readonly signals: boolean;
  readonly runs: readonly Run[];
}

const commands = [
  "cpus",
  "thread",
  "hardirq",
  "softirq",
  "nmi",
  "kernel",
  "name",
  "signals",
] as const;

/** Returns what comments say; what makes no sense is a fault. */
export function readRunComments(
  comments: readonly Comment[],
  source: Source,
  faults: Faults,
): RunComments {
  let cpus: number | null = null;
  let kernel: string | null = null;
  let name: string | null = null;
  let signals = false;
  const runs: Run[] = [];
  for (const comment of comments) {
    const line = /\blab:[ \t]*([^\n]*?)[ \t]*(?:\*\/)?(?=\r?\n|$)/g;
    for (const found of comment.text.matchAll(line)) {
      const said = found[1] ?? "";
      const start = comment.at.start + found.index;
      const at = source.span(start, start + found[0].replace(/\s*\*\/$/, "").length);
      const [command = "", ...rest] = said.split(/\s+/);
      const more = rest.join(" ");
      switch (command) {
        case "cpus": {
          const number = Number(more);
          if (Number.isInteger(number) && number >= 1 && number <= 64) cpus = number;
          else faults.add(at, `lab: cpus N: a number from 1 to 64 is wanted, and not "${more}"`);
          break;
        }
        case "kernel":
          if (KERNEL_NAMES.some((one) => one === more)) kernel = more;
          else {
            faults.add(at, `lab: kernel ${more}: it is one of ${KERNEL_NAMES.join(", ")}`);
          }
          break;
        case "name":
          name = more;
          break;
        case "signals":
          signals = true;
          break;
        case "thread":
        case "hardirq":
        case "softirq":
        case "nmi": {
          const run = readRun(command, more);
          if (run === null) {
            faults.add(
              at,
              command === "thread"
                ? `lab: thread FUNCTION [on CPU] [forever] is wanted, and not "${said}"`
                : `lab: ${command} FUNCTION on CPU is wanted, and not "${said}"`,
            );
          } else {
            const argsStart = start + found[0].indexOf(run.args, found[0].indexOf("("));
            const argsAt =
              run.args === "" ? at : source.span(argsStart, argsStart + run.args.length);
            runs.push({ ...run, at, argsAt });
          }
          break;
        }
        default: {
          const [near] = nearest(command, commands);
          const hint =
            near === undefined ? `there are ${commands.join(", ")}` : `did you mean ${near}?`;
          faults.add(at, `lab: ${command}: no such line; ${hint}`);
        }
      }
    }
  }
  return { cpus, kernel, name, signals, runs };
}

/** Returns a run that is written as `FUNCTION on CPU [forever]`; null if it is none. */
export function readRun(
  kind: Run["kind"],
  text: string,
): Pick<Run, "kind" | "function" | "args" | "on" | "forever"> | null {
  const found =
    /^(\w+)\s*(?:\(([^]*)\))?(?:\s+on\s+(?:cpu\s*)?(\d+|all|every(?:\s+cpu)?))?(\s+forever)?$/i.exec(
      text,
    );
  if (found === null) return null;
  const [, name = "", args = "", on, forever] = found;
  // What interrupts something needs a CPU to do so.
  if (on === undefined && kind !== "thread") return null;
  if (forever !== undefined && kind !== "thread") return null;
  return {
    kind,
    function: name,
    args: args.trim(),
    on: on === undefined ? "own" : /^\d+$/.test(on) ? Number(on) : "all",
    forever: forever !== undefined,
  };
}

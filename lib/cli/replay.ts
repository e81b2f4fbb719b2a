/** `lab replay`: asks lockdep about the lock programs of a file. */
import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { Lockdep, parseLockProgram, runLockProgram } from "../lockdep/index.js";
import { normalText } from "../splat/print/index.js";

/** Returns the answer to one line, as JSON, or what is wrong with it. */
function answer(line: string): { readonly json: string } | { readonly error: string } {
  const parsed = parseLockProgram(line);
  if (!parsed.ok) return { error: parsed.error };
  const { program } = parsed;
  const found = runLockProgram(program, new Lockdep());
  const report = found && {
    step: found.step,
    kind: found.report.kind,
    text: normalText(found.report),
  };
  return { json: JSON.stringify({ id: program.id, report }) };
}

function replay(file: string): void {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    process.stderr.write(`lab replay: cannot read ${file}: ${why}\n`);
    process.exitCode = 1;
    return;
  }
  const out: string[] = [];
  for (const [i, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const result = answer(line);
    if ("json" in result) {
      out.push(result.json);
    } else {
      process.stderr.write(`lab replay: ${file}:${i + 1}: ${result.error}\n`);
      process.exitCode = 1;
    }
  }
  process.stdout.write(out.map((json) => `${json}\n`).join(""));
}

/** Adds the command. */
export function registerReplay(program: Command): void {
  program
    .command("replay")
    .description("run lock programs (one JSON object a line) through lockdep and print its answers")
    .argument("<file>", "programs as JSON lines: id, locks, ops; a report in it is ignored")
    .action(replay);
}

/**
 * Prints reports as the kernel does, to the letter; one file a kind.
 *
 * Follows the `print_*_bug()` functions of kernel/locking/lockdep.c.
 */
import { type KernelName, kernelNamed, type Report } from "../../lockdep/index.js";
import { badUnlockText } from "./bad-unlock.js";
import { circularText } from "./circular.js";
import { heldFreedText } from "./held-freed.js";
import { inconsistentText } from "./inconsistent.js";
import { irqInversionText } from "./irq-inversion.js";
import { irqSafeUnsafeText } from "./irq-safe-unsafe.js";
import { invalidSubclassText, limitText, nonStaticKeyText } from "./limit.js";
import { nestedNotTakenText } from "./nested-not-taken.js";
import { recursiveText } from "./recursive.js";
import { stillHeldText, userSpaceText } from "./still-held.js";
import { kernelStyle, normalStyle, programStyle, type Style } from "./style.js";
import { waitContextText } from "./wait-context.js";
import { bfsErrorText, debugLocksWarnText, oopsText, warnText } from "./warning.js";

function lines(report: Report, style: Style): string[] {
  switch (report.kind) {
    case "circular":
      return circularText(report, style);
    case "recursive":
      return recursiveText(report, style);
    case "inconsistent":
      return inconsistentText(report, style);
    case "irq-inversion":
      return irqInversionText(report, style);
    case "irq-safe-unsafe":
      return irqSafeUnsafeText(report, style);
    case "wait-context":
      return waitContextText(report, style);
    case "bad-unlock":
      return badUnlockText(report, style);
    case "nested-not-taken":
      return nestedNotTakenText(report, style);
    case "held-freed":
      return heldFreedText(report, style);
    case "still-held":
      return stillHeldText(report, style);
    case "user-space":
      return userSpaceText(report, style);
    case "limit":
      return limitText(report, style);
    case "invalid-subclass":
      return invalidSubclassText(report, style);
    case "non-static-key":
      return nonStaticKeyText(report, style);
    case "debug-locks-warn":
      return debugLocksWarnText(report, style);
    case "bfs-error":
      return bfsErrorText(report, style);
    case "warn":
      return warnText(report, style);
    case "oops":
      return oopsText(report, style);
  }
}

/**
 * Returns a report as the kernel prints it, with the functions of the model as its stacks.
 *
 * @param kernel which kernel's wording; 6.12 by default
 * @example
 * const { report } = lockdepOn(abba());
 * printReport(report).includes("WARNING: possible circular locking dependency detected") // true
 */
export function printReport(report: Report, kernel: KernelName = "6.12"): string {
  return `${lines(report, kernelStyle(kernelNamed(kernel).placeFirst)).join("\n")}\n`;
}

/**
 * The `#N` of a name that ends in a letter, a digit or `_`. The recorded texts are without: a
 * running kernel has locks of these names already, so its numbers say nothing about the program.
 */
const VERSION = /(?<=\w)#\d+/g;

/**
 * Returns a report's lines in the form in which texts of different kernels are compared: up to
 * `stack backtrace:`, without stacks, addresses, places, the release line, the lines of irq events
 * and most `#N` of names, the task as `TASK` and a key as `key KEY`.
 */
export function normalText(report: Report): string[] {
  const kept = upToBacktrace(lines(report, normalStyle));
  while (kept[0] === "") kept.shift();
  while (kept.at(-1) === "") kept.pop();
  return kept.map((line) => line.replace(VERSION, ""));
}

function upToBacktrace(text: string[]): string[] {
  const end = text.indexOf("stack backtrace:");
  return end < 0 ? text : text.slice(0, end);
}

/** The key that two messages name, which the kernel prints as an address or a symbol. */
const NAMED_KEY = /(?<=with key ).*?(?=, but found)|(?<=^BUG: key ).*(?= has not been registered)/;

/**
 * Returns a report's lines in the form in which extended programs are compared: as `normalText()`,
 * but with every `#N` of names, keys as `key CLASS.SUBCLASS`, and without blank lines.
 */
export function programText(report: Report): string[] {
  return upToBacktrace(lines(report, programStyle))
    .filter((line) => line !== "")
    .map((line) => line.replace(NAMED_KEY, "KEY"));
}

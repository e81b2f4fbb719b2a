/** How options are read. */
import { InvalidArgumentError } from "commander";

/** Returns a parser of whole numbers from `least` to `most`. */
export function countOption(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`A whole number from ${least} to ${most} is wanted.`);
  };
}

/** Adds comma-separated names to a list. */
export function listOption(text: string, before: readonly string[]): readonly string[] {
  return [...before, ...text.split(",").filter((name) => name !== "")];
}

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
  const names = text.split(",").filter((name) => name !== "");
  if (names.length === 0) throw new InvalidArgumentError("A name is wanted.");
  return [...before, ...names];
}

/** Returns a parser of numbers above 0 up to `most`, fractions too. */
export function amountOption(most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (value > 0 && value <= most) return value;
    throw new InvalidArgumentError(`A number above 0, up to ${most}, is wanted.`);
  };
}

/** Returns a parser of a single name; `several` says how to give more than one. */
export function nameOption(several: string): (text: string, before?: string) => string {
  return (text, before) => {
    if (before === undefined && !text.includes(",")) return text;
    const twice = before === undefined ? "" : `It was given before, as ${before}. `;
    throw new InvalidArgumentError(`${twice}One name is wanted here; ${several}.`);
  };
}

/** Registers of a device: what is written there concerns nobody here, what is read there no code decides. */
import { type CallRow, type Family, does } from "../row/index.js";

const named = (before: string, behind: readonly string[]): readonly string[] =>
  behind.map((width) => before + width);

const widths = ["b", "w", "l", "q", "b_relaxed", "w_relaxed", "l_relaxed", "q_relaxed"];
const bits = ["8", "16", "32", "64"];

const allOf = <T>(names: readonly string[], each: T): Readonly<Record<string, T>> =>
  Object.fromEntries(names.map((name) => [name, each] as const));

const written: CallRow = does("value, address", () => []);

export const deviceRegistersFamily: Family = {
  name: "device registers",
  calls: allOf([...named("write", widths), ...named("iowrite", bits)], written),
  instead: allOf(
    [...named("read", widths), ...named("ioread", bits)],
    "what a device says is nondet_bool(), or a variable of this file that another thread sets",
  ),
};

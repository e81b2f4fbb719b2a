/** Looks into data of unknown shape without believing anything about it. */

import { isRecord } from "../primitives/record.js";

/** Returns a field of the value, or undefined where there is none. */
export function fieldOf(value: unknown, name: string): unknown {
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** Returns a field that holds text, or undefined. */
export function textField(value: unknown, name: string): string | undefined {
  const found = fieldOf(value, name);
  return typeof found === "string" ? found : undefined;
}

/** Returns nbformat's "multiline string" (text, or an array of lines) as one text. */
export function multiline(value: unknown, between = ""): string | undefined {
  if (typeof value === "string") return value;
  if (Array.isArray(value) && value.every((line) => typeof line === "string")) {
    return value.join(between);
  }
  return undefined;
}

/** Returns text as nbformat keeps it: lines with their ends, so that a difference shows line by line. */
export function linesOf(text: string): string[] {
  return text === "" ? [] : (text.match(/[^\n]*\n|[^\n]+$/g) ?? []);
}

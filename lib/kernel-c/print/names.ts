/** Names of variables as a reader writes them: a local of C is `i`, and not `producer: producer.i`. */
import type { Variable } from "../../machine/index.js";

/** Returns the name of a variable, fit for C and TypeScript. */
export function nameOf({ name, temporary }: Variable): string {
  if (temporary === true) return `t${/\d+$/.exec(name)?.[0] ?? ""}`;
  const plain = name.replace(/^[^:]*: (?:\w+\.)?/, "");
  return plain.replace(/->/g, ".").replace(/^[&*]+/, "");
}

/** Returns a text of the machine in which objects are named as in TypeScript: `mutex_lock(&dev->lock)` takes `dev.lock`. */
export const plainCall = (label: string): string =>
  label.replace(/&(?=[\w(])/g, "").replace(/->/g, ".");

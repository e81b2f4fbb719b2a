/** Functions that call themselves on a stack. */
import type { StackFrame } from "../../report/index.js";
import { foldStack } from "../../stacks/fold-stack.js";
import { isHelper } from "../../stacks/owner.js";

/**
 * Returns the functions between two calls of the same one, outermost first and with it at both
 * ends, or an empty list where nothing calls itself.
 */
export function recursionOn(frames: readonly StackFrame[]): readonly string[] {
  const names = foldStack(frames).functions.filter((name) => !isHelper(name));
  for (const [at, name] of names.entries()) {
    const again = names.indexOf(name, at + 1);
    if (again > 0) return names.slice(at, again + 1).reverse();
  }
  return [];
}

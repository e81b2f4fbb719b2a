/** Functions that call themselves on a stack. */
import type { StackFrame } from "../../report/index.js";
import { foldStack } from "../../stacks/fold-stack.js";
import { isHelper } from "../../stacks/owner.js";

/** Helpers that call a driver, which may call them for the device below. */
const layered = /^_*(?:irq_set_|enable_irq|disable_irq|regmap_|clk_|pm_runtime_)/;

/**
 * Returns the functions between two calls of the same one, outermost first and with it at both
 * ends, or an empty list where nothing calls itself.
 */
export function recursionOn(frames: readonly StackFrame[]): readonly string[] {
  const all = foldStack(frames).functions;
  const own = all.filter((name) => !isHelper(name));
  // A function of the kernel that comes back to itself does so through one of a driver.
  for (const names of [own, all.filter((name) => !isHelper(name) || layered.test(name))]) {
    for (const [at, name] of names.entries()) {
      const again = names.indexOf(name, at + 1);
      if (again > 0) return names.slice(at, again + 1).reverse();
    }
  }
  return [];
}

/** A process that uses a list while another is in the middle of using it has corrupted it. */
import { type Operand, at, not } from "../language/expr.js";
import { check } from "../language/effect.js";
import type { Variable } from "../language/variable.js";

/** Returns the check that nobody else is in the middle of using a list. */
export const listIsFree = (of: { readonly name: string; readonly busy: Variable }, head: Operand) =>
  check(not(at(of.busy, head)), `${of.name}: used by two at once`, "corruption");

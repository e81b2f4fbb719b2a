/** `guard()` and `scoped_guard()`: include/linux/cleanup.h. The lock is dropped where the block is left. */
import type { Call, Family } from "../row/index.js";
import { type Guard, guardClasses } from "./guard-classes.js";

function guardOf(call: Call): Guard {
  const name = call.argument(0);
  const found = Object.hasOwn(guardClasses, name) ? guardClasses[name] : undefined;
  if (found !== undefined) return found(call);
  return call.refuse(
    `no such guard: ${name}; there are ${Object.keys(guardClasses).join(", ")}`,
    0,
  );
}

export const guardFamily: Family = {
  name: "guard",
  instead: {
    scoped_cond_guard:
      "try the lock, and leave the function where it cannot be had: if (!mutex_trylock(&lock)) return",
  },
  calls: {
    guard: {
      takes: "class, [lock], [subclass]",
      run: (call) => {
        const { enter, leave, taken } = guardOf(call);
        if (taken !== undefined) {
          return call.refuse(
            `${call.argument(0)} may not be had: scoped_guard() does a block only where it is`,
            0,
          );
        }
        call.emit(...enter);
        call.atEndOfScope(leave);
        return undefined;
      },
    },
  },
  loops: {
    scoped_guard: {
      takes: "class, [lock], [subclass]",
      isGuard: true,
      run: (call, body) => {
        const { enter, leave, taken } = guardOf(call);
        call.emit(...enter);
        call.atEndOfScope(leave);
        const inner = body();
        if (taken === undefined) call.emit(...inner);
        else call.emit({ kind: "if", test: taken, then: inner, else: [] });
      },
    },
  },
};

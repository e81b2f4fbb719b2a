/** The parts of a reader's code, which must be functions that return lists of statements. */
import type { Statement } from "../../machine/index.js";
import { shown } from "../../primitives/shown.js";
import type { Code } from "./code.js";

type Part<Arguments extends readonly unknown[]> = (...given: Arguments) => readonly Statement[];

/**
 * Returns the code with each part checked when it is used.
 *
 * The parts throw a TypeError that names the part if it is no function, or returns no list.
 */
export function listed(code: Code): Code {
  const { handler, schedOut, schedIn } = code;
  const of = <Arguments extends readonly unknown[]>(
    path: string,
    name: string,
    part: Part<Arguments>,
  ): Part<Arguments> => checked(`${path}.${name}`, part);
  return {
    ...code,
    handler: {
      ...handler,
      lock: of("handler", "lock", handler.lock),
      unlock: of("handler", "unlock", handler.unlock),
      beforeWake: of("handler", "beforeWake", handler.beforeWake),
      afterWake: of("handler", "afterWake", handler.afterWake),
    },
    schedOut: {
      ...schedOut,
      lock: of("schedOut", "lock", schedOut.lock),
      unlock: of("schedOut", "unlock", schedOut.unlock),
      inside: of("schedOut", "inside", schedOut.inside),
    },
    schedIn: {
      ...schedIn,
      lock: of("schedIn", "lock", schedIn.lock),
      unlock: of("schedIn", "unlock", schedIn.unlock),
      before: of("schedIn", "before", schedIn.before),
      inside: of("schedIn", "inside", schedIn.inside),
    },
  };
}

function checked<Arguments extends readonly unknown[]>(
  name: string,
  part: Part<Arguments>,
): Part<Arguments> {
  const given: unknown = part;
  return (...values) => {
    if (typeof given !== "function") {
      throw new TypeError(`${name} is ${shown(given)}, and not a function`);
    }
    const statements = part(...values);
    const returned: unknown = statements;
    if (Array.isArray(returned)) return statements;
    throw new TypeError(`${name} returns ${shown(returned)}, and not a list of statements`);
  };
}

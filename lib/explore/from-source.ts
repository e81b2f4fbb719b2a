/** Functions from generated source; the source is made of a model's numbers, never of its names. */

/** The functions that were made last, by their source: models that move alike share hot code. */
const made = new Map<string, unknown>();

/** How many are kept. */
const most = 24;

/**
 * Returns what `body` returns, run with `base` under the name of `Z`; for a source seen shortly before,
 * what that returned then.
 *
 * Throws where the page forbids it: a content security policy needs `'unsafe-eval'`.
 */
export function fromSource<F>(is: (of: unknown) => of is F, body: string, base?: Base): F {
  const key = base === undefined ? body : `${base.source}\n${body}`;
  const known = made.get(key);
  const functions = is(known) ? known : fresh(is, body, base);
  made.delete(key);
  made.set(key, functions);
  for (const [oldest] of made) {
    if (made.size <= most) break;
    made.delete(oldest);
  }
  return functions;
}

/** Functions that others call, and their source. */
export interface Base {
  readonly source: string;
  readonly functions: unknown;
}

function fresh<F>(is: (of: unknown) => of is F, body: string, base?: Base): F {
  const factory: unknown = Reflect.construct(Function, ["Z", `"use strict";${body}`]);
  const functions: unknown =
    typeof factory === "function" ? Reflect.apply(factory, undefined, [base?.functions]) : null;
  if (!is(functions)) throw new TypeError("generated code returned no function");
  return functions;
}

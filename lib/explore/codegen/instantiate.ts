/** Functions from generated source; the source is made of a model's numbers, never of its names. */

/**
 * Returns what `body` returns, run with `base` under that name.
 *
 * Throws where the page forbids it: a content security policy needs `'unsafe-eval'`.
 */
export function fromSource<F>(is: (of: unknown) => of is F, body: string, base?: unknown): F {
  return fromFactory(is, Reflect.construct(Function, ["base", strict(body)]), base);
}

/** Returns the body of a function in strict mode. */
export const strict = (body: string): string => `"use strict";\n${body}`;

/** Returns what a function of `base` returns. */
export function fromFactory<F>(is: (of: unknown) => of is F, factory: unknown, base?: unknown): F {
  const made: unknown =
    typeof factory === "function" ? Reflect.apply(factory, undefined, [base]) : null;
  if (!is(made)) throw new TypeError("generated code returned no function");
  return made;
}

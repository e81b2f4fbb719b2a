/** Functions from generated source; the source is made of a model's numbers, never of its names. */

/**
 * Returns what `body` returns, run with `base` under that name.
 *
 * Throws where the page forbids it: a content security policy needs `'unsafe-eval'`.
 */
export function fromSource<F>(is: (of: unknown) => of is F, body: string, base?: unknown): F {
  const factory: unknown = Reflect.construct(Function, ["base", `"use strict";\n${body}`]);
  const made: unknown =
    typeof factory === "function" ? Reflect.apply(factory, undefined, [base]) : null;
  if (!is(made)) throw new TypeError("generated code returned no function");
  return made;
}

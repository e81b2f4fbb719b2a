/** Functions from generated source; the source is made of a model's numbers, never of its names. */

/**
 * Returns the function that `body` returns, run with `values` under the names of `parameters`.
 *
 * Throws where the page forbids it: a content security policy needs `'unsafe-eval'`.
 */
export function fromSource<F>(
  is: (of: unknown) => of is F,
  parameters: readonly string[],
  values: readonly unknown[],
  body: string,
): F {
  const factory: unknown = Reflect.construct(Function, [...parameters, body]);
  const made: unknown =
    typeof factory === "function" ? Reflect.apply(factory, undefined, values) : null;
  if (!is(made)) throw new TypeError("generated code returned no function");
  return made;
}

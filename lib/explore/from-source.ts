/** Functions from generated source; the source is made of a model's numbers, never of its names. */

/**
 * Returns the function that `body` returns, run with `values` under the names of `parameters`.
 *
 * Throws where the page forbids it: a content security policy needs `'unsafe-eval'`.
 */
export function fromSource<F extends (...args: never[]) => unknown>(
  parameters: readonly string[],
  values: readonly unknown[],
  body: string,
): F {
  const factory: unknown = Reflect.construct(Function, [...parameters, body]);
  const made: unknown = isFunction(factory) ? Reflect.apply(factory, undefined, values) : null;
  if (!isFunction<F>(made)) throw new TypeError("generated code returned no function");
  return made;
}

function isFunction<F extends (...args: never[]) => unknown>(of: unknown): of is F {
  return typeof of === "function";
}

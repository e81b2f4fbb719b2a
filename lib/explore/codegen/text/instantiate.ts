/** Functions from generated source; the source is made of a model's numbers, never of its names. */

/** Returns the text of a function of `base` with some statements. */
export const functionText = (body: string): string =>
  `(function (base) {\n"use strict";\n${body}\n})`;

/**
 * Returns what `body` returns, run with `base` under that name.
 *
 * Throws where the page forbids it: a content security policy needs `'unsafe-eval'`.
 */
export function fromSource<F>(is: (of: unknown) => of is F, body: string, base?: unknown): F {
  return fromText(is, functionText(body), base);
}

/** Returns what the function of a text returns for `base`. */
export function fromText<F>(is: (of: unknown) => of is F, text: string, base?: unknown): F {
  const expression: unknown = Reflect.construct(Function, [`return ${text}`]);
  return fromFactory(is, called(expression), base);
}

/** Returns what a function of `base` returns. */
export function fromFactory<F>(is: (of: unknown) => of is F, factory: unknown, base?: unknown): F {
  const made = called(factory, base);
  if (!is(made)) throw new TypeError("generated code returned no function");
  return made;
}

const called = (of: unknown, ...given: readonly unknown[]): unknown =>
  typeof of === "function" ? Reflect.apply(of, undefined, given) : null;

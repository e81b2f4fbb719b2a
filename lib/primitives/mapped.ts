/** The values of an object, each made anew. */

/**
 * Returns an object with the same names.
 *
 * @example
 * mapped({ a: 1, b: 2 }, (of) => of * 10) // { a: 10, b: 20 }
 */
export const mapped = <Name extends string, From, To>(
  of: Readonly<Record<Name, From>>,
  make: (value: From) => To,
): Record<Name, To> => {
  const names = Object.keys(of) as Name[];
  return Object.fromEntries(names.map((name) => [name, make(of[name])])) as Record<Name, To>;
};

/** In which orders the paths of a case may run for the first time: lockdep learns from what ran. */

/** More tasks than this are not tried in every order. */
const mostPermuted = 3;

/**
 * Returns the orders that lockdep is asked in: all of up to three paths; of more, as declared, each of
 * them first, and the other way round.
 *
 * @example
 * pathOrders(["a", "b"]) // [["a", "b"], ["b", "a"]]
 */
export function pathOrders(paths: readonly string[]): readonly (readonly string[])[] {
  if (paths.length <= mostPermuted) return permutations(paths);
  const rotated = paths.map((_, at) => [...paths.slice(at), ...paths.slice(0, at)]);
  return [...rotated, [...paths].reverse()];
}

function permutations(of: readonly string[]): readonly (readonly string[])[] {
  if (of.length <= 1) return [of];
  return of.flatMap((first, at) =>
    permutations([...of.slice(0, at), ...of.slice(at + 1)]).map((rest) => [first, ...rest]),
  );
}

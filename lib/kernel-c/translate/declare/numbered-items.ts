/** Which element of an array each value of a list is for. */
import type { Expression, Initializer, InitializerItem } from "../../parse/ast.js";

/**
 * Returns the values of a list with the numbers of their elements, in order: `[2] = x` and `[0 ... 3] = y`
 * say where, and what says nothing stands behind what was before.
 */
export function numberedItems(
  items: readonly InitializerItem[],
  constant: (of: Expression) => number | null,
): readonly (readonly [number, Initializer])[] {
  const all: (readonly [number, Initializer])[] = [];
  let next = 0;
  for (const { index, last, value } of items) {
    const first = index === null ? next : (constant(index) ?? next);
    const end = last === null ? first : Math.min(constant(last) ?? first, first + mostElements);
    for (let at = first; at <= end; at++) all.push([at, value]);
    next = end + 1;
  }
  return all;
}

/** As many as an array may have. */
const mostElements = 4096;

/** One form of a circle, whichever of its classes it is written from. */
import { classNameOf } from "./class-name.js";

/** Names of one spelling that are different classes get a letter, in the order of the circle. */
function told(names: readonly string[]): readonly string[] {
  const classes = new Map<string, readonly string[]>();
  return names.map((name) => {
    const plain = classNameOf(name);
    const known = classes.get(plain) ?? [];
    const all = known.includes(name) ? known : [...known, name];
    classes.set(plain, all);
    const at = all.indexOf(name);
    return at === 0 ? plain : `${plain} (${String.fromCharCode(97 + Math.min(at, 25))})`;
  });
}

/**
 * Returns the classes of a circle, each once, from the one that makes the list come first in the
 * order of characters: the same for every edge that may have closed it.
 *
 * @param names the classes round the circle, each the one that is taken under the one before
 */
export function circleForm(names: readonly string[]): readonly string[] {
  const forms = names.map((_, at) => told([...names.slice(at), ...names.slice(0, at)]));
  const [least = []] = [...forms].sort((a, b) => compare(a.join("\n"), b.join("\n")));
  return least;
}

/** Returns the classes of a path, from its beginning. */
export const pathForm = (names: readonly string[]): readonly string[] => told(names);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Generated code in passes: each gives names to those after it, and says which it needs itself. */
import { code } from "./code.js";

/** A piece of a unit of code. */
export interface Pass {
  /** What it is about, as a heading. */
  readonly title: string;
  readonly source: string;
  /** The functions and tables that it declares. */
  readonly provides: readonly string[];
  /** Those of other passes that it uses. */
  readonly needs: readonly string[];
}

/** Some passes in order, which become the body of one function. */
export interface Unit {
  readonly passes: readonly Pass[];
  /** What the function is given in an object. */
  readonly given: readonly string[];
  /** What it returns in an object. */
  readonly returns: readonly string[];
}

/**
 * Returns a unit of passes in which each finds what it needs among what comes before it.
 *
 * @param base what is there already
 * @throws TypeError if a pass needs what nobody provides before it, or something is provided twice
 */
export function unitOf(
  passes: readonly Pass[],
  returns: readonly string[] | "all",
  base: readonly string[] = [],
): Unit {
  const given = new Set<string>();
  const provided = new Set<string>();
  for (const { title, needs, provides } of passes) {
    for (const name of needs) {
      if (provided.has(name)) continue;
      if (!base.includes(name)) throw new TypeError(`pass "${title}" needs ${name}`);
      given.add(name);
    }
    for (const name of provides) {
      if (provided.has(name)) throw new TypeError(`pass "${title}" provides ${name} once more`);
      provided.add(name);
    }
  }
  return { passes, given: [...given], returns: returns === "all" ? [...provided] : returns };
}

/** Returns the source of a unit: the body of a function of `base`. */
export function sourceOf({ passes, given, returns }: Unit): string {
  const sources = passes.map(({ title, source }) => `// ${title}\n${source}`);
  return code`${given.length === 0 ? "" : `const { ${given.join(", ")} } = base;`}
${sources}
return { ${returns.join(", ")} };`;
}

/** The variables of a notebook: what its cells have declared so far. */

/** How to read and to write a variable where it lives, in the cell that declared it. */
export type Access = readonly [read: () => unknown, write: (value: unknown) => void];

/** What a cell may import, by module name. */
export type Modules = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What the function that a cell became is called with. */
export interface NotebookScope {
  /** Every variable by its name; reading and writing reach the cell that declared it. */
  readonly names: Record<string, unknown>;
  /** Makes the variables of a cell known; a name declared before means the new one from now on. */
  readonly declare: (variables: Readonly<Record<string, Access>>) => void;
  readonly module: (name: unknown) => Readonly<Record<string, unknown>>;
  readonly load: (name: unknown) => Promise<Readonly<Record<string, unknown>>>;
}

/**
 * Returns a scope over the modules in which no cell has declared anything.
 *
 * @param own what cells see in place of globals of the same names
 */
export function createScope(
  modules: Modules,
  own: Readonly<Record<string, unknown>> = {},
): NotebookScope {
  const names: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  Object.assign(names, own);
  const module = (name: unknown): Readonly<Record<string, unknown>> => {
    const wanted = String(name);
    const found = Object.hasOwn(modules, wanted) ? modules[wanted] : undefined;
    if (found !== undefined) return found;
    const there = Object.keys(modules).map((one) => `"${one}"`);
    throw new Error(`cannot find module "${wanted}": a page has ${there.join(", ")} and no other`);
  };
  return {
    names,
    module,
    load: (name) => Promise.resolve().then(() => module(name)),
    declare: (variables) => {
      for (const [name, [get, set]] of Object.entries(variables)) {
        Object.defineProperty(names, name, { get, set, enumerable: true, configurable: true });
      }
    },
  };
}

/**
 * Forgets the variables that a failed cell declared and never gave a value; a name that had one
 * before means the old variable again.
 */
export function undoUninitialised(
  names: Record<string, unknown>,
  before: PropertyDescriptorMap,
  declared: readonly string[],
): void {
  for (const name of declared) {
    try {
      Reflect.get(names, name);
    } catch {
      const old = before[name];
      if (old === undefined) Reflect.deleteProperty(names, name);
      else Object.defineProperty(names, name, old);
    }
  }
}

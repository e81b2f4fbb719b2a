/**
 * Short names of lock classes, since names such as `&per_cpu(wakeup_vcpus_on_cpu_lock, cpu)` fit into no
 * bar, and letters have to be looked up.
 */

/** A name longer than this is cut at its first underscore. */
const longest = 12;

/** The member or variable that a class is named by, and what it is a member of. */
function partsOf(name: string): { readonly own: string; readonly of: string } {
  const bare = name.replace(/^&+/, "").replace(/^\(?\*?per_cpu(?:_ptr)?\(&?([\w.>-]+).*$/, "$1");
  const path = bare.split(/->|\./);
  return { own: path.at(-1) ?? bare, of: path.at(-2) ?? "" };
}

const withoutKind = (own: string): string =>
  own.replace(/^_+|_+$/g, "").replace(/(?:^|_)(?:lock|mutex|sem|rwsem|spinlock)$/, "");

function shortOf(name: string): string {
  const { own, of } = partsOf(name);
  const word = withoutKind(own) || of || own;
  return word.length > longest ? (word.split("_")[0] ?? word) : word;
}

/**
 * Returns a short name for each class name: `pi` for `&p->pi_lock`, `rq` for `&rq->__lock`. Where two
 * would get the same, each is called by the variable or member that it is named after, or by its name.
 */
export function shortLockNames(names: readonly string[]): ReadonlyMap<string, string> {
  const classes = [...new Set(names)];
  const ways = [shortOf, (name: string) => partsOf(name).own, (name: string) => name];
  return new Map(
    classes.map((name) => {
      const way = ways.find(
        (short) => classes.filter((other) => short(other) === short(name)).length === 1,
      );
      return [name, way?.(name) ?? name];
    }),
  );
}

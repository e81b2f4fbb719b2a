/** The name of a class as it is in every boot and every version. */

/**
 * Returns the name of a class without what changes from boot to boot: `#3` counts the classes of
 * one name in the order in which they were first used (`assign_lock_key()` and `name_version` in
 * kernel/locking/lockdep.c). The subclass, `/1`, stays. Up to 4.x a spinlock's name had its inner
 * lock in it, `&(&p->lock)->rlock`, which is the name of its lock as well.
 *
 * @param name as a report prints it
 * @example
 * classNameOf("&(&zone->lock)->rlock#2/1"); // "&zone->lock/1"
 */
export function classNameOf(name: string): string {
  const [, base = name, subclass = ""] = /^(.*?)(?:#\d+)?(\/\d+)?$/.exec(name) ?? [];
  return `${base.replace(/^&?\((&?.*)\)->rlock$/, "$1")}${subclass}`;
}

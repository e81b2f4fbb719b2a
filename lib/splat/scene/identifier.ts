/** Names of the source from names of the kernel. */

/** Returns an identifier that is a word of neither TypeScript, C nor the machine's vocabulary. */
export function identifier(name: string): string {
  const words = name
    .replace(/\W+/g, "_")
    // In C a name with these words is a loop.
    .replace(/for_each/g, "each")
    .replace(/_{2,}/g, "_")
    .replace(/^_+|_+$/g, "");
  const own = /^[A-Za-z]/.test(words) ? words : `lock_${words}`;
  return reserved.has(own) ? `${own}_` : own;
}

const reserved = new Set(
  (
    "lock mutex spinlock rwlock rwsem completion thread scenario hardirq softirq device variable " +
    "bool fn work kmalloc new delete default function var let const class static void int struct " +
    "return if else for while do switch case goto break continue auto register extern union enum"
  ).split(" "),
);

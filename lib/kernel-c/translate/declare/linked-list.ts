/** Lists: which heads link a member of a structure. */
import { CPU, idSet, list } from "../../../machine/index.js";
import type { HeadNumbers, LinkedList } from "../context/context.js";
import type { Learned } from "../context/learned.js";
import type { Declarer } from "./declare.js";

/** Returns the list that links a member, with all its heads; null as long as none is known. */
export function linkedList(
  { storage: { pools, links }, sizes }: Declarer,
  { links: learnt }: Learned,
  member: string,
  cpus: number,
): LinkedList | null {
  const pool = pools.get(member.replace(/\.[^.]*$/, ""));
  const keys = [...learnt].flatMap(([key, of]) => (of === member ? [key] : []));
  if (pool === undefined || keys.length === 0) return null;
  const heads = new Map<string, HeadNumbers>();
  let next = 0;
  for (const key of keys) {
    const dimensions = links.get(key)?.dimensions ?? [];
    const size = dimensions
      .map((of) => (typeof of === "number" ? of : of === CPU ? cpus : (sizes.get(of.name) ?? 1)))
      .reduce((a, b) => a * b, 1);
    heads.set(key, { first: next, whole: false, dimensions });
    next += size;
  }
  const [only] = heads.values();
  const [dimension] = only?.dimensions ?? [];
  const whole = heads.size === 1 && dimension !== undefined && typeof dimension !== "number";
  const name = keys.length === 1 ? (keys[0] ?? member) : member;
  const set = whole ? dimension : idSet(`${name} list`);
  if (!whole) sizes.set(set.name, next);
  else for (const [key, of] of heads) heads.set(key, { ...of, whole: true });
  return { list: list(name, { per: set, of: pool.set }), pool, heads };
}

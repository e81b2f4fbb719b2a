/** Linked lists: which heads link which member of which structure. */
import { CPU, type Expr, cond, eq, expr } from "../../../machine/index.js";
import type { Expression } from "../../parse/ast.js";
import type { Place } from "../../types/storage.js";
import type { ListMember } from "../../vocabulary/row/index.js";
import type { Body, LinkedList } from "../context/context.js";

/** Returns an entry by the address of its link. */
export function entryOf(body: Body, place: Place, given: Expression): ListMember {
  const { storage, index } = place;
  if (storage.kind !== "link") {
    return body.refuse(given.at, `${given.text} is no struct list_head of a structure`);
  }
  const { member } = storage;
  if (member === null) {
    return body.refuse(
      given.at,
      `${given.text} is the head of a list: an entry is a member of a structure, such as &foo->node`,
    );
  }
  body.shared.learned.pooled.add(member.tag);
  const links = `${member.tag}.${member.field}`;
  const linked = body.shared.lists(links);
  if (linked === null) {
    return body.refuse(
      given.at,
      `no list is known that links ${given.text}: list_add() to one comes first`,
    );
  }
  const [entry] = index;
  return { list: linked.list, member: entry ?? expr(0), links };
}

/** Notes that a list links a member, as `list_add(&foo->node, &head)` says, before either is looked for. */
export function learnLink(body: Body, entry: Place, head: Place): void {
  const { learned } = body.shared;
  if (entry.storage.kind !== "link" || head.storage.kind !== "link") return;
  const { member } = entry.storage;
  // Whether it is known is not asked as that which answers depend on: it is known from here.
  if (member === null || learned.links.known(head.storage.key) !== undefined) return;
  learned.pooled.add(member.tag);
  learned.links.set(head.storage.key, `${member.tag}.${member.field}`);
}

/** Returns a head by its address; `links` is what it links, where the call says that. */
export function headOf(
  body: Body,
  place: Place,
  given: Pick<Expression, "at" | "text">,
  links: string | null,
): ListMember {
  const { storage, index } = place;
  if (storage.kind !== "link") return body.refuse(given.at, `${given.text} is no struct list_head`);
  const { learned } = body.shared;
  if (links !== null && learned.links.known(storage.key) === undefined) {
    learned.links.set(storage.key, links);
  }
  const known = learned.links.get(storage.key);
  if (links !== null && known !== undefined && known !== links) {
    return body.refuse(given.at, `${given.text} links ${known} elsewhere, and ${links} here`);
  }
  const what = links ?? known;
  if (what === undefined) {
    return body.refuse(
      given.at,
      `nothing is ever put on ${given.text}, so it is not known what it links`,
    );
  }
  const linked = body.shared.lists(what);
  const numbers = linked?.heads.get(storage.key);
  if (linked === null || numbers === undefined) {
    return body.refuse(given.at, `${given.text}: what it links is not known yet`);
  }
  return { list: linked.list, member: headNumber(body, numbers, index), links: what };
}

/** Returns a head, or an entry where nothing is ever put on what the address leads to. */
export function headOrEntry(
  body: Body,
  place: Place,
  given: Expression,
): ListMember & { readonly kind: "head" | "entry" } {
  const { storage } = place;
  if (storage.kind === "link" && storage.member !== null) {
    const { tag, field } = storage.member;
    const isHead = body.shared.learned.links.has(storage.key);
    if (!isHead && body.shared.lists(`${tag}.${field}`) !== null) {
      return { ...entryOf(body, place, given), kind: "entry" };
    }
  }
  return { ...headOf(body, place, given, null), kind: "head" };
}

/** Notes that what one head links the other does too, as where all of a list is moved. */
export function learnAlike(body: Body, one: Place, other: Place): void {
  const { links } = body.shared.learned;
  const keys = [one, other].flatMap(({ storage }) =>
    storage.kind === "link" ? [storage.key] : [],
  );
  const known = keys.map((key) => links.get(key)).find((what) => what !== undefined);
  if (known === undefined) return;
  for (const key of keys) if (!links.has(key)) links.set(key, known);
}

/** The number of a head among all that link a member. */
function headNumber(
  body: Body,
  {
    first,
    whole,
    dimensions,
  }: LinkedList["heads"] extends ReadonlyMap<string, infer N> ? N : never,
  index: readonly Expr[],
): Expr {
  const [at] = index;
  const [dimension] = dimensions;
  if (at === undefined || dimension === undefined) return expr(first);
  if (whole) return at;
  const size =
    typeof dimension === "number"
      ? dimension
      : dimension === CPU
        ? body.shared.cpus
        : (body.shared.sizes.get(dimension.name) ?? 0);
  if (at.op === "const") return expr(first + at.value);
  let made: Expr = expr(-1);
  for (let k = size - 1; k >= 0; k--) made = cond(eq(at, k), first + k, made);
  return made;
}

/** Linked lists: include/linux/list.h. A process that uses a list while another does has corrupted it. */
import {
  CPU,
  type Expr,
  type List,
  NONE,
  assign,
  at,
  bool,
  count,
  int,
  list_contains,
  idOrNone,
  llist_add,
  llist_del_all,
  llist_for_each_entry,
  list_first_entry,
  list_first_entry_or_null,
  list_for_each_entry_safe,
  list_add_tail,
  list_add_tail_rcu,
  list_del,
  list_empty,
  list_for_each_entry,
  list_for_each_entry_rcu,
  list_leave,
  list_splice_init,
  eq,
  ne,
  or,
  set,
  some,
} from "../../../machine/index.js";
import { type CallRow, type Family, type LoopRow, does, gives } from "../row/index.js";

const addition: CallRow = does("entry, head", (call) => {
  call.linked(0, 1);
  const entry = call.listEntry(0);
  const head = call.listHead(1, entry.links);
  return [list_add_tail(head.list, head.member, entry.member)];
});

const removal: CallRow = does("entry", (call) => {
  const { list, member } = call.listEntry(0);
  return [list_del(list, null, member)];
});

/** What an entry that was taken off links is poison: it is on no list, and `list_empty()` of it does not say so. */
const poisoning: CallRow = {
  ...removal,
  run: (call) => {
    call.world.note("poisoned", call.listEntry(0).links, "yes");
    return removal.run(call);
  },
};

const moved: CallRow = does("entry, head", (call) => {
  call.linked(0, 1);
  const entry = call.listEntry(0);
  const head = call.listHead(1, entry.links);
  return [
    list_del(entry.list, null, entry.member),
    list_add_tail(head.list, head.member, entry.member),
  ];
});

/** Whether nothing is on a list; of an entry, whether it is on none: `list_empty(&foo->node)`. */
const empty: CallRow = gives("head", (call) => {
  const of = call.listHeadOrEntry(0);
  if (of.kind === "head") return call.reads(list_empty(of.list, of.member), bool);
  if (call.world.noted("poisoned", of.links).length > 0) {
    return call.refuse(
      `${call.argument(0)} points to nothing of a list after list_del(), and is not empty: list_del_init() takes an entry off that is asked later whether it is on one`,
      0,
    );
  }
  return call.reads(eq(at(of.list.linked, of.member), NONE), bool);
});

const spliced: CallRow = does("list, head", (call) => {
  call.linkedAlike(0, 1);
  const from = call.listHead(0);
  const to = call.listHead(1);
  return [list_splice_init(from.list, from.member, to.member)];
});

const rcuAddition: CallRow = does("entry, head", (call) => {
  call.linked(0, 1);
  const entry = call.listEntry(0);
  const head = call.listHead(1, entry.links);
  return [list_add_tail_rcu(head.list, head.member, entry.member)];
});

const rcuWalk: LoopRow = {
  takes: "cursor, head, member, [condition]",
  run: (call, body) => {
    const { element, member: links } = call.cursor(0, 2);
    const head = call.listHead(1, links);
    const inner = body();
    const forget = set(element, NONE, "leave the entry");
    call.emit(list_for_each_entry_rcu(head.list, head.member, element, inner), forget);
  },
};

type Walk = typeof list_for_each_entry;

const walk = (takes: string, member: number, run: Walk): LoopRow => ({
  takes,
  run: (call, body) => {
    const { element, member: links } = call.cursor(0, member);
    const head = call.listHead(member - 1, links);
    call.ifJumpedOut([list_leave(head.list, head.member), set(element, NONE, "leave the entry")]);
    call.emit(run(head.list, head.member, element, body()));
    call.emit(set(element, NONE, "leave the entry"));
  },
});

/** Entries that were taken: an `llist` has no order here either. */
const taken = (takes: string, first: number): LoopRow => ({
  takes,
  run: (call, body) => {
    const { element, member: links } = call.cursor(0, first + 1);
    const head = call.listHead(first, links);
    call.ifJumpedOut([set(element, NONE, "leave the entry")]);
    call.emit(llist_for_each_entry(head.list, head.member, element, body()));
    call.emit(set(element, NONE, "leave the entry"));
  },
});

const first = (run: typeof list_first_entry): CallRow =>
  gives("head, type, member", (call) => {
    const tag = call.argument(1).replace(/^struct /, "");
    const links = `${tag}.${call.argument(2)}`;
    const { list, member } = call.listHead(0, links);
    const entry = call.temporary(idOrNone(list.entries), tag);
    call.emit(run(list, member, entry));
    return entry;
  });

/** Whether an entry is on a list, or a walk under RCU is at it: it may not be freed. */
const inUse: CallRow = gives("entry", (call) => {
  const { list, member } = call.listEntry(0);
  const isRead = some(CPU, (cpu) => at(list.read, cpu, member));
  return call.reads(or(ne(at(list.linked, member), NONE), isRead), bool);
});

/** Whether just one entry is on a list. */
const singular: CallRow = gives("head", (call) => {
  const { list, member } = call.listHead(0);
  return call.reads(eq(countOf(list, member), 1), bool);
});

const countOf = (of: List, head: Expr): Expr =>
  count(of.entries, (entry) => list_contains(of, head, entry));

/** More than any scenario has. */
const mostEntries = 63;

/** How many entries are on a list. */
const counted: CallRow = gives("head", (call) => {
  const { list, member } = call.listHead(0);
  return call.reads(countOf(list, member), int(0, mostEntries));
});

/** The order of a list is left open: what comes first, last or next is any entry. */
const anyEntry =
  "the order of a list is left open, so that any entry may be next: list_for_each_entry() has them all";

const noOrder: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      ...["list_next_entry", "list_prev_entry", "list_is_first", "list_is_last", "list_is_head"],
      ...["list_for_each", "list_for_each_safe", "list_for_each_prev", "list_entry_is_head"],
      ...["list_for_each_entry_continue", "list_for_each_entry_from", "list_prepare_entry"],
      ...["list_for_each_entry_safe_continue", "list_for_each_entry_safe_from"],
      ...["list_next_or_null_rcu", "hlist_for_each", "hlist_for_each_safe"],
    ].map((name) => [name, anyEntry]),
  ),
  ...Object.fromEntries(
    ["list_rotate_left", "list_rotate_to_front", "list_bulk_move_tail"].map((name) => [
      name,
      "the order of a list is left open: leave it out",
    ]),
  ),
  list_replace: "list_del() of the one, and list_add() of the other",
  list_replace_rcu: "list_del_rcu() of the one, and list_add_rcu() of the other",
  list_swap: "list_del() and list_add()",
  list_cut_position: "list_move() of each entry",
  list_cut_before: "list_move() of each entry",
  list_splice_init_rcu: "list_splice_init() and synchronize_rcu()",
  hlist_add_before: "hlist_add_head(): the order of a list is left open",
  hlist_add_behind: "hlist_add_head(): the order of a list is left open",
  llist_del_first: "llist_del_all(), and llist_for_each_entry_safe() over what it has taken",
  llist_add_batch: "llist_add() of each entry",
  llist_for_each: "llist_for_each_entry()",
  llist_for_each_safe: "llist_for_each_entry_safe()",
  ...Object.fromEntries(
    ["hash_add", "hash_add_rcu", "hash_del", "hash_for_each", "hash_for_each_possible"].map(
      (name) => [
        name,
        "an array of struct hlist_head, and hlist_add_head(), hlist_del() and hlist_for_each_entry()",
      ],
    ),
  ),
};

export const listFamily: Family = {
  name: "list",
  calls: {
    list_add: addition,
    list_add_tail: addition,
    list_add_rcu: rcuAddition,
    list_add_tail_rcu: rcuAddition,
    list_del: poisoning,
    list_del_rcu: poisoning,
    list_del_init: removal,
    list_move: moved,
    list_move_tail: moved,
    hlist_add_head: addition,
    hlist_add_head_rcu: rcuAddition,
    hlist_del: poisoning,
    hlist_del_rcu: poisoning,
    hlist_del_init: removal,
    hlist_empty: empty,
    hlist_unhashed: empty,
    list_empty: empty,
    list_del_init_careful: removal,
    hlist_del_init_rcu: removal,
    hlist_add_tail_rcu: rcuAddition,
    hlist_unhashed_lockless: empty,
    list_is_singular: singular,
    list_count_nodes: counted,
    hlist_count_nodes: counted,
    list_splice: spliced,
    list_splice_init: spliced,
    list_splice_tail: spliced,
    list_splice_tail_init: spliced,
    list_replace_init: spliced,
    list_entry_in_use: inUse,
    list_empty_careful: empty,
    list_first_entry: first(list_first_entry),
    list_first_entry_or_null: first(list_first_entry_or_null),
    list_last_entry_or_null: first(list_first_entry_or_null),
    list_first_or_null_rcu: first(list_first_entry_or_null),
    list_last_entry: first(list_first_entry),
    llist_add: gives("entry, head", (call) => {
      call.linked(0, 1);
      const entry = call.listEntry(0);
      const head = call.listHead(1, entry.links);
      const wasEmpty = call.temporary(bool);
      const add = llist_add(head.list, head.member, entry.member);
      const before = assign(wasEmpty, list_empty(head.list, head.member));
      call.emit({ ...add, effects: [before, ...add.effects] });
      return wasEmpty;
    }),
    llist_empty: empty,
    llist_del_all: {
      takes: "head",
      run: (call) => {
        const from = call.listHead(0);
        const to = call.assignedHead(from.links);
        call.emit(llist_del_all(from.list, from.member, to.member));
        return undefined;
      },
    },
    llist_reverse_order: does("first", () => []),
  },
  loops: {
    list_for_each_entry: walk("cursor, head, member", 2, list_for_each_entry),
    list_for_each_entry_rcu: rcuWalk,
    list_for_each_entry_lockless: rcuWalk,
    list_for_each_entry_srcu: rcuWalk,
    hlist_for_each_entry_srcu: rcuWalk,
    hlist_for_each_entry: walk("cursor, head, member", 2, list_for_each_entry),
    hlist_for_each_entry_rcu: rcuWalk,
    hlist_for_each_entry_safe: walk("cursor, next, head, member", 3, list_for_each_entry_safe),
    list_for_each_entry_reverse: walk("cursor, head, member", 2, list_for_each_entry),
    list_for_each_entry_safe: walk("cursor, next, head, member", 3, list_for_each_entry_safe),
    list_for_each_entry_safe_reverse: walk(
      "cursor, next, head, member",
      3,
      list_for_each_entry_safe,
    ),
    llist_for_each_entry: taken("cursor, first, member", 1),
    llist_for_each_entry_safe: taken("cursor, next, first, member", 2),
  },
  instead: noOrder,
};

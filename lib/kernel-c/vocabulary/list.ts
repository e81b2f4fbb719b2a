/** Linked lists: include/linux/list.h. Whoever uses a list while another does has corrupted it. */
import {
  NONE,
  bool,
  list_add_tail,
  list_del,
  list_empty,
  list_for_each_entry,
  list_leave,
  set,
} from "../../machine/index.js";
import { type CallRow, type Family, type LoopRow, does, gives } from "./family.js";

const addition: CallRow = does("entry, head", (call) => {
  const entry = call.listEntry(0);
  const head = call.listHead(1, entry.links);
  return [list_add_tail(head.list, head.member, entry.member)];
});

const removal: CallRow = does("entry", (call) => {
  const { list, member } = call.listEntry(0);
  return [list_del(list, null, member)];
});

const moved: CallRow = does("entry, head", (call) => {
  const entry = call.listEntry(0);
  const head = call.listHead(1, entry.links);
  return [
    list_del(entry.list, null, entry.member),
    list_add_tail(head.list, head.member, entry.member),
  ];
});

const empty: CallRow = gives("head", (call) => {
  const { list, member } = call.listHead(0);
  return call.reads(list_empty(list, member), bool);
});

const walk: LoopRow = {
  takes: "cursor, head, member",
  run: (call, body) => {
    const { element, member: links } = call.cursor(0, 2);
    const head = call.listHead(1, links);
    call.ifJumpedOut([list_leave(head.list, head.member), set(element, NONE, "leave the entry")]);
    call.emit(list_for_each_entry(head.list, head.member, element, body()));
    call.emit(set(element, NONE, "leave the entry"));
  },
};

export const listFamily: Family = {
  name: "list",
  calls: {
    list_add: addition,
    list_add_tail: addition,
    list_del: removal,
    list_del_init: removal,
    list_move: moved,
    list_move_tail: moved,
    list_empty: empty,
    list_empty_careful: empty,
  },
  loops: { list_for_each_entry: walk },
};

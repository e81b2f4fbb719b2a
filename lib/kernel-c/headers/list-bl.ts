import type { SourceFile } from "../parse/source.js";

/** Lists whose head has a bit that is a lock: include/linux/list_bl.h. */
export const listBl: SourceFile = {
  file: "include/linux/list_bl.h",
  text: String.raw`struct hlist_bl_head {
	struct hlist_head list;
	unsigned long first;
};

#define INIT_HLIST_BL_HEAD(head) do { } while (0)

#define hlist_bl_lock(b) bit_spin_lock(0, &(b)->first)

#define hlist_bl_unlock(b) __bit_spin_unlock(0, &(b)->first)

#define hlist_bl_is_locked(b) bit_spin_is_locked(0, &(b)->first)

#define hlist_bl_empty(head) hlist_empty(&(head)->list)

#define hlist_bl_unhashed(n) hlist_unhashed(n)

#define hlist_bl_add_head(n, head) hlist_add_head(n, &(head)->list)

#define hlist_bl_add_head_rcu(n, head) hlist_add_head_rcu(n, &(head)->list)

#define hlist_bl_del(n) hlist_del(n)

#define hlist_bl_del_init(n) hlist_del_init(n)

#define hlist_bl_del_rcu(n) hlist_del_rcu(n)

#define hlist_bl_for_each_entry(tpos, pos, head, member) hlist_for_each_entry(tpos, &(head)->list, member)

#define hlist_bl_for_each_entry_rcu(tpos, pos, head, member) hlist_for_each_entry_rcu(tpos, &(head)->list, member)
`,
};

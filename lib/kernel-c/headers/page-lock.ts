import type { SourceFile } from "../parse/source.js";

/** A bit that is waited for, of which lockdep knows nothing. */
export const pageLock: SourceFile = {
  file: "include/linux/pagemap.h",
  text: String.raw`#define PG_locked 0

struct page {
	unsigned long flags;
};

static DECLARE_WAIT_QUEUE_HEAD(folio_wait_table);

static void lock_page(struct page *page)
{
	wait_event(folio_wait_table, !test_and_set_bit_lock(PG_locked, &page->flags));
}

static bool trylock_page(struct page *page)
{
	return !test_and_set_bit_lock(PG_locked, &page->flags);
}

static void unlock_page(struct page *page)
{
	clear_bit_unlock(PG_locked, &page->flags);
	wake_up_all(&folio_wait_table);
}
`,
};

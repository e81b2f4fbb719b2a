import type { SourceFile } from "../parse/source.js";

/** A bit that is waited for, of which lockdep knows nothing. */
export const pageLock: SourceFile = {
  file: "include/linux/pagemap.h",
  text: String.raw`#define PG_locked 0

#define BH_Lock 2

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

static void wait_on_page_locked(struct page *page)
{
	wait_event(folio_wait_table, !test_bit(PG_locked, &page->flags));
}

struct folio {
	struct page page;
};

#define folio_lock(folio) lock_page(&(folio)->page)

#define folio_trylock(folio) trylock_page(&(folio)->page)

#define folio_unlock(folio) unlock_page(&(folio)->page)

#define folio_wait_locked(folio) wait_on_page_locked(&(folio)->page)

struct buffer_head {
	unsigned long b_state;
};

static void lock_buffer(struct buffer_head *bh)
{
	wait_event(folio_wait_table, !test_and_set_bit_lock(BH_Lock, &bh->b_state));
}

static bool trylock_buffer(struct buffer_head *bh)
{
	return !test_and_set_bit_lock(BH_Lock, &bh->b_state);
}

static void unlock_buffer(struct buffer_head *bh)
{
	clear_bit_unlock(BH_Lock, &bh->b_state);
	wake_up_all(&folio_wait_table);
}

static void wait_on_buffer(struct buffer_head *bh)
{
	wait_event(folio_wait_table, !test_bit(BH_Lock, &bh->b_state));
}
`,
};

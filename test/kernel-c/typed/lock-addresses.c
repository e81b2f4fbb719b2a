/* lab: thread t on 0 */
/* lab: thread u on 1 */
static DEFINE_RAW_SPINLOCK(a);
static DEFINE_RAW_SPINLOCK(b);
static void double_raw_lock(raw_spinlock_t *l1, raw_spinlock_t *l2)
{
	if (l1 > l2)
		swap(l1, l2);
	raw_spin_lock(l1);
	raw_spin_lock_nested(l2, SINGLE_DEPTH_NESTING);
}
static void t(void) { double_raw_lock(&a, &b); raw_spin_unlock(&b); raw_spin_unlock(&a); }
static void u(void) { double_raw_lock(&b, &a); raw_spin_unlock(&b); raw_spin_unlock(&a); }

/* lab: thread t on 0 */
/* lab: thread u on 1 */
enum st { IDLE, RUNNING, DYING };
static enum st st;
static DEFINE_SPINLOCK(l);

static void advance(void)
{
	spin_lock(&l);
	switch (st) {
	case IDLE:
		st = RUNNING;
		fallthrough;
	case RUNNING:
		st = DYING;
		break;
	default:
		break;
	}
	BUG_ON(st == RUNNING);
	spin_unlock(&l);
}
static void t(void) { advance(); }
static void u(void) { advance(); }

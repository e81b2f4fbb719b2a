/* lab: thread f on 0 forever */
enum st { ST_INIT, ST_RUN, ST_STOP = 5, ST_MAX };
static enum st state;
static DEFINE_SPINLOCK(l);
static const char *name(enum st s) { switch (s) { case ST_INIT: return "a"; default: return "b"; } }
static void f(void)
{
	spin_lock(&l);
	switch (state) {
	case ST_INIT:
		state = ST_RUN;
		fallthrough;
	case ST_RUN: {
		state = ST_STOP;
		break;
	}
	case ST_STOP:
	case ST_MAX:
		state = ST_INIT;
		break;
	default:
		BUG();
	}
	spin_unlock(&l);
	pr_info("state %d %s\n", state, name(state));
}

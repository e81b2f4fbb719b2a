/* store buffering: sequentially consistent machine never sees both zero */
static int x, y, r1, r2;
static struct completion done1, done2;
/* lab: thread p0 on 0 */
void p0(void) { WRITE_ONCE(x, 1); smp_mb(); r1 = READ_ONCE(y); complete(&done1); }
/* lab: thread p1 on 1 */
void p1(void) { WRITE_ONCE(y, 1); smp_mb(); r2 = READ_ONCE(x); complete(&done2); }
/* lab: thread check on 2 */
void check(void) { wait_for_completion(&done1); wait_for_completion(&done2); BUG_ON(!r1 && !r2); }

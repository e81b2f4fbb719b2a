/* lab: thread probe on 0 */
/* lab: thread remove on 1 */
static DEFINE_MUTEX(lock_a);
static DEFINE_MUTEX(lock_b);
static int state; /* 0..3 */

static int probe(void)
{
	int err = 0;

	mutex_lock(&lock_a);
	if (state) {
		err = -EBUSY;
		goto out_unlock;
	}
	mutex_lock(&lock_b);
	state = 1;
	mutex_unlock(&lock_b);
out_unlock:
	mutex_unlock(&lock_a);
	return err;
}
static void remove(void)
{
	mutex_lock(&lock_b);
	mutex_lock(&lock_a);
	state = 0;
	mutex_unlock(&lock_a);
	mutex_unlock(&lock_b);
}

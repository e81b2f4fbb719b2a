/* lab: thread r on 0 */
/* lab: thread w on 1 */
static DECLARE_RWSEM(sem);
static DEFINE_MUTEX(m);
static void r(void)
{
	down_read(&sem);
	mutex_lock(&m);
	mutex_unlock(&m);
	up_read(&sem);
}
static void w(void)
{
	mutex_lock(&m);
	if (down_write_trylock(&sem)) {
		downgrade_write(&sem);
		up_read(&sem);
	}
	mutex_unlock(&m);
}

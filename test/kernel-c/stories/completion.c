/* A completion waited for under a mutex. */
#include <linux/completion.h>
#include <linux/mutex.h>

static DEFINE_MUTEX(lock);
static DECLARE_COMPLETION(done);

/* lab: thread waiter on 0 */
static void waiter(void)
{
	mutex_lock(&lock);
	wait_for_completion(&done);
	mutex_unlock(&lock);
}

/* lab: thread completer on 1 */
static void completer(void)
{
	mutex_lock(&lock);
	mutex_unlock(&lock);
	complete(&done);
}

/* lab: thread waiter
   lab: thread worker */
#include <linux/completion.h>
struct req { struct completion done; int status; /* -22..0 */ };
static struct req req;
static int waiter(void)
{
	init_completion(&req.done);
	if (!wait_for_completion_timeout(&req.done, msecs_to_jiffies(100)))
		return -ETIMEDOUT;
	return req.status;
}
static void worker(void)
{
	req.status = -EINVAL;
	complete(&req.done);
}

/* lab: thread submit
 * lab: thread complete_one
 */
struct request {
	int tag; /* 0..3 */
};

struct queue {
	DECLARE_KFIFO(done, struct request *, 4);
	struct mutex lock;
};

static struct request requests[2];
static struct queue queue;

static void submit(void)
{
	requests[1].tag = 3;
	mutex_lock(&queue.lock);
	kfifo_put(&queue.done, &requests[1]);
	mutex_unlock(&queue.lock);
}

static void complete_one(void)
{
	struct request *rq;

	mutex_lock(&queue.lock);
	if (kfifo_len(&queue.done) > 0 && kfifo_get(&queue.done, &rq))
		BUG_ON(rq->tag != 3);
	mutex_unlock(&queue.lock);
}

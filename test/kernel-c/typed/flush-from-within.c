/* lab: cpus 2 */
/* lab: thread start on 0 */
static struct workqueue_struct *wq;
static void second_fn(struct work_struct *w) { }
static DECLARE_WORK(second, second_fn);
static void first_fn(struct work_struct *w)
{
	queue_work(wq, &second);
	flush_workqueue(wq);
}
static DECLARE_WORK(first, first_fn);
static void start(void)
{
	wq = alloc_ordered_workqueue("q", 0);
	queue_work(wq, &first);
}

/* lab: thread user on 0
   lab: thread other on 1 */
struct dev;
struct dev_ops {
	int (*open)(struct dev *d);
	void (*close)(struct dev *d);
};
struct dev { struct mutex lock; const struct dev_ops *ops; int n; /* 0..3 */ };
static int foo_open(struct dev *d)
{
	mutex_lock(&d->lock);
	d->n++;
	mutex_unlock(&d->lock);
	return 0;
}
static void foo_close(struct dev *d)
{
	mutex_lock(&d->lock);
	d->n--;
	mutex_unlock(&d->lock);
}
static const struct dev_ops foo_ops = {
	.open = foo_open,
	.close = foo_close,
};
static struct dev dev = { .ops = &foo_ops };
static void user(void)
{
	struct dev *d = &dev;
	if (d->ops->open(d))
		return;
	if (d->ops->close)
		d->ops->close(d);
}
static void other(void) { foo_ops.open(&dev); }

#include <linux/module.h>
#include <linux/workqueue.h>
#include <linux/platform_device.h>
MODULE_LICENSE("GPL");
struct mydev {
	struct device *dev;
	struct mutex lock;
	struct work_struct reset_work;
	struct workqueue_struct *wq;
	bool running;
};
static struct mydev my;
static void mydev_reset(struct work_struct *work)
{
	struct mydev *priv = container_of(work, struct mydev, reset_work);

	mutex_lock(&priv->lock);
	if (priv->running)
		dev_info(priv->dev, "resetting\n");
	mutex_unlock(&priv->lock);
}
static irqreturn_t mydev_irq(int irq, void *data)
{
	struct mydev *priv = data;
	queue_work(priv->wq, &priv->reset_work);
	return IRQ_HANDLED;
}
static int mydev_probe(struct platform_device *pdev)
{
	struct mydev *priv = &my;
	mutex_init(&priv->lock);
	INIT_WORK(&priv->reset_work, mydev_reset);
	priv->wq = alloc_ordered_workqueue("mydev", 0);
	if (!priv->wq)
		return -ENOMEM;
	priv->running = true;
	return devm_request_irq(&pdev->dev, 5, mydev_irq, 0, "mydev", priv);
}
/* lab: thread mydev_remove_thread */
static void mydev_remove_thread(void)
{
	struct mydev *priv = &my;
	mutex_lock(&priv->lock);
	priv->running = false;
	cancel_work_sync(&priv->reset_work);
	mutex_unlock(&priv->lock);
	destroy_workqueue(priv->wq);
}

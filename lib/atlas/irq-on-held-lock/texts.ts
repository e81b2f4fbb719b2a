/** Made from case.c and the patches beside it by lib/setup/texts.mjs. */
import type { CaseTexts } from "../atlas-case.js";

export const texts: CaseTexts = {
  code: `/*
 * A driver whose handler takes the lock that its task holds.
 *
 * lab: thread dev_write on 0 forever
 * lab: hardirq dev_interrupt on 0
 */
struct dev {
	raw_spinlock_t lock;
	bool busy;
};

static struct dev dev;

static irqreturn_t dev_interrupt(int irq, void *data)
{
	raw_spin_lock(&dev.lock);
	dev.busy = false;
	raw_spin_unlock(&dev.lock);
	return IRQ_HANDLED;
}

static int dev_write(void)
{
	struct dev *d = &dev;

	raw_spin_lock(&d->lock);
	d->busy = true;
	raw_spin_unlock(&d->lock);
	return 0;
}
`,
  fixes: {
    irqsave: `--- a/case.c
+++ b/case.c
@@ -22,9 +22,10 @@
 static int dev_write(void)
 {
 	struct dev *d = &dev;
+	unsigned long flags;
 
-	raw_spin_lock(&d->lock);
+	raw_spin_lock_irqsave(&d->lock, flags);
 	d->busy = true;
-	raw_spin_unlock(&d->lock);
+	raw_spin_unlock_irqrestore(&d->lock, flags);
 	return 0;
 }
`,
  },
  mutants: {},
  premises: {
    "same-cpu": `--- a/case.c
+++ b/case.c
@@ -2,7 +2,7 @@
  * A driver whose handler takes the lock that its task holds.
  *
  * lab: thread dev_write on 0 forever
- * lab: hardirq dev_interrupt on 0
+ * lab: hardirq dev_interrupt on 1
  */
 struct dev {
 	raw_spinlock_t lock;
`,
  },
};

/** Made from case.c and the patches beside it by lib/setup/texts.mjs. */
import type { CaseTexts } from "../atlas-case.js";

export const texts: CaseTexts = {
  code: `/*
 * A file's owner gets SIGURG from a socket and SIGIO from an input device.
 *
 * lab: cpus 3
 * lab: thread send_sigurg on 0 forever
 * lab: thread evdev_write on 1 forever
 * lab: thread f_setown on 2 forever
 * lab: hardirq input_event on 0
 */
struct fown_struct {
	rwlock_t lock;
};

struct input_dev {
	spinlock_t event_lock;
};

static struct fown_struct f_owner;
static struct input_dev dev;

/* Urgent data has come in: read the owner. */
static void send_sigurg(void)
{
	read_lock(&f_owner.lock);
	read_unlock(&f_owner.lock);
}

static void send_sigio(void)
{
	read_lock(&f_owner.lock);
	read_unlock(&f_owner.lock);
}

/* The device delivers an event: its handlers, evdev's fasync queue, the owner. */
static void input_event(void)
{
	unsigned long flags;

	spin_lock_irqsave(&dev.event_lock, flags);
	send_sigio();
	spin_unlock_irqrestore(&dev.event_lock, flags);
}

/* A task injects an event: the same path, from a task. */
static void evdev_write(void)
{
	input_event();
}

/* fcntl(F_SETOWN) */
static void f_setown(void)
{
	write_lock_irq(&f_owner.lock);
	write_unlock_irq(&f_owner.lock);
}
`,
  fixes: {
    irqsave: `--- a/case.c
+++ b/case.c
@@ -21,8 +21,10 @@
 /* Urgent data has come in: read the owner. */
 static void send_sigurg(void)
 {
-	read_lock(&f_owner.lock);
-	read_unlock(&f_owner.lock);
+	unsigned long flags;
+
+	read_lock_irqsave(&f_owner.lock, flags);
+	read_unlock_irqrestore(&f_owner.lock, flags);
 }
 
 static void send_sigio(void)
`,
  },
  mutants: {
    "f-getown": `--- a/case.c
+++ b/case.c
@@ -1,11 +1,13 @@
 /*
  * A file's owner gets SIGURG from a socket and SIGIO from an input device.
  *
- * lab: cpus 3
+ * lab: cpus 4
  * lab: thread send_sigurg on 0 forever
  * lab: thread evdev_write on 1 forever
  * lab: thread f_setown on 2 forever
+ * lab: thread f_getown on 3 forever
  * lab: hardirq input_event on 0
+ * lab: hardirq input_event on 3
  */
 struct fown_struct {
 	rwlock_t lock;
@@ -47,6 +49,13 @@
 	input_event();
 }
 
+/* fcntl(F_GETOWN) */
+static void f_getown(void)
+{
+	read_lock(&f_owner.lock);
+	read_unlock(&f_owner.lock);
+}
+
 /* fcntl(F_SETOWN) */
 static void f_setown(void)
 {
`,
  },
  premises: {
    "no-writer": `--- a/case.c
+++ b/case.c
@@ -4,7 +4,6 @@
  * lab: cpus 3
  * lab: thread send_sigurg on 0 forever
  * lab: thread evdev_write on 1 forever
- * lab: thread f_setown on 2 forever
  * lab: hardirq input_event on 0
  */
 struct fown_struct {
`,
  },
};

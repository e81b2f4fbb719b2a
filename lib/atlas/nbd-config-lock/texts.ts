/** Made from case.c and the patches beside it by lib/setup/texts.mjs. */
import type { CaseTexts } from "../atlas-case.js";

export const texts: CaseTexts = {
  code: `/*
 * A network block device that three files have open is started by either of two,
 * and goes away when all are closed.
 *
 * lab: cpus 4
 * lab: thread nbd_release on 0
 * lab: thread nbd_client on 1
 * lab: thread nbd_client_with_another_socket on 2
 * lab: thread nbd_dev_remove_work on 3
 */
static DEFINE_MUTEX(open_mutex);
static DEFINE_MUTEX(config_lock);
static DECLARE_RWSEM(update_nr_hwq_lock);

static atomic_t refs = ATOMIC_INIT(3); /* 0..3: each open file has one */
static atomic_t config_refs = ATOMIC_INIT(3); /* 0..3: likewise */
static int num_connections = 1;	/* 1..2 */
static int nr_hw_queues = 1;	/* 1..2 */
static bool pid;		/* somebody has started the device */
static bool live;		/* its receivers run */
static bool remove_queued;

/* A device that runs has as many hardware queues as connections. */
static void blk_mq_update_nr_hw_queues(int nr)
{
	down_write(&update_nr_hwq_lock);
	nr_hw_queues = nr;
	BUG_ON(live && nr_hw_queues != num_connections);
	up_write(&update_nr_hwq_lock);
}

static int nbd_start_device(void)
{
	int nr = num_connections;

	if (pid)
		return -EBUSY;

	blk_mq_update_nr_hw_queues(nr);
	pid = true;

	BUG_ON(live);
	live = true;
	return 0;
}

static void nbd_add_socket(void)
{
	mutex_lock(&config_lock);
	if (!pid)
		num_connections++;
	mutex_unlock(&config_lock);
}

/* ioctl(NBD_DO_IT), and NBD_CMD_CONNECT over netlink */
static void nbd_do_it(void)
{
	mutex_lock(&config_lock);
	nbd_start_device();
	mutex_unlock(&config_lock);
}

static void nbd_config_put(void)
{
	if (atomic_dec_and_mutex_lock(&config_refs, &config_lock)) {
		live = false;
		pid = false;
		mutex_unlock(&config_lock);
	}
}

static void nbd_release(void)
{
	mutex_lock(&open_mutex);
	nbd_config_put();
	if (atomic_dec_and_test(&refs)) /* nbd_put() */
		remove_queued = true;
	mutex_unlock(&open_mutex);
}

static void nbd_client(void)
{
	nbd_do_it();
	nbd_release();
}

static void nbd_client_with_another_socket(void)
{
	nbd_add_socket();
	nbd_do_it();
	nbd_release();
}

/* The work that the last nbd_put() queues. */
static void nbd_dev_remove_work(void)
{
	if (!READ_ONCE(remove_queued))
		return;
	down_read(&update_nr_hwq_lock);
	mutex_lock(&open_mutex);
	mutex_unlock(&open_mutex);
	up_read(&update_nr_hwq_lock);
}
`,
  fixes: {
    einval: `--- a/case.c
+++ b/case.c
@@ -36,7 +36,11 @@
 	if (pid)
 		return -EBUSY;
 
+	mutex_unlock(&config_lock);
 	blk_mq_update_nr_hw_queues(nr);
+	mutex_lock(&config_lock);
+	if (num_connections != nr)
+		return -EINVAL;
 	pid = true;
 
 	BUG_ON(live);
`,
    "pid-first": `--- a/case.c
+++ b/case.c
@@ -36,8 +36,10 @@
 	if (pid)
 		return -EBUSY;
 
-	blk_mq_update_nr_hw_queues(nr);
 	pid = true;
+	mutex_unlock(&config_lock);
+	blk_mq_update_nr_hw_queues(nr);
+	mutex_lock(&config_lock);
 
 	BUG_ON(live);
 	live = true;
`,
    "retry-afresh": `--- a/case.c
+++ b/case.c
@@ -36,7 +36,14 @@
 	if (pid)
 		return -EBUSY;
 
+retry:
+	mutex_unlock(&config_lock);
 	blk_mq_update_nr_hw_queues(nr);
+	mutex_lock(&config_lock);
+	if (num_connections != nr) {
+		nr = num_connections;
+		goto retry;
+	}
 	pid = true;
 
 	BUG_ON(live);
`,
    retry: `--- a/case.c
+++ b/case.c
@@ -36,7 +36,12 @@
 	if (pid)
 		return -EBUSY;
 
+retry:
+	mutex_unlock(&config_lock);
 	blk_mq_update_nr_hw_queues(nr);
+	mutex_lock(&config_lock);
+	if (num_connections != nr)
+		goto retry;
 	pid = true;
 
 	BUG_ON(live);
`,
  },
  mutants: {},
  premises: {
    "config-refs": `--- a/case.c
+++ b/case.c
@@ -62,11 +62,12 @@
 
 static void nbd_config_put(void)
 {
-	if (atomic_dec_and_mutex_lock(&config_refs, &config_lock)) {
+	mutex_lock(&config_lock);
+	if (atomic_dec_and_test(&config_refs)) {
 		live = false;
 		pid = false;
-		mutex_unlock(&config_lock);
 	}
+	mutex_unlock(&config_lock);
 }
 
 static void nbd_release(void)
`,
    "one-starter": `--- a/case.c
+++ b/case.c
@@ -87,7 +87,6 @@
 static void nbd_client_with_another_socket(void)
 {
 	nbd_add_socket();
-	nbd_do_it();
 	nbd_release();
 }
 
`,
    refs: `--- a/case.c
+++ b/case.c
@@ -94,8 +94,6 @@
 /* The work that the last nbd_put() queues. */
 static void nbd_dev_remove_work(void)
 {
-	if (!READ_ONCE(remove_queued))
-		return;
 	down_read(&update_nr_hwq_lock);
 	mutex_lock(&open_mutex);
 	mutex_unlock(&open_mutex);
`,
  },
};

/* lab: thread a
   lab: thread b */
static struct semaphore sem;
static int n;
static void __init init(void) { sema_init(&sem, 1); }
static void a(void) { down(&sem); n = 1; up(&sem); }
static void b(void) { if (down_interruptible(&sem)) return; n = 2; up(&sem); }

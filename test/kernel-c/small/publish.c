/* lab: thread a
   lab: thread b */
static int a_ready, data;
static void a(void) { data = 42; smp_store_release(&a_ready, 1); }
static void b(void) { while (!smp_load_acquire(&a_ready)) cpu_relax(); WARN_ON_ONCE(data != 42); }

/*
 * A counter is read on the CPU that has it, while that CPU may be taken away.
 *
 * lab: cpus 3
 * lab: thread mon_event_read on 0
 * lab: thread generic_smp_call_function on 1
 * lab: thread resctrl_offline_cpu on 2
 */
DEFINE_STATIC_PERCPU_RWSEM(cpu_hotplug_lock);
static bool online = true;		/* the domain of CPU 1 is on the list */
static bool asked;			/* CPU 0 has something for CPU 1 to do */
static DECLARE_COMPLETION(csd_sent);
static DECLARE_COMPLETION(csd_done);

/* Runs on CPU 1, for CPU 0. */
static void __mon_event_count(void)
{
	lockdep_assert_held(&cpu_hotplug_lock);
	BUG_ON(!online);
}

/* The interrupt on CPU 1, as a thread: only what it waits for matters here. */
static void generic_smp_call_function(void)
{
	wait_for_completion(&csd_sent);
	if (asked)
		__mon_event_count();
	complete(&csd_done);
}

static void smp_call_function_single(bool wait)
{
	complete(&csd_sent);
	if (wait)
		wait_for_completion(&csd_done);
}

static void mon_event_read(void)
{
	percpu_down_read(&cpu_hotplug_lock);
	asked = online;
	smp_call_function_single(true);
	percpu_up_read(&cpu_hotplug_lock);
}

static void resctrl_offline_cpu(void)
{
	percpu_down_write(&cpu_hotplug_lock);
	online = false;
	percpu_up_write(&cpu_hotplug_lock);
}

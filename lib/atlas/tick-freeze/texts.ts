/** Made from case.c and the patches beside it by lib/setup/texts.mjs. */
import type { CaseTexts } from "../atlas-case.js";

export const texts: CaseTexts = {
  code: `/*
 * Suspend to idle: the last CPU that freezes its tick stops the kernel's clock, and the first
 * that wakes starts it again. Both read the time from a chip.
 *
 * lab: cpus 3
 * lab: thread enter_s2idle on 0
 * lab: thread enter_s2idle on 1
 * lab: thread s2idle_wake on 2
 */
#define PREEMPT_RT 0
#define num_online_cpus() 2

static DEFINE_RAW_SPINLOCK(tick_freeze_lock);
static unsigned int tick_freeze_depth; /* 0..2 */
static bool woken;

static DEFINE_SPINLOCK(rtc_lock);
static bool rtc_locked; /* what PREEMPT_RT has instead: a lock that sleeps */

static void rt_spin_lock(void)
{
	spin_acquire(&rtc_lock.dep_map, 0, 0, _RET_IP_);
	if (!xchg(&rtc_locked, true))
		return;
	BUG_ON(!preemptible()); /* rtlock_slowlock() schedules */
	while (xchg(&rtc_locked, true))
		cpu_relax();
}

static void rt_spin_unlock(void)
{
	WRITE_ONCE(rtc_locked, false);
	spin_release(&rtc_lock.dep_map, _RET_IP_);
}

static void mc146818_get_time(void)
{
	unsigned long flags;

	if (PREEMPT_RT) {
		rt_spin_lock();
		rt_spin_unlock();
	} else {
		spin_lock_irqsave(&rtc_lock, flags);
		spin_unlock_irqrestore(&rtc_lock, flags);
	}
}

/* The chip's alarm, which does not go off here. */
static void cmos_interrupt(void)
{
	spin_lock(&rtc_lock);
	spin_unlock(&rtc_lock);
}

static void timekeeping_suspend(void)
{
	mc146818_get_time();
}

static void timekeeping_resume(void)
{
	mc146818_get_time();
}

static void tick_freeze(void)
{
	raw_spin_lock(&tick_freeze_lock);
	tick_freeze_depth++;
	if (tick_freeze_depth == num_online_cpus())
		timekeeping_suspend();
	raw_spin_unlock(&tick_freeze_lock);
}

static void tick_unfreeze(void)
{
	raw_spin_lock(&tick_freeze_lock);
	if (tick_freeze_depth == num_online_cpus())
		timekeeping_resume();
	tick_freeze_depth--;
	raw_spin_unlock(&tick_freeze_lock);
}

static void enter_s2idle(void)
{
	mc146818_get_time(); /* a task, before it is frozen */

	local_irq_disable();
	tick_freeze();
	smp_cond_load_relaxed(&woken, VAL); /* deep idle */
	tick_unfreeze();
	local_irq_enable();
}

static void s2idle_wake(void)
{
	WRITE_ONCE(woken, true);
}
`,
  fixes: {
    override: `--- a/case.c
+++ b/case.c
@@ -11,6 +11,7 @@
 #define num_online_cpus() 2
 
 static DEFINE_RAW_SPINLOCK(tick_freeze_lock);
+static DEFINE_WAIT_OVERRIDE_MAP(tick_freeze_map, LD_WAIT_SLEEP);
 static unsigned int tick_freeze_depth; /* 0..2 */
 static bool woken;
 
@@ -67,16 +68,22 @@
 {
 	raw_spin_lock(&tick_freeze_lock);
 	tick_freeze_depth++;
-	if (tick_freeze_depth == num_online_cpus())
+	if (tick_freeze_depth == num_online_cpus()) {
+		lock_map_acquire_try(&tick_freeze_map);
 		timekeeping_suspend();
+		lock_map_release(&tick_freeze_map);
+	}
 	raw_spin_unlock(&tick_freeze_lock);
 }
 
 static void tick_unfreeze(void)
 {
 	raw_spin_lock(&tick_freeze_lock);
-	if (tick_freeze_depth == num_online_cpus())
+	if (tick_freeze_depth == num_online_cpus()) {
+		lock_map_acquire_try(&tick_freeze_map);
 		timekeeping_resume();
+		lock_map_release(&tick_freeze_map);
+	}
 	tick_freeze_depth--;
 	raw_spin_unlock(&tick_freeze_lock);
 }
`,
    raw: `--- a/case.c
+++ b/case.c
@@ -14,7 +14,7 @@
 static unsigned int tick_freeze_depth; /* 0..2 */
 static bool woken;
 
-static DEFINE_SPINLOCK(rtc_lock);
+static DEFINE_RAW_SPINLOCK(rtc_lock);
 static bool rtc_locked; /* what PREEMPT_RT has instead: a lock that sleeps */
 
 static void rt_spin_lock(void)
@@ -37,20 +37,15 @@
 {
 	unsigned long flags;
 
-	if (PREEMPT_RT) {
-		rt_spin_lock();
-		rt_spin_unlock();
-	} else {
-		spin_lock_irqsave(&rtc_lock, flags);
-		spin_unlock_irqrestore(&rtc_lock, flags);
-	}
+	raw_spin_lock_irqsave(&rtc_lock, flags);
+	raw_spin_unlock_irqrestore(&rtc_lock, flags);
 }
 
 /* The chip's alarm, which does not go off here. */
 static void cmos_interrupt(void)
 {
-	spin_lock(&rtc_lock);
-	spin_unlock(&rtc_lock);
+	raw_spin_lock(&rtc_lock);
+	raw_spin_unlock(&rtc_lock);
 }
 
 static void timekeeping_suspend(void)
`,
  },
  mutants: {
    "acpi-event": `--- a/case.c
+++ b/case.c
@@ -2,10 +2,12 @@
  * Suspend to idle: the last CPU that freezes its tick stops the kernel's clock, and the first
  * that wakes starts it again. Both read the time from a chip.
  *
- * lab: cpus 3
+ * lab: cpus 4
  * lab: thread enter_s2idle on 0
  * lab: thread enter_s2idle on 1
  * lab: thread s2idle_wake on 2
+ * lab: thread acpi_irq on 3
+ * lab: hardirq cmos_interrupt on 3
  */
 #define PREEMPT_RT 0
 #define num_online_cpus() 2
@@ -46,13 +48,19 @@
 	}
 }
 
-/* The chip's alarm, which does not go off here. */
+/* The chip's alarm. */
 static void cmos_interrupt(void)
 {
 	spin_lock(&rtc_lock);
 	spin_unlock(&rtc_lock);
 }
 
+/* A thread that handles an event of ACPI: the alarm, with interrupts on. */
+static void acpi_irq(void)
+{
+	cmos_interrupt();
+}
+
 static void timekeeping_suspend(void)
 {
 	mc146818_get_time();
`,
  },
  premises: {
    alone: `--- a/case.c
+++ b/case.c
@@ -83,10 +83,13 @@
 
 static void enter_s2idle(void)
 {
-	mc146818_get_time(); /* a task, before it is frozen */
-
 	local_irq_disable();
 	tick_freeze();
+	local_irq_enable();
+
+	mc146818_get_time(); /* counted as frozen, and goes on */
+
+	local_irq_disable();
 	smp_cond_load_relaxed(&woken, VAL); /* deep idle */
 	tick_unfreeze();
 	local_irq_enable();
`,
    spins: `--- a/case.c
+++ b/case.c
@@ -7,7 +7,7 @@
  * lab: thread enter_s2idle on 1
  * lab: thread s2idle_wake on 2
  */
-#define PREEMPT_RT 0
+#define PREEMPT_RT 1
 #define num_online_cpus() 2
 
 static DEFINE_RAW_SPINLOCK(tick_freeze_lock);
`,
  },
};

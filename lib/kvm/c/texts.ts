/** Made from the files and patches beside it by lib/setup/texts.mjs. */
import type { KvmTexts } from "./kvm-texts.js";

export const texts: KvmTexts = {
  files: [
    {
      file: "core.c",
      text: `/*
 * The scheduler as far as its locks matter: the lab's own model of
 * kernel/sched/core.c of Linux 6.12. All tasks are those of vCPUs; they are
 * queued on the first CPU at first.
 *
 * Left out: priorities (any task that is queued may be picked), the wakelist of
 * ttwu_queue() (an optimisation that PREEMPT_RT switches off; without it a
 * waker spins on p->on_cpu), load balancing, and preemption.
 */
#define TASK_WAKING	2
#define TASK_DEAD	3

struct task_struct {
	unsigned int	__state;	/* 0..3 */
	bool		on_rq;
	bool		on_cpu;
	int		cpu;		/* cpu */
	raw_spinlock_t	pi_lock;
};

struct rq {
	raw_spinlock_t		__lock;
	struct task_struct	*curr;	/* NULL: the idle task */
	struct task_struct	*prev;	/* what finish_task_switch() finishes */
	bool			queue[NR_VCPUS];
};

static DEFINE_PER_CPU(struct rq, runqueues);

#define cpu_rq(cpu)	(&per_cpu(runqueues, (cpu)))
#define this_rq()	this_cpu_ptr(&runqueues)
#define task_rq(p)	cpu_rq((p)->cpu)
#define __rq_lockp(rq)	(&(rq)->__lock)

static void sched_init(void)
{
	struct rq *rq = this_rq();

	raw_spin_lock_init(&rq->__lock);
}

static void sched_fork(struct task_struct *p)
{
	raw_spin_lock_init(&p->pi_lock);
}

static bool task_current(struct task_struct *p)
{
	return task_rq(p)->curr == p;
}

static bool task_queued(struct task_struct *p, int cpu)
{
	return cpu_rq(cpu)->queue[number_of(p)];
}

static void activate_task(struct rq *rq, struct task_struct *p)
{
	in_one_step("activate_task") {
		p->on_rq = true;
		rq->queue[number_of(p)] = true;
	}
}

static void deactivate_task(struct task_struct *p)
{
	in_one_step("deactivate_task") {
		p->on_rq = false;
		this_rq()->queue[number_of(p)] = false;
	}
}

static int task_cpu(struct task_struct *p)
{
	return p->cpu;
}

/* Who drops the lock of a run queue before it is unpinned is warned of. */
#define rq_pin_lock(rq)		lockdep_pin_lock(__rq_lockp(rq))
#define rq_unpin_lock(rq)	lockdep_unpin_lock(__rq_lockp(rq))

static void rq_lock(struct rq *rq)
{
	raw_spin_lock(__rq_lockp(rq));
	rq_pin_lock(rq);
}

static void rq_unlock(struct rq *rq)
{
	rq_unpin_lock(rq);
	raw_spin_unlock(__rq_lockp(rq));
}

static void raw_spin_rq_lock_irq(void)
{
	local_irq_disable();
	raw_spin_lock(__rq_lockp(this_rq()));
}

static void raw_spin_rq_unlock_irq(void)
{
	raw_spin_unlock(__rq_lockp(this_rq()));
	local_irq_enable();
}

static void fire_sched_out_preempt_notifiers(struct task_struct *curr)
{
	kvm_sched_out(container_of(curr, struct kvm_vcpu, thread));
}

static void fire_sched_in_preempt_notifiers(struct task_struct *curr)
{
	kvm_sched_in(container_of(curr, struct kvm_vcpu, thread), smp_processor_id());
}

static void prepare_task_switch(struct task_struct *prev)
{
	fire_sched_out_preempt_notifiers(prev);
}

/* The lock goes over to the next task, and lockdep is told so. */
static void prepare_lock_switch(void)
{
	rq_unpin_lock(this_rq());
	spin_release(&__rq_lockp(this_rq())->dep_map, _RET_IP_);
}

static void finish_lock_switch(void)
{
	spin_acquire(&__rq_lockp(this_rq())->dep_map, 0, 0, _RET_IP_);
	raw_spin_rq_unlock_irq();
}

static void switch_to(struct task_struct *prev, struct task_struct *next)
{
	in_one_step("switch_to") {
		if (next)
			next->on_cpu = true;
		this_rq()->prev = prev;
		this_rq()->curr = next;
	}
}

/* What whoever is switched in does first; that may never come. */
static void finish_task(void)
{
	in_one_step("finish_task") {
		idle_until(true);
		if (this_rq()->prev)
			this_rq()->prev->on_cpu = false;
		this_rq()->prev = NULL;
	}
}

static void finish_task_switch(void)
{
	finish_task();
	finish_lock_switch();
	fire_sched_in_preempt_notifiers(current);
}

static void context_switch(struct task_struct *prev, struct task_struct *next)
{
	prepare_task_switch(prev);
	prepare_lock_switch();
	switch_to(prev, next);
	finish_task_switch();
}

/* NULL is the idle task. */
static struct task_struct *pick_next_task(void)
{
	return nondet_member(struct task_struct, p, task_queued(p, smp_processor_id()));
}

static void __schedule(bool preempt)
{
	struct task_struct *prev = current;
	struct task_struct *next;

	raw_spin_rq_lock_irq();
	rq_pin_lock(this_rq());
	if (!preempt && prev->__state != TASK_RUNNING)
		deactivate_task(prev);
	next = pick_next_task();
	if (next == prev) {
		rq_unpin_lock(this_rq());
		raw_spin_rq_unlock_irq();
	} else {
		context_switch(prev, next);
	}
}

static void schedule(void)
{
	__schedule(false);
}

static void schedule_tail(void)
{
	finish_task_switch();
}

static void schedule_idle(void)
{
	struct task_struct *next;

	in_one_step("need_resched()") {
		idle_until(exists_member(struct task_struct, p, task_queued(p, smp_processor_id())));
		local_irq_disable();
	}
	rq_lock(this_rq());
	next = pick_next_task();
	if (!next) {
		rq_unpin_lock(this_rq());
		raw_spin_rq_unlock_irq();
		return;
	}
	prepare_lock_switch();
	switch_to(NULL, next);
	finish_task();
	finish_lock_switch();
}

/* What else happens on an idle CPU: nothing. Returns whether something did. */
static bool idle_work(void)
{
	return false;
}

/* One round of the idle task. */
static void do_idle(void)
{
	if (!idle_work())
		schedule_idle();
}

static void ttwu_runnable(struct task_struct *p)
{
	struct rq *rq = task_rq(p);

	rq_lock(rq);
	if (p->on_rq)
		p->__state = TASK_RUNNING;
	else
		p->__state = TASK_WAKING;
	rq_unlock(rq);
}

static void select_task_rq(struct task_struct *p)
{
	in_one_step("select_task_rq")
		p->cpu = nondet_member(cpu, any, true);
}

static void ttwu_queue(struct task_struct *p)
{
	struct rq *rq = task_rq(p);

	rq_lock(rq);
	in_one_step("ttwu_do_activate") {
		activate_task(rq, p);
		p->__state = TASK_RUNNING;
	}
	rq_unlock(rq);
}

/*
 * pi_lock is taken with raw_spin_lock_irqsave() and dropped with
 * raw_spin_unlock_irqrestore(): here interrupts go off with the step before the
 * lock and on with the last one, since nobody else can tell.
 */
static void try_to_wake_up(struct task_struct *p)
{
	unsigned long flags;
	bool is_current;

	in_one_step("p == current") {
		local_irq_save(flags);
		is_current = this_rq()->curr == p;
	}
	if (is_current) {
		in_one_step("wake current") {
			if (p->__state == TASK_INTERRUPTIBLE)
				p->__state = TASK_RUNNING;
			local_irq_restore(flags);
		}
		return;
	}

	raw_spin_lock(&p->pi_lock);
	if (p->__state == TASK_INTERRUPTIBLE) {
		if (p->on_rq)
			ttwu_runnable(p);
		else
			p->__state = TASK_WAKING;
		if (p->__state == TASK_WAKING) {
			smp_cond_load_acquire(&p->on_cpu, !VAL);
			select_task_rq(p);
			ttwu_queue(p);
		}
	}
	in_one_step("raw_spin_unlock_irqrestore") {
		raw_spin_unlock(&p->pi_lock);
		local_irq_restore(flags);
	}
}
`,
    },
    {
      file: "kvm_main.c",
      text: `/*
 * The task of a vCPU: virt/kvm/kvm_main.c and arch/x86/kvm/x86.c, around a
 * guest that does nothing but halt.
 */
struct kvm_vcpu {
	int cpu;			/* cpu: where it was loaded last */
	bool blocking;
	struct task_struct thread;	/* the task that runs it */
};

static void rcuwait_wake_up(struct task_struct *task)
{
	try_to_wake_up(task);
}

static void kvm_vcpu_wake_up(struct kvm_vcpu *vcpu)
{
	rcuwait_wake_up(&vcpu->thread);
}

static bool kvm_vcpu_is_blocking(struct kvm_vcpu *vcpu)
{
	return vcpu->blocking;
}

static void kvm_arch_vcpu_load(struct kvm_vcpu *vcpu, int cpu)
{
	vmx_vcpu_load(vcpu, cpu);
	vcpu->cpu = cpu;
}

static void kvm_arch_vcpu_put(struct kvm_vcpu *vcpu)
{
	vmx_vcpu_put(vcpu);
}

static void kvm_sched_in(struct kvm_vcpu *vcpu, int cpu)
{
	kvm_arch_vcpu_load(vcpu, cpu);
}

static void kvm_sched_out(struct kvm_vcpu *vcpu)
{
	kvm_arch_vcpu_put(vcpu);
}

/* Whether there is an interrupt for the guest; it is taken then. */
static bool kvm_vcpu_check_block(struct kvm_vcpu *vcpu)
{
	return vmx_sync_pir_to_irr(vcpu);
}

static void kvm_vcpu_block(struct kvm_vcpu *vcpu)
{
	vcpu->blocking = true;
	for (;;) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (kvm_vcpu_check_block(vcpu))
			break;
		schedule();
	}
	vcpu->blocking = false;
	__set_current_state(TASK_RUNNING);
}

/* What the host has to do between two runs of the guest: nothing. */
static void vcpu_run_host_work(struct kvm_vcpu *vcpu)
{
}

/* Until the guest halts. */
static void vcpu_enter_guest(struct kvm_vcpu *vcpu)
{
	vcpu_run_host_work(vcpu);
	wait_until(true);
}

/* KVM_RUN, forever. */
static void vcpu_run(struct kvm_vcpu *vcpu)
{
	schedule_tail();
	for (;;) {
		vcpu_enter_guest(vcpu);
		kvm_vcpu_block(vcpu);
	}
}
`,
    },
    {
      file: "posted_intr.c",
      text: `/*
 * Posted interrupts that wake a vCPU which is blocked: the lab's own model of
 * arch/x86/kvm/vmx/posted_intr.c of Linux 6.12, in its names and its shape.
 */
#define POSTED_INTR_VECTOR		0
#define POSTED_INTR_WAKEUP_VECTOR	1

struct pi_desc {
	bool on;	/* outstanding notification */
	bool pir;	/* posted interrupt requests, as one bit */
	u8 nv;		/* 0..1: notification vector */
	int ndst;	/* cpu: notification destination */
};

struct vcpu_vmx {
	struct kvm_vcpu vcpu;
	struct pi_desc pi_desc;
	struct list_head pi_wakeup_list;
};

/* All of them are queued at first. */
static struct vcpu_vmx vcpus[NR_VCPUS] = {
	[0 ... NR_VCPUS - 1] = { .vcpu = { .thread = { .on_rq = true } } },
};

/*
 * The vCPUs that have blocked on a CPU, each of which wants its handler to look
 * whether an interrupt has been posted to it.
 */
static DEFINE_PER_CPU(struct list_head, wakeup_vcpus_on_cpu);
/*
 * Protects the list of its CPU: the handler walks it there, and a vCPU that
 * goes on elsewhere leaves it from there.
 */
static DEFINE_PER_CPU(raw_spinlock_t, wakeup_vcpus_on_cpu_lock);

static inline struct vcpu_vmx *to_vmx(struct kvm_vcpu *vcpu)
{
	return container_of(vcpu, struct vcpu_vmx, vcpu);
}

static inline struct pi_desc *vcpu_to_pi_desc(struct kvm_vcpu *vcpu)
{
	return &(to_vmx(vcpu)->pi_desc);
}

static bool pi_test_on(struct pi_desc *pi_desc)
{
	return pi_desc->on;
}

/* The kernel changes all of the descriptor's control word with one cmpxchg. */
static void pi_set_control(struct pi_desc *pi_desc, int ndst, u8 nv)
{
	in_one_step("pi_set_control(ndst, nv)") {
		pi_desc->ndst = ndst;
		pi_desc->nv = nv;
	}
}

/* Returns whether ON is set in what was written. */
static bool pi_set_nv(struct pi_desc *pi_desc, u8 nv)
{
	bool on;

	in_one_step("pi_set_nv(nv)") {
		on = pi_desc->on;
		pi_desc->nv = nv;
	}
	return on;
}

void vmx_vcpu_pi_load(struct kvm_vcpu *vcpu, int cpu)
{
	struct pi_desc *pi_desc = vcpu_to_pi_desc(vcpu);
	struct vcpu_vmx *vmx = to_vmx(vcpu);
	unsigned long flags;
	int dest;

	/* Nothing to do where it goes on where it was, and was not blocked. */
	if (pi_desc->nv != POSTED_INTR_WAKEUP_VECTOR && vcpu->cpu == cpu)
		return;

	local_irq_save(flags);

	/*
	 * It is still on the list of the CPU on which it blocked: another one
	 * than this, perhaps, by now.
	 */
	if (pi_desc->nv == POSTED_INTR_WAKEUP_VECTOR) {
		raw_spin_lock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
		list_del(&vmx->pi_wakeup_list);
		raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
	}

	dest = cpu;
	pi_set_control(pi_desc, dest, POSTED_INTR_VECTOR);

	local_irq_restore(flags);
}

/*
 * From now on interrupts for the vCPU come to the handler of this CPU, on whose
 * list it is.
 */
static void pi_enable_wakeup_handler(struct kvm_vcpu *vcpu)
{
	struct pi_desc *pi_desc = vcpu_to_pi_desc(vcpu);
	struct vcpu_vmx *vmx = to_vmx(vcpu);

	lockdep_assert_irqs_disabled();

	raw_spin_lock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
	list_add_tail(&vmx->pi_wakeup_list,
		      &per_cpu(wakeup_vcpus_on_cpu, vcpu->cpu));
	raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));

	/*
	 * What was posted before the vector changed has set ON and told nobody
	 * who would wake the vCPU.
	 */
	if (pi_set_nv(pi_desc, POSTED_INTR_WAKEUP_VECTOR))
		__apic_send_IPI_self(POSTED_INTR_WAKEUP_VECTOR);
}

void vmx_vcpu_pi_put(struct kvm_vcpu *vcpu)
{
	if (kvm_vcpu_is_blocking(vcpu))
		pi_enable_wakeup_handler(vcpu);
}

/* Handler for POSTED_INTR_WAKEUP_VECTOR. */
void pi_wakeup_handler(void)
{
	int cpu = smp_processor_id();
	struct list_head *wakeup_list = &per_cpu(wakeup_vcpus_on_cpu, cpu);
	raw_spinlock_t *spinlock = &per_cpu(wakeup_vcpus_on_cpu_lock, cpu);
	struct vcpu_vmx *vmx;

	raw_spin_lock(spinlock);
	list_for_each_entry(vmx, wakeup_list, pi_wakeup_list) {

		if (pi_test_on(&vmx->pi_desc))
			kvm_vcpu_wake_up(&vmx->vcpu);
	}
	raw_spin_unlock(spinlock);
}

void __init pi_init_cpu(int cpu)
{
	INIT_LIST_HEAD(&per_cpu(wakeup_vcpus_on_cpu, cpu));
	raw_spin_lock_init(&per_cpu(wakeup_vcpus_on_cpu_lock, cpu));
}
`,
    },
    {
      file: "vmx.c",
      text: `/* What calls posted_intr.c, and what it calls: arch/x86/kvm/vmx/vmx.c. */
static void vmx_vcpu_load(struct kvm_vcpu *vcpu, int cpu)
{
	vmx_vcpu_pi_load(vcpu, cpu);
}

static void vmx_vcpu_put(struct kvm_vcpu *vcpu)
{
	vmx_vcpu_pi_put(vcpu);
}

static bool vmx_sync_pir_to_irr(struct kvm_vcpu *vcpu)
{
	struct pi_desc *pi_desc = vcpu_to_pi_desc(vcpu);
	bool pending;

	/* A post between the two would only cost a wakeup that finds nothing. */
	in_one_step("sync PIR to IRR") {
		pending = pi_desc->on;
		if (pending) {
			pi_desc->on = false;
			pi_desc->pir = false;
		}
	}
	return pending;
}

/* The bit of the wakeup vector in the IRR of each CPU's local APIC. */
static DEFINE_PER_CPU(bool, wakeup_vector_irr);

static void __apic_send_IPI_self(int vector)
{
	this_cpu_write(wakeup_vector_irr, true);
}

/* The IOMMU: the descriptor and the notification at once, at any moment or never again. */
static void post_interrupt(struct kvm_vcpu *vcpu)
{
	struct pi_desc *pi_desc = vcpu_to_pi_desc(vcpu);

	/* With ON set a further post changes nothing. */
	in_one_step("post") {
		wait_until(!pi_desc->on);
		pi_desc->pir = true;
		pi_desc->on = true;
		if (pi_desc->nv == POSTED_INTR_WAKEUP_VECTOR)
			per_cpu(wakeup_vector_irr, pi_desc->ndst) = true;
	}
}
`,
    },
    {
      file: "first_runs.c",
      text: `/*
 * Each path once, none of them in a race: what lockdep needs to see to learn
 * them. The paths are those that run elsewhere; only what they start from is set
 * up here, so that the order in which they first run is free, as in a kernel.
 */
static void vcpu_sleeps(struct vcpu_vmx *vmx)
{
	vmx->vcpu.thread.__state = TASK_INTERRUPTIBLE;
	vmx->vcpu.thread.on_rq = false;
	vmx->vcpu.thread.on_cpu = false;
	this_rq()->queue[number_of(&vmx->vcpu.thread)] = false;
}

/*
 * The first vCPU is on the list, or about to be put there, whatever the list is
 * made of: its own code has put it there, unseen by lockdep. Both vCPUs sleep.
 */
static void vcpu_blocks(struct vcpu_vmx *vmx, bool listed)
{
	struct kvm_vcpu *vcpu = &vmx->vcpu;
	struct pi_desc *pi_desc = &vmx->pi_desc;
	bool is_listed = pi_desc->nv == POSTED_INTR_WAKEUP_VECTOR;

	vcpu->blocking = true;
	pi_desc->on = false;
	lockdep_off();
	local_irq_disable();
	if (listed && !is_listed)
		vmx_vcpu_pi_put(vcpu);
	if (!listed && is_listed)
		vmx_vcpu_pi_load(vcpu, smp_processor_id());
	local_irq_enable();
	lockdep_on();
	pi_desc->on = listed;
	this_rq()->curr = NULL;
	vcpu_sleeps(&vcpus[0]);
	vcpu_sleeps(&vcpus[1]);
}

/* A task's pi_lock, then its run queue's: task_rq_lock(), try_to_wake_up(). */
static void wakes_at_boot(struct task_struct *p)
{
	raw_spin_lock(&p->pi_lock);
	rq_lock(task_rq(p));
	rq_unlock(task_rq(p));
	raw_spin_unlock(&p->pi_lock);
}

static DEFINE_PER_CPU(bool, boot_timer_irr);
static DEFINE_PER_CPU(bool, boot_softirq_pending);

/*
 * What every kernel has done long before the first vCPU runs: tasks were woken
 * by a task, from a timer's hardirq and from its softirq.
 */
static void first_run_task_wakes(void)
{
	local_irq_disable();
	wakes_at_boot(&vcpus[0].vcpu.thread);
	local_irq_enable();
}

static void first_run_hardirq_wakes(void)
{
	this_cpu_write(boot_timer_irr, true);
}

static void hrtimer_wakeup(void)
{
	wakes_at_boot(&vcpus[0].vcpu.thread);
}

static void first_run_softirq_wakes(void)
{
	this_cpu_write(boot_softirq_pending, true);
}

static void process_timeout(void)
{
	local_irq_disable();
	wakes_at_boot(&vcpus[0].vcpu.thread);
	local_irq_enable();
}

/* What else has run before. */
static void first_run_boot(void)
{
}

static void first_run_sched_out(void)
{
	vcpu_blocks(&vcpus[0], false);
	raw_spin_rq_lock_irq();
	rq_pin_lock(this_rq());
	prepare_task_switch(&vcpus[0].vcpu.thread);
	rq_unpin_lock(this_rq());
	raw_spin_rq_unlock_irq();
}

static void first_run_handler(void)
{
	vcpu_blocks(&vcpus[0], true);
	this_cpu_write(wakeup_vector_irr, true);
}

static void first_run_sched_in(void)
{
	vcpu_blocks(&vcpus[0], true);
	raw_spin_rq_lock_irq();
	rq_pin_lock(this_rq());
	prepare_lock_switch();
	finish_task_switch();
}

/* What a mutant or a change adds beside the three. */
static void first_run_further(void)
{
	vcpu_run_host_work(&vcpus[0].vcpu);
	idle_work();
}
`,
    },
  ],
  fixes: {
    "assert-not-held": `--- a/arch/x86/kvm/vmx/posted_intr.c
+++ b/arch/x86/kvm/vmx/posted_intr.c
@@ -88,6 +88,7 @@ void vmx_vcpu_pi_load(struct kvm_vcpu *v
 	 * than this, perhaps, by now.
 	 */
 	if (pi_desc->nv == POSTED_INTR_WAKEUP_VECTOR) {
+		lockdep_assert_not_held(&current->pi_lock);
 		raw_spin_lock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
 		list_del(&vmx->pi_wakeup_list);
 		raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
@@ -110,7 +111,8 @@ static void pi_enable_wakeup_handler(str
 
 	lockdep_assert_irqs_disabled();
 
-	raw_spin_lock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
+	raw_spin_lock_nested(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu),
+			     SINGLE_DEPTH_NESTING);
 	list_add_tail(&vmx->pi_wakeup_list,
 		      &per_cpu(wakeup_vcpus_on_cpu, vcpu->cpu));
 	raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
`,
    defer: `--- a/arch/x86/kvm/vmx/posted_intr.c
+++ b/arch/x86/kvm/vmx/posted_intr.c
@@ -129,21 +129,41 @@ void vmx_vcpu_pi_put(struct kvm_vcpu *vc
 		pi_enable_wakeup_handler(vcpu);
 }
 
+/* Whom the handler of a CPU has found on its list and still has to wake. */
+struct pi_collected {
+	bool vcpus[NR_VCPUS];
+};
+static DEFINE_PER_CPU(struct pi_collected, wakeup_collected);
+
+static bool pi_is_collected(struct vcpu_vmx *vmx, int cpu)
+{
+	return per_cpu(wakeup_collected, cpu).vcpus[number_of(vmx)];
+}
+
 /* Handler for POSTED_INTR_WAKEUP_VECTOR. */
 void pi_wakeup_handler(void)
 {
 	int cpu = smp_processor_id();
 	struct list_head *wakeup_list = &per_cpu(wakeup_vcpus_on_cpu, cpu);
 	raw_spinlock_t *spinlock = &per_cpu(wakeup_vcpus_on_cpu_lock, cpu);
+	struct pi_collected *collected = &per_cpu(wakeup_collected, cpu);
 	struct vcpu_vmx *vmx;
 
 	raw_spin_lock(spinlock);
 	list_for_each_entry(vmx, wakeup_list, pi_wakeup_list) {
 
 		if (pi_test_on(&vmx->pi_desc))
-			kvm_vcpu_wake_up(&vmx->vcpu);
+			collected->vcpus[number_of(vmx)] = true;
 	}
 	raw_spin_unlock(spinlock);
+
+	for (;;) {
+		vmx = nondet_member(struct vcpu_vmx, v, pi_is_collected(v, cpu));
+		if (!vmx)
+			break;
+		kvm_vcpu_wake_up(&vmx->vcpu);
+		collected->vcpus[number_of(vmx)] = false;
+	}
 }
 
 void __init pi_init_cpu(int cpu)
`,
    final: `--- a/arch/x86/kvm/vmx/posted_intr.c
+++ b/arch/x86/kvm/vmx/posted_intr.c
@@ -34,6 +34,8 @@ static DEFINE_PER_CPU(struct list_head,
  */
 static DEFINE_PER_CPU(raw_spinlock_t, wakeup_vcpus_on_cpu_lock);
 
+#define PI_LOCK_SCHED_OUT SINGLE_DEPTH_NESTING
+
 static inline struct vcpu_vmx *to_vmx(struct kvm_vcpu *vcpu)
 {
 	return container_of(vcpu, struct vcpu_vmx, vcpu);
@@ -88,9 +90,17 @@ void vmx_vcpu_pi_load(struct kvm_vcpu *v
 	 * than this, perhaps, by now.
 	 */
 	if (pi_desc->nv == POSTED_INTR_WAKEUP_VECTOR) {
-		raw_spin_lock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
+		raw_spinlock_t *spinlock = &per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu);
+
+		/*
+		 * The lock is another CPU's: both that CPU's handler and its
+		 * sched_out may want it. Lockdep is told of both subclasses.
+		 */
+		raw_spin_lock(spinlock);
+		spin_acquire(&spinlock->dep_map, PI_LOCK_SCHED_OUT, 0, _RET_IP_);
 		list_del(&vmx->pi_wakeup_list);
-		raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
+		spin_release(&spinlock->dep_map, _RET_IP_);
+		raw_spin_unlock(spinlock);
 	}
 
 	dest = cpu;
@@ -110,7 +120,13 @@ static void pi_enable_wakeup_handler(str
 
 	lockdep_assert_irqs_disabled();
 
-	raw_spin_lock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
+	/*
+	 * Not the subclass of the handler: it takes the scheduler's locks inside
+	 * of this one, and here they are held. The two exclude each other, since
+	 * IRQs are off for as long as rq->__lock is held.
+	 */
+	raw_spin_lock_nested(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu),
+			     PI_LOCK_SCHED_OUT);
 	list_add_tail(&vmx->pi_wakeup_list,
 		      &per_cpu(wakeup_vcpus_on_cpu, vcpu->cpu));
 	raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
`,
    in1: `--- a/arch/x86/kvm/vmx/posted_intr.c
+++ b/arch/x86/kvm/vmx/posted_intr.c
@@ -88,7 +88,8 @@ void vmx_vcpu_pi_load(struct kvm_vcpu *v
 	 * than this, perhaps, by now.
 	 */
 	if (pi_desc->nv == POSTED_INTR_WAKEUP_VECTOR) {
-		raw_spin_lock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
+		raw_spin_lock_nested(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu),
+				     SINGLE_DEPTH_NESTING);
 		list_del(&vmx->pi_wakeup_list);
 		raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
 	}
@@ -110,7 +111,8 @@ static void pi_enable_wakeup_handler(str
 
 	lockdep_assert_irqs_disabled();
 
-	raw_spin_lock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
+	raw_spin_lock_nested(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu),
+			     SINGLE_DEPTH_NESTING);
 	list_add_tail(&vmx->pi_wakeup_list,
 		      &per_cpu(wakeup_vcpus_on_cpu, vcpu->cpu));
 	raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
`,
    lie: `--- a/arch/x86/kvm/vmx/posted_intr.c
+++ b/arch/x86/kvm/vmx/posted_intr.c
@@ -140,8 +140,11 @@ void pi_wakeup_handler(void)
 	raw_spin_lock(spinlock);
 	list_for_each_entry(vmx, wakeup_list, pi_wakeup_list) {
 
-		if (pi_test_on(&vmx->pi_desc))
+		if (pi_test_on(&vmx->pi_desc)) {
+			spin_release(&spinlock->dep_map, _RET_IP_);
 			kvm_vcpu_wake_up(&vmx->vcpu);
+			spin_acquire(&spinlock->dep_map, 0, 0, _RET_IP_);
+		}
 	}
 	raw_spin_unlock(spinlock);
 }
`,
    novalidate: `--- a/arch/x86/kvm/vmx/posted_intr.c
+++ b/arch/x86/kvm/vmx/posted_intr.c
@@ -150,4 +150,5 @@ void __init pi_init_cpu(int cpu)
 {
 	INIT_LIST_HEAD(&per_cpu(wakeup_vcpus_on_cpu, cpu));
 	raw_spin_lock_init(&per_cpu(wakeup_vcpus_on_cpu_lock, cpu));
+	lockdep_set_novalidate_class(&per_cpu(wakeup_vcpus_on_cpu_lock, cpu));
 }
--- a/first_runs.c
+++ b/first_runs.c
@@ -33,6 +33,15 @@ static void vcpu_blocks(struct vcpu_vmx
 	vcpu_sleeps(&vcpus[1]);
 }
 
+/* The class of what is not validated is shared: the first lock of it gives it its name. */
+static struct mutex device_mutex;
+
+static void device_initialize(void)
+{
+	mutex_init(&device_mutex);
+	lockdep_set_novalidate_class(&device_mutex);
+}
+
 /* A task's pi_lock, then its run queue's: task_rq_lock(), try_to_wake_up(). */
 static void wakes_at_boot(struct task_struct *p)
 {
@@ -81,6 +90,8 @@ static void process_timeout(void)
 /* What else has run before. */
 static void first_run_boot(void)
 {
+	mutex_lock(&device_mutex);
+	mutex_unlock(&device_mutex);
 }
 
 static void first_run_sched_out(void)
`,
    out1: `--- a/arch/x86/kvm/vmx/posted_intr.c
+++ b/arch/x86/kvm/vmx/posted_intr.c
@@ -110,7 +110,8 @@ static void pi_enable_wakeup_handler(str
 
 	lockdep_assert_irqs_disabled();
 
-	raw_spin_lock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
+	raw_spin_lock_nested(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu),
+			     SINGLE_DEPTH_NESTING);
 	list_add_tail(&vmx->pi_wakeup_list,
 		      &per_cpu(wakeup_vcpus_on_cpu, vcpu->cpu));
 	raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
`,
    rcu: `--- a/arch/x86/kvm/vmx/posted_intr.c
+++ b/arch/x86/kvm/vmx/posted_intr.c
@@ -89,7 +89,7 @@ void vmx_vcpu_pi_load(struct kvm_vcpu *v
 	 */
 	if (pi_desc->nv == POSTED_INTR_WAKEUP_VECTOR) {
 		raw_spin_lock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
-		list_del(&vmx->pi_wakeup_list);
+		list_del_rcu(&vmx->pi_wakeup_list);
 		raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
 	}
 
@@ -111,8 +111,8 @@ static void pi_enable_wakeup_handler(str
 	lockdep_assert_irqs_disabled();
 
 	raw_spin_lock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
-	list_add_tail(&vmx->pi_wakeup_list,
-		      &per_cpu(wakeup_vcpus_on_cpu, vcpu->cpu));
+	list_add_tail_rcu(&vmx->pi_wakeup_list,
+			  &per_cpu(wakeup_vcpus_on_cpu, vcpu->cpu));
 	raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
 
 	/*
@@ -134,16 +134,15 @@ void pi_wakeup_handler(void)
 {
 	int cpu = smp_processor_id();
 	struct list_head *wakeup_list = &per_cpu(wakeup_vcpus_on_cpu, cpu);
-	raw_spinlock_t *spinlock = &per_cpu(wakeup_vcpus_on_cpu_lock, cpu);
 	struct vcpu_vmx *vmx;
 
-	raw_spin_lock(spinlock);
-	list_for_each_entry(vmx, wakeup_list, pi_wakeup_list) {
+	rcu_read_lock();
+	list_for_each_entry_rcu(vmx, wakeup_list, pi_wakeup_list) {
 
 		if (pi_test_on(&vmx->pi_desc))
 			kvm_vcpu_wake_up(&vmx->vcpu);
 	}
-	raw_spin_unlock(spinlock);
+	rcu_read_unlock();
 }
 
 void __init pi_init_cpu(int cpu)
`,
    "two-locks": `--- a/arch/x86/kvm/vmx/posted_intr.c
+++ b/arch/x86/kvm/vmx/posted_intr.c
@@ -33,6 +33,8 @@ static DEFINE_PER_CPU(struct list_head,
  * goes on elsewhere leaves it from there.
  */
 static DEFINE_PER_CPU(raw_spinlock_t, wakeup_vcpus_on_cpu_lock);
+/* What sched_out takes; whoever takes both takes this one last. */
+static DEFINE_PER_CPU(raw_spinlock_t, wakeup_vcpus_out_lock);
 
 static inline struct vcpu_vmx *to_vmx(struct kvm_vcpu *vcpu)
 {
@@ -89,7 +91,9 @@ void vmx_vcpu_pi_load(struct kvm_vcpu *v
 	 */
 	if (pi_desc->nv == POSTED_INTR_WAKEUP_VECTOR) {
 		raw_spin_lock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
+		raw_spin_lock(&per_cpu(wakeup_vcpus_out_lock, vcpu->cpu));
 		list_del(&vmx->pi_wakeup_list);
+		raw_spin_unlock(&per_cpu(wakeup_vcpus_out_lock, vcpu->cpu));
 		raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
 	}
 
@@ -110,10 +114,10 @@ static void pi_enable_wakeup_handler(str
 
 	lockdep_assert_irqs_disabled();
 
-	raw_spin_lock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
+	raw_spin_lock(&per_cpu(wakeup_vcpus_out_lock, vcpu->cpu));
 	list_add_tail(&vmx->pi_wakeup_list,
 		      &per_cpu(wakeup_vcpus_on_cpu, vcpu->cpu));
-	raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
+	raw_spin_unlock(&per_cpu(wakeup_vcpus_out_lock, vcpu->cpu));
 
 	/*
 	 * What was posted before the vector changed has set ON and told nobody
@@ -150,4 +154,5 @@ void __init pi_init_cpu(int cpu)
 {
 	INIT_LIST_HEAD(&per_cpu(wakeup_vcpus_on_cpu, cpu));
 	raw_spin_lock_init(&per_cpu(wakeup_vcpus_on_cpu_lock, cpu));
+	raw_spin_lock_init(&per_cpu(wakeup_vcpus_out_lock, cpu));
 }
`,
  },
  mutants: {
    "handler-takes-rq-lock": `--- a/arch/x86/kvm/vmx/posted_intr.c
+++ b/arch/x86/kvm/vmx/posted_intr.c
@@ -142,4 +142,7 @@ void pi_wakeup_handler(void)
 
-		if (pi_test_on(&vmx->pi_desc))
+		if (pi_test_on(&vmx->pi_desc)) {
+			raw_spin_lock(__rq_lockp(this_rq()));
+			raw_spin_unlock(__rq_lockp(this_rq()));
 			kvm_vcpu_wake_up(&vmx->vcpu);
+		}
 	}
`,
    "handler-takes-rq-lock@defer": `--- a/arch/x86/kvm/vmx/posted_intr.c
+++ b/arch/x86/kvm/vmx/posted_intr.c
@@ -163,2 +163,4 @@ void pi_wakeup_handler(void)
 			break;
+		raw_spin_lock(__rq_lockp(this_rq()));
+		raw_spin_unlock(__rq_lockp(this_rq()));
 		kvm_vcpu_wake_up(&vmx->vcpu);
`,
    "handler-takes-rq-lock@lie": `--- a/arch/x86/kvm/vmx/posted_intr.c
+++ b/arch/x86/kvm/vmx/posted_intr.c
@@ -144,2 +144,4 @@ void pi_wakeup_handler(void)
 			spin_release(&spinlock->dep_map, _RET_IP_);
+			raw_spin_lock(__rq_lockp(this_rq()));
+			raw_spin_unlock(__rq_lockp(this_rq()));
 			kvm_vcpu_wake_up(&vmx->vcpu);
`,
    "new-path-irqs-on": `--- a/virt/kvm/kvm_main.c
+++ b/virt/kvm/kvm_main.c
@@ -68,2 +68,6 @@ static void vcpu_run_host_work(struct kv
 {
+	if (nondet_bool()) {
+		raw_spin_lock(this_cpu_ptr(&wakeup_vcpus_on_cpu_lock));
+		raw_spin_unlock(this_cpu_ptr(&wakeup_vcpus_on_cpu_lock));
+	}
 }
`,
    "sched-in-takes-own-rq-lock": `--- a/arch/x86/kvm/vmx/posted_intr.c
+++ b/arch/x86/kvm/vmx/posted_intr.c
@@ -92,2 +92,4 @@ void vmx_vcpu_pi_load(struct kvm_vcpu *v
 		list_del(&vmx->pi_wakeup_list);
+		raw_spin_lock(__rq_lockp(this_rq()));
+		raw_spin_unlock(__rq_lockp(this_rq()));
 		raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
`,
    "sched-in-takes-pi-lock": `--- a/arch/x86/kvm/vmx/posted_intr.c
+++ b/arch/x86/kvm/vmx/posted_intr.c
@@ -92,2 +92,4 @@ void vmx_vcpu_pi_load(struct kvm_vcpu *v
 		list_del(&vmx->pi_wakeup_list);
+		raw_spin_lock(&current->pi_lock);
+		raw_spin_unlock(&current->pi_lock);
 		raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
`,
    "sched-in-takes-previous-rq-lock": `--- a/arch/x86/kvm/vmx/posted_intr.c
+++ b/arch/x86/kvm/vmx/posted_intr.c
@@ -92,2 +92,4 @@ void vmx_vcpu_pi_load(struct kvm_vcpu *v
 		list_del(&vmx->pi_wakeup_list);
+		raw_spin_lock(__rq_lockp(cpu_rq(vcpu->cpu)));
+		raw_spin_unlock(__rq_lockp(cpu_rq(vcpu->cpu)));
 		raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
`,
    "sched-in-wakes-another": `--- a/arch/x86/kvm/vmx/posted_intr.c
+++ b/arch/x86/kvm/vmx/posted_intr.c
@@ -92,2 +92,5 @@ void vmx_vcpu_pi_load(struct kvm_vcpu *v
 		list_del(&vmx->pi_wakeup_list);
+		struct vcpu_vmx *other = nondet_member(struct vcpu_vmx, v, v != vmx);
+		if (other)
+			kvm_vcpu_wake_up(&other->vcpu);
 		raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
`,
    "sched-out-takes-pi-lock": `--- a/arch/x86/kvm/vmx/posted_intr.c
+++ b/arch/x86/kvm/vmx/posted_intr.c
@@ -115,2 +115,4 @@ static void pi_enable_wakeup_handler(str
 		      &per_cpu(wakeup_vcpus_on_cpu, vcpu->cpu));
+	raw_spin_lock(&current->pi_lock);
+	raw_spin_unlock(&current->pi_lock);
 	raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
`,
  },
  changes: {
    "core-scheduling": `--- a/kernel/sched/core.c
+++ b/kernel/sched/core.c
@@ -32,3 +32,8 @@ static DEFINE_PER_CPU(struct rq, runqueu
 #define task_rq(p)	cpu_rq((p)->cpu)
-#define __rq_lockp(rq)	(&(rq)->__lock)
+#define __rq_lockp(rq)	(&core.__lock)
+
+/* The run queue whose lock is that of all others. */
+static struct core {
+	raw_spinlock_t __lock;
+} core;
 
`,
    "irqs-on-irqsave": `--- a/kernel/sched/core.c
+++ b/kernel/sched/core.c
@@ -79,3 +79,2 @@ static void raw_spin_rq_lock_irq(void)
 {
-	local_irq_disable();
 	raw_spin_lock(__rq_lockp(this_rq()));
@@ -86,3 +85,2 @@ static void raw_spin_rq_unlock_irq(void)
 	raw_spin_unlock(__rq_lockp(this_rq()));
-	local_irq_enable();
 }
@@ -189,3 +187,2 @@ static void schedule_idle(void)
 		idle_until(exists_member(struct task_struct, p, task_queued(p, smp_processor_id())));
-		local_irq_disable();
 	}
--- a/arch/x86/kvm/vmx/posted_intr.c
+++ b/arch/x86/kvm/vmx/posted_intr.c
@@ -109,4 +109,5 @@ static void pi_enable_wakeup_handler(str
 	struct vcpu_vmx *vmx = to_vmx(vcpu);
+	unsigned long flags;
 
-	lockdep_assert_irqs_disabled();
+	local_irq_save(flags);
 
@@ -123,2 +124,3 @@ static void pi_enable_wakeup_handler(str
 		__apic_send_IPI_self(POSTED_INTR_WAKEUP_VECTOR);
+	local_irq_restore(flags);
 }
`,
    "irqs-on": `--- a/kernel/sched/core.c
+++ b/kernel/sched/core.c
@@ -79,3 +79,2 @@ static void raw_spin_rq_lock_irq(void)
 {
-	local_irq_disable();
 	raw_spin_lock(__rq_lockp(this_rq()));
@@ -86,3 +85,2 @@ static void raw_spin_rq_unlock_irq(void)
 	raw_spin_unlock(__rq_lockp(this_rq()));
-	local_irq_enable();
 }
@@ -189,3 +187,2 @@ static void schedule_idle(void)
 		idle_until(exists_member(struct task_struct, p, task_queued(p, smp_processor_id())));
-		local_irq_disable();
 	}
`,
    "load-balance": `--- a/kernel/sched/core.c
+++ b/kernel/sched/core.c
@@ -224,2 +224,47 @@ static void schedule_idle(void)
 
+static bool task_can_move(struct task_struct *p, int cpu)
+{
+	return task_queued(p, cpu) && !p->on_cpu;
+}
+
+static bool cpu_can_be_helped(int cpu, int here)
+{
+	return cpu != here && exists_member(struct task_struct, p, task_can_move(p, cpu)) &&
+	       !exists_member(struct task_struct, q, task_queued(q, here));
+}
+
+/*
+ * A CPU whose own queue is empty pulls a task that is queued elsewhere and does
+ * not run, under the locks of the run queues alone.
+ */
+static void sched_balance_newidle(void)
+{
+	struct task_struct *p;
+	int busiest;
+
+	/* In one step: what is seen may be old anyway when the lock is taken. */
+	in_one_step("sched_balance_find_src_rq") {
+		busiest = nondet_member(cpu, any, cpu_can_be_helped(any, smp_processor_id()));
+		local_irq_disable();
+	}
+	if (busiest >= 0) {
+		raw_spin_lock(__rq_lockp(cpu_rq(busiest)));
+		p = nondet_member(struct task_struct, any, task_can_move(any, busiest));
+		if (p) {
+			in_one_step("detach_task") {
+				p->on_rq = false;
+				cpu_rq(busiest)->queue[number_of(p)] = false;
+				p->cpu = smp_processor_id();
+			}
+		}
+		raw_spin_unlock(__rq_lockp(cpu_rq(busiest)));
+		if (p) {
+			raw_spin_lock(__rq_lockp(this_rq()));
+			activate_task(this_rq(), p);
+			raw_spin_unlock(__rq_lockp(this_rq()));
+		}
+	}
+	local_irq_enable();
+}
+
 /* What else happens on an idle CPU: nothing. Returns whether something did. */
@@ -226,3 +271,7 @@
 static bool idle_work(void)
 {
+	if (nondet_anytime()) {
+		sched_balance_newidle();
+		return true;
+	}
 	return false;
`,
    "no-on-test": `--- a/arch/x86/kvm/vmx/posted_intr.c
+++ b/arch/x86/kvm/vmx/posted_intr.c
@@ -121,4 +121,3 @@ static void pi_enable_wakeup_handler(str
 	 */
-	if (pi_set_nv(pi_desc, POSTED_INTR_WAKEUP_VECTOR))
-		__apic_send_IPI_self(POSTED_INTR_WAKEUP_VECTOR);
+	pi_set_nv(pi_desc, POSTED_INTR_WAKEUP_VECTOR);
 }
`,
    "nv-before-list": `--- a/arch/x86/kvm/vmx/posted_intr.c
+++ b/arch/x86/kvm/vmx/posted_intr.c
@@ -111,4 +111,11 @@ static void pi_enable_wakeup_handler(str
 	lockdep_assert_irqs_disabled();
 
+	/*
+	 * What was posted before the vector changed has set ON and told nobody
+	 * who would wake the vCPU.
+	 */
+	if (pi_set_nv(pi_desc, POSTED_INTR_WAKEUP_VECTOR))
+		__apic_send_IPI_self(POSTED_INTR_WAKEUP_VECTOR);
+
 	raw_spin_lock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
 	list_add_tail(&vmx->pi_wakeup_list,
@@ -116,9 +123,2 @@ static void pi_enable_wakeup_handler(str
 	raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
-
-	/*
-	 * What was posted before the vector changed has set ON and told nobody
-	 * who would wake the vCPU.
-	 */
-	if (pi_set_nv(pi_desc, POSTED_INTR_WAKEUP_VECTOR))
-		__apic_send_IPI_self(POSTED_INTR_WAKEUP_VECTOR);
 }
`,
    "other-wakers": `--- a/arch/x86/kvm/vmx/vmx.c
+++ b/arch/x86/kvm/vmx/vmx.c
@@ -35,2 +35,24 @@ static void __apic_send_IPI_self(int vec
 
+/* The bit of the local timer's vector, of one CPU at a time. */
+static DEFINE_PER_CPU(bool, local_timer_irr);
+static bool local_timer_busy;
+
+/* A timer that wakes any vCPU, on any CPU and at any moment. */
+static void local_timer_fires(void)
+{
+	in_one_step("timer fires") {
+		wait_until(!local_timer_busy);
+		per_cpu(local_timer_irr, nondet_member(cpu, any, true)) = true;
+		local_timer_busy = true;
+	}
+}
+
+static void apic_timer_fn(void)
+{
+	struct kvm_vcpu *vcpu = nondet_member(struct kvm_vcpu, any, true);
+
+	kvm_vcpu_wake_up(vcpu);
+	local_timer_busy = false;
+}
+
 /* The IOMMU: the descriptor and the notification at once, at any moment or never again. */
`,
    preemptible: `--- a/kernel/sched/core.c
+++ b/kernel/sched/core.c
@@ -173,2 +173,14 @@ static void __schedule(bool preempt)
 
+static void preempt_schedule(void)
+{
+	__schedule(true);
+}
+
+/* Whether another task waits for this CPU. */
+static bool need_resched(void)
+{
+	return exists_member(struct task_struct, p,
+			     p != current && task_queued(p, smp_processor_id()));
+}
+
 static void schedule(void)
--- a/virt/kvm/kvm_main.c
+++ b/virt/kvm/kvm_main.c
@@ -57,2 +57,4 @@ static void kvm_vcpu_block(struct kvm_vc
 		set_current_state(TASK_INTERRUPTIBLE);
+		if (need_resched() && nondet_bool())
+			preempt_schedule();
 		if (kvm_vcpu_check_block(vcpu))
@@ -68,2 +70,4 @@ static void vcpu_run_host_work(struct kv
 {
+	if (need_resched() && nondet_bool())
+		preempt_schedule();
 }
`,
    "remote-cpu": `--- a/arch/x86/kvm/vmx/posted_intr.c
+++ b/arch/x86/kvm/vmx/posted_intr.c
@@ -71,4 +71,22 @@ static bool pi_set_nv(struct pi_desc *pi
 }
 
+/* Any other CPU, if there is one. */
+static int pi_pick_remote_cpu(void)
+{
+	return nondet_member(cpu, any, any != smp_processor_id() || num_online_cpus() == 1);
+}
+
+static bool pi_set_nv_and_ndst(struct pi_desc *pi_desc, int ndst)
+{
+	bool on;
+
+	in_one_step("pi_set_nv(nv), NDST") {
+		on = pi_desc->on;
+		pi_desc->nv = POSTED_INTR_WAKEUP_VECTOR;
+		pi_desc->ndst = ndst;
+	}
+	return on;
+}
+
 void vmx_vcpu_pi_load(struct kvm_vcpu *vcpu, int cpu)
 {
@@ -109,4 +127,6 @@ static void pi_enable_wakeup_handler(str
 	struct vcpu_vmx *vmx = to_vmx(vcpu);
 
+	vcpu->cpu = pi_pick_remote_cpu();
+
 	lockdep_assert_irqs_disabled();
 
@@ -120,6 +140,6 @@ static void pi_enable_wakeup_handler(str
 	 * who would wake the vCPU.
 	 */
-	if (pi_set_nv(pi_desc, POSTED_INTR_WAKEUP_VECTOR))
-		__apic_send_IPI_self(POSTED_INTR_WAKEUP_VECTOR);
+	if (pi_set_nv_and_ndst(pi_desc, vcpu->cpu))
+		__apic_send_IPI(vcpu->cpu, POSTED_INTR_WAKEUP_VECTOR);
 }
 
--- a/arch/x86/kvm/vmx/vmx.c
+++ b/arch/x86/kvm/vmx/vmx.c
@@ -29,4 +29,9 @@ static bool vmx_sync_pir_to_irr(struct k
 static DEFINE_PER_CPU(bool, wakeup_vector_irr);
 
+static void __apic_send_IPI(int cpu, int vector)
+{
+	per_cpu(wakeup_vector_irr, cpu) = true;
+}
+
 static void __apic_send_IPI_self(int vector)
 {
`,
    "sched-in-trylock": `--- a/arch/x86/kvm/vmx/posted_intr.c
+++ b/arch/x86/kvm/vmx/posted_intr.c
@@ -90,5 +90,6 @@ void vmx_vcpu_pi_load(struct kvm_vcpu *v
 	if (pi_desc->nv == POSTED_INTR_WAKEUP_VECTOR) {
-		raw_spin_lock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
-		list_del(&vmx->pi_wakeup_list);
-		raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
+		if (raw_spin_trylock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu))) {
+			list_del(&vmx->pi_wakeup_list);
+			raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
+		}
 	}
`,
    "sched-in-trylock@final": `--- a/arch/x86/kvm/vmx/posted_intr.c
+++ b/arch/x86/kvm/vmx/posted_intr.c
@@ -98,7 +98,8 @@ void vmx_vcpu_pi_load(struct kvm_vcpu *v
 		 */
-		raw_spin_lock(spinlock);
-		spin_acquire(&spinlock->dep_map, PI_LOCK_SCHED_OUT, 0, _RET_IP_);
-		list_del(&vmx->pi_wakeup_list);
-		spin_release(&spinlock->dep_map, _RET_IP_);
-		raw_spin_unlock(spinlock);
+		if (raw_spin_trylock(spinlock)) {
+			spin_acquire(&spinlock->dep_map, PI_LOCK_SCHED_OUT, 0, _RET_IP_);
+			list_del(&vmx->pi_wakeup_list);
+			spin_release(&spinlock->dep_map, _RET_IP_);
+			raw_spin_unlock(spinlock);
+		}
 	}
`,
    "sched-in-trylock@in1": `--- a/arch/x86/kvm/vmx/posted_intr.c
+++ b/arch/x86/kvm/vmx/posted_intr.c
@@ -90,6 +90,6 @@ void vmx_vcpu_pi_load(struct kvm_vcpu *v
 	if (pi_desc->nv == POSTED_INTR_WAKEUP_VECTOR) {
-		raw_spin_lock_nested(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu),
-				     SINGLE_DEPTH_NESTING);
-		list_del(&vmx->pi_wakeup_list);
-		raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
+		if (raw_spin_trylock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu))) {
+			list_del(&vmx->pi_wakeup_list);
+			raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
+		}
 	}
`,
    "sched-in-trylock@rcu": `--- a/arch/x86/kvm/vmx/posted_intr.c
+++ b/arch/x86/kvm/vmx/posted_intr.c
@@ -90,5 +90,6 @@ void vmx_vcpu_pi_load(struct kvm_vcpu *v
 	if (pi_desc->nv == POSTED_INTR_WAKEUP_VECTOR) {
-		raw_spin_lock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
-		list_del_rcu(&vmx->pi_wakeup_list);
-		raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
+		if (raw_spin_trylock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu))) {
+			list_del_rcu(&vmx->pi_wakeup_list);
+			raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
+		}
 	}
`,
    "sched-in-trylock@two-locks": `--- a/arch/x86/kvm/vmx/posted_intr.c
+++ b/arch/x86/kvm/vmx/posted_intr.c
@@ -92,7 +92,8 @@ void vmx_vcpu_pi_load(struct kvm_vcpu *v
 	if (pi_desc->nv == POSTED_INTR_WAKEUP_VECTOR) {
-		raw_spin_lock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
-		raw_spin_lock(&per_cpu(wakeup_vcpus_out_lock, vcpu->cpu));
-		list_del(&vmx->pi_wakeup_list);
-		raw_spin_unlock(&per_cpu(wakeup_vcpus_out_lock, vcpu->cpu));
-		raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
+		if (raw_spin_trylock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu))) {
+			raw_spin_lock(&per_cpu(wakeup_vcpus_out_lock, vcpu->cpu));
+			list_del(&vmx->pi_wakeup_list);
+			raw_spin_unlock(&per_cpu(wakeup_vcpus_out_lock, vcpu->cpu));
+			raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
+		}
 	}
`,
    "sched-in-under-rq": `--- a/kernel/sched/core.c
+++ b/kernel/sched/core.c
@@ -140,4 +140,5 @@ static void finish_task_switch(void)
 	finish_task();
-	finish_lock_switch();
+	spin_acquire(&__rq_lockp(this_rq())->dep_map, 0, 0, _RET_IP_);
 	fire_sched_in_preempt_notifiers(current);
+	raw_spin_rq_unlock_irq();
 }
`,
    "sched-in-unlocked": `--- a/arch/x86/kvm/vmx/posted_intr.c
+++ b/arch/x86/kvm/vmx/posted_intr.c
@@ -90,5 +90,3 @@ void vmx_vcpu_pi_load(struct kvm_vcpu *v
 	if (pi_desc->nv == POSTED_INTR_WAKEUP_VECTOR) {
-		raw_spin_lock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
 		list_del(&vmx->pi_wakeup_list);
-		raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
 	}
`,
    "sched-in-unlocked@final": `--- a/arch/x86/kvm/vmx/posted_intr.c
+++ b/arch/x86/kvm/vmx/posted_intr.c
@@ -92,4 +92,2 @@ void vmx_vcpu_pi_load(struct kvm_vcpu *v
 	if (pi_desc->nv == POSTED_INTR_WAKEUP_VECTOR) {
-		raw_spinlock_t *spinlock = &per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu);
-
 		/*
@@ -98,7 +96,3 @@ void vmx_vcpu_pi_load(struct kvm_vcpu *v
 		 */
-		raw_spin_lock(spinlock);
-		spin_acquire(&spinlock->dep_map, PI_LOCK_SCHED_OUT, 0, _RET_IP_);
 		list_del(&vmx->pi_wakeup_list);
-		spin_release(&spinlock->dep_map, _RET_IP_);
-		raw_spin_unlock(spinlock);
 	}
`,
    "sched-in-unlocked@in1": `--- a/arch/x86/kvm/vmx/posted_intr.c
+++ b/arch/x86/kvm/vmx/posted_intr.c
@@ -90,6 +90,3 @@ void vmx_vcpu_pi_load(struct kvm_vcpu *v
 	if (pi_desc->nv == POSTED_INTR_WAKEUP_VECTOR) {
-		raw_spin_lock_nested(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu),
-				     SINGLE_DEPTH_NESTING);
 		list_del(&vmx->pi_wakeup_list);
-		raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
 	}
`,
    "sched-in-unlocked@rcu": `--- a/arch/x86/kvm/vmx/posted_intr.c
+++ b/arch/x86/kvm/vmx/posted_intr.c
@@ -90,5 +90,3 @@ void vmx_vcpu_pi_load(struct kvm_vcpu *v
 	if (pi_desc->nv == POSTED_INTR_WAKEUP_VECTOR) {
-		raw_spin_lock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
 		list_del_rcu(&vmx->pi_wakeup_list);
-		raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
 	}
`,
    "sched-in-unlocked@two-locks": `--- a/arch/x86/kvm/vmx/posted_intr.c
+++ b/arch/x86/kvm/vmx/posted_intr.c
@@ -92,7 +92,3 @@ void vmx_vcpu_pi_load(struct kvm_vcpu *v
 	if (pi_desc->nv == POSTED_INTR_WAKEUP_VECTOR) {
-		raw_spin_lock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
-		raw_spin_lock(&per_cpu(wakeup_vcpus_out_lock, vcpu->cpu));
 		list_del(&vmx->pi_wakeup_list);
-		raw_spin_unlock(&per_cpu(wakeup_vcpus_out_lock, vcpu->cpu));
-		raw_spin_unlock(&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu));
 	}
`,
    "set-affinity": `--- a/kernel/sched/core.c
+++ b/kernel/sched/core.c
@@ -224,2 +224,20 @@ static void schedule_idle(void)
 
+/*
+ * __set_cpus_allowed_ptr() > task_rq_lock(): the CPU of the task is read under
+ * its pi_lock, and then that CPU's run queue is waited for.
+ */
+static void set_cpus_allowed(void)
+{
+	struct task_struct *p = nondet_member(struct task_struct, any, true);
+	struct rq *rq;
+
+	local_irq_disable();
+	raw_spin_lock(&p->pi_lock);
+	rq = task_rq(p);
+	raw_spin_lock(__rq_lockp(rq));
+	raw_spin_unlock(__rq_lockp(rq));
+	raw_spin_unlock(&p->pi_lock);
+	local_irq_enable();
+}
+
 /* What else happens on an idle CPU: nothing. Returns whether something did. */
@@ -226,3 +244,7 @@
 static bool idle_work(void)
 {
+	if (nondet_anytime()) {
+		set_cpus_allowed();
+		return true;
+	}
 	return false;
`,
    "stale-cpu": `--- a/virt/kvm/kvm_main.c
+++ b/virt/kvm/kvm_main.c
@@ -28,3 +28,2 @@ static void kvm_arch_vcpu_load(struct kv
 	vmx_vcpu_load(vcpu, cpu);
-	vcpu->cpu = cpu;
 }
`,
    "vcpu-exit": `--- a/virt/kvm/kvm_main.c
+++ b/virt/kvm/kvm_main.c
@@ -65,2 +65,10 @@ static void kvm_vcpu_block(struct kvm_vc
 
+/* The task ends and its vCPU is freed at once, without a grace period. */
+static void do_exit(struct kvm_vcpu *vcpu)
+{
+	KASAN_BUG_ON(list_entry_in_use(&to_vmx(vcpu)->pi_wakeup_list));
+	current->__state = TASK_DEAD;
+	schedule();
+}
+
 /* What the host has to do between two runs of the guest: nothing. */
@@ -68,2 +76,4 @@ static void vcpu_run_host_work(struct kv
 {
+	if (nondet_bool())
+		do_exit(vcpu);
 }
`,
    "vcpu-exit@defer": `--- a/virt/kvm/kvm_main.c
+++ b/virt/kvm/kvm_main.c
@@ -65,2 +65,11 @@ static void kvm_vcpu_block(struct kvm_vc
 
+/* The task ends and its vCPU is freed at once, without a grace period. */
+static void do_exit(struct kvm_vcpu *vcpu)
+{
+	KASAN_BUG_ON(list_entry_in_use(&to_vmx(vcpu)->pi_wakeup_list));
+	KASAN_BUG_ON(exists_member(cpu, any, pi_is_collected(to_vmx(vcpu), any)));
+	current->__state = TASK_DEAD;
+	schedule();
+}
+
 /* What the host has to do between two runs of the guest: nothing. */
@@ -68,2 +77,4 @@ static void vcpu_run_host_work(struct kv
 {
+	if (nondet_bool())
+		do_exit(vcpu);
 }
`,
    "wake-after-unlock": `--- a/arch/x86/kvm/vmx/posted_intr.c
+++ b/arch/x86/kvm/vmx/posted_intr.c
@@ -131,2 +131,13 @@ void vmx_vcpu_pi_put(struct kvm_vcpu *vc
 
+/* Whom the handler of a CPU has found on its list and still has to wake. */
+struct pi_collected {
+	bool vcpus[NR_VCPUS];
+};
+static DEFINE_PER_CPU(struct pi_collected, wakeup_collected);
+
+static bool pi_is_collected(struct vcpu_vmx *vmx, int cpu)
+{
+	return per_cpu(wakeup_collected, cpu).vcpus[number_of(vmx)];
+}
+
 /* Handler for POSTED_INTR_WAKEUP_VECTOR. */
@@ -137,2 +148,3 @@ void pi_wakeup_handler(void)
 	raw_spinlock_t *spinlock = &per_cpu(wakeup_vcpus_on_cpu_lock, cpu);
+	struct pi_collected *collected = &per_cpu(wakeup_collected, cpu);
 	struct vcpu_vmx *vmx;
@@ -143,5 +155,13 @@ void pi_wakeup_handler(void)
 		if (pi_test_on(&vmx->pi_desc))
-			kvm_vcpu_wake_up(&vmx->vcpu);
+			collected->vcpus[number_of(vmx)] = true;
 	}
 	raw_spin_unlock(spinlock);
+
+	for (;;) {
+		vmx = nondet_member(struct vcpu_vmx, v, pi_is_collected(v, cpu));
+		if (!vmx)
+			break;
+		kvm_vcpu_wake_up(&vmx->vcpu);
+		collected->vcpus[number_of(vmx)] = false;
+	}
 }
`,
    "wake-after-unlock@defer": ``,
    "wake-after-unlock@lie": `--- a/arch/x86/kvm/vmx/posted_intr.c
+++ b/arch/x86/kvm/vmx/posted_intr.c
@@ -131,2 +131,13 @@ void vmx_vcpu_pi_put(struct kvm_vcpu *vc
 
+/* Whom the handler of a CPU has found on its list and still has to wake. */
+struct pi_collected {
+	bool vcpus[NR_VCPUS];
+};
+static DEFINE_PER_CPU(struct pi_collected, wakeup_collected);
+
+static bool pi_is_collected(struct vcpu_vmx *vmx, int cpu)
+{
+	return per_cpu(wakeup_collected, cpu).vcpus[number_of(vmx)];
+}
+
 /* Handler for POSTED_INTR_WAKEUP_VECTOR. */
@@ -137,2 +148,3 @@ void pi_wakeup_handler(void)
 	raw_spinlock_t *spinlock = &per_cpu(wakeup_vcpus_on_cpu_lock, cpu);
+	struct pi_collected *collected = &per_cpu(wakeup_collected, cpu);
 	struct vcpu_vmx *vmx;
@@ -142,9 +154,16 @@ void pi_wakeup_handler(void)
 
-		if (pi_test_on(&vmx->pi_desc)) {
-			spin_release(&spinlock->dep_map, _RET_IP_);
-			kvm_vcpu_wake_up(&vmx->vcpu);
-			spin_acquire(&spinlock->dep_map, 0, 0, _RET_IP_);
-		}
+		if (pi_test_on(&vmx->pi_desc))
+			collected->vcpus[number_of(vmx)] = true;
 	}
 	raw_spin_unlock(spinlock);
+
+	for (;;) {
+		vmx = nondet_member(struct vcpu_vmx, v, pi_is_collected(v, cpu));
+		if (!vmx)
+			break;
+		spin_release(&spinlock->dep_map, _RET_IP_);
+		kvm_vcpu_wake_up(&vmx->vcpu);
+		spin_acquire(&spinlock->dep_map, 0, 0, _RET_IP_);
+		collected->vcpus[number_of(vmx)] = false;
+	}
 }
`,
    "wake-after-unlock@rcu": `--- a/arch/x86/kvm/vmx/posted_intr.c
+++ b/arch/x86/kvm/vmx/posted_intr.c
@@ -131,2 +131,13 @@ void vmx_vcpu_pi_put(struct kvm_vcpu *vc
 
+/* Whom the handler of a CPU has found on its list and still has to wake. */
+struct pi_collected {
+	bool vcpus[NR_VCPUS];
+};
+static DEFINE_PER_CPU(struct pi_collected, wakeup_collected);
+
+static bool pi_is_collected(struct vcpu_vmx *vmx, int cpu)
+{
+	return per_cpu(wakeup_collected, cpu).vcpus[number_of(vmx)];
+}
+
 /* Handler for POSTED_INTR_WAKEUP_VECTOR. */
@@ -136,11 +147,18 @@ void pi_wakeup_handler(void)
 	struct list_head *wakeup_list = &per_cpu(wakeup_vcpus_on_cpu, cpu);
+	struct pi_collected *collected = &per_cpu(wakeup_collected, cpu);
 	struct vcpu_vmx *vmx;
 
-	rcu_read_lock();
-	list_for_each_entry_rcu(vmx, wakeup_list, pi_wakeup_list) {
+	list_for_each_entry(vmx, wakeup_list, pi_wakeup_list) {
 
 		if (pi_test_on(&vmx->pi_desc))
-			kvm_vcpu_wake_up(&vmx->vcpu);
+			collected->vcpus[number_of(vmx)] = true;
+	}
+
+	for (;;) {
+		vmx = nondet_member(struct vcpu_vmx, v, pi_is_collected(v, cpu));
+		if (!vmx)
+			break;
+		kvm_vcpu_wake_up(&vmx->vcpu);
+		collected->vcpus[number_of(vmx)] = false;
 	}
-	rcu_read_unlock();
 }
`,
  },
};

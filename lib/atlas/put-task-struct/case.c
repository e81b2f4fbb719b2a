/*
 * The last reference to a task is dropped: by the scheduler under a run queue's raw lock, and
 * by a task that is about to wait for an rt_mutex.
 *
 * lab: cpus 3
 * lab: thread push_rt_task on 0
 * lab: thread rt_mutex_adjust_prio_chain on 1
 * lab: thread scx_enable on 2
 */
#define PREEMPT_RT 0

struct task_struct {
	struct rcu_head rcu;
	struct work_struct rcuc; /* PREEMPT_RT runs callbacks in a thread */
};

static struct task_struct moved;
static struct task_struct owner;

static DEFINE_RAW_SPINLOCK(rq_lock);
static DEFINE_SPINLOCK(scx_tasks_lock);
static bool scx_tasks_locked; /* what PREEMPT_RT has instead: a lock that sleeps */

static void rt_scx_tasks(bool pi_blocked_on)
{
	spin_acquire(&scx_tasks_lock.dep_map, 0, 0, _RET_IP_);
	BUG_ON(pi_blocked_on); /* rtlock_lock(): nobody waits for two locks at once */
	if (xchg(&scx_tasks_locked, true)) {
		BUG_ON(!preemptible());
		while (xchg(&scx_tasks_locked, true))
			cpu_relax();
	}
	WRITE_ONCE(scx_tasks_locked, false);
	spin_release(&scx_tasks_lock.dep_map, _RET_IP_);
}

static void scx_tasks(bool pi_blocked_on)
{
	unsigned long flags;

	if (PREEMPT_RT) {
		rt_scx_tasks(pi_blocked_on);
	} else {
		spin_lock_irqsave(&scx_tasks_lock, flags);
		spin_unlock_irqrestore(&scx_tasks_lock, flags);
	}
}

/* sched_ext_free() and what else is cleaned up. */
static void __put_task_struct(bool pi_blocked_on)
{
	scx_tasks(pi_blocked_on);
}

static void __put_task_struct_rcu_cb(struct rcu_head *rcu)
{
	__put_task_struct(false);
}

static void rcuc_kthread(struct work_struct *work)
{
	__put_task_struct(false);
}

static void put_task_later(struct task_struct *t)
{
	if (PREEMPT_RT)
		schedule_work(&t->rcuc);
	else
		call_rcu(&t->rcu, __put_task_struct_rcu_cb);
}

static void put_task_struct(struct task_struct *t, bool pi_blocked_on)
{
	if (PREEMPT_RT && !preemptible())
		put_task_later(t);
	else
		__put_task_struct(pi_blocked_on);
}

/* The scheduler has moved a task elsewhere, and lets go of it. */
static void push_rt_task(void)
{
	INIT_WORK(&moved.rcuc, rcuc_kthread);
	raw_spin_lock(&rq_lock);
	put_task_struct(&moved, false);
	raw_spin_unlock(&rq_lock);
}

/* current->pi_blocked_on is set; the owner of the lock that it waits for has ended. */
static void rt_mutex_adjust_prio_chain(void)
{
	INIT_WORK(&owner.rcuc, rcuc_kthread);
	put_task_struct(&owner, true);
}

static void scx_enable(void)
{
	scx_tasks(false);
}

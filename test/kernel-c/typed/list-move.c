/* lab: thread prod on 0 */
/* lab: thread cons on 1 */
struct job { struct list_head entry; int done; /* 0..1 */ };
static LIST_HEAD(todo);
static LIST_HEAD(finished);
static DEFINE_SPINLOCK(jl);
static struct job j1;
static void prod(void)
{
	unsigned long flags;

	spin_lock_irqsave(&jl, flags);
	list_add_tail(&j1.entry, &todo);
	spin_unlock_irqrestore(&jl, flags);
}
static void cons(void)
{
	struct job *j;

	spin_lock_irq(&jl);
	j = list_first_entry_or_null(&todo, struct job, entry);
	if (j) {
		list_move_tail(&j->entry, &finished);
		j->done = 1;
	}
	spin_unlock_irq(&jl);
}

import type { SourceFile } from "../parse/source.js";

/** A queue of packets has a lock of its own, which its calls take with interrupts off: net/core/skbuff.c. */
export const skbuff: SourceFile = {
  file: "include/linux/skbuff.h",
  text: String.raw`struct sk_buff {
	struct list_head list;
};

struct sk_buff_head {
	struct list_head list;
	spinlock_t lock;
};

static void skb_queue_head_init(struct sk_buff_head *list)
{
	spin_lock_init(&list->lock);
	INIT_LIST_HEAD(&list->list);
}

static bool skb_queue_empty(struct sk_buff_head *list)
{
	return list_empty(&list->list);
}

static bool skb_queue_empty_lockless(struct sk_buff_head *list)
{
	return list_empty(&list->list);
}

static void __skb_queue_tail(struct sk_buff_head *list, struct sk_buff *newsk)
{
	list_add_tail(&newsk->list, &list->list);
}

static void __skb_queue_head(struct sk_buff_head *list, struct sk_buff *newsk)
{
	list_add(&newsk->list, &list->list);
}

static void __skb_unlink(struct sk_buff *skb, struct sk_buff_head *list)
{
	list_del_init(&skb->list);
}

static struct sk_buff *skb_peek(struct sk_buff_head *list)
{
	return list_first_entry_or_null(&list->list, struct sk_buff, list);
}

static struct sk_buff *__skb_dequeue(struct sk_buff_head *list)
{
	struct sk_buff *skb = list_first_entry_or_null(&list->list, struct sk_buff, list);

	if (skb)
		list_del_init(&skb->list);
	return skb;
}

static void skb_queue_tail(struct sk_buff_head *list, struct sk_buff *newsk)
{
	unsigned long flags;

	spin_lock_irqsave(&list->lock, flags);
	list_add_tail(&newsk->list, &list->list);
	spin_unlock_irqrestore(&list->lock, flags);
}

static void skb_queue_head(struct sk_buff_head *list, struct sk_buff *newsk)
{
	unsigned long flags;

	spin_lock_irqsave(&list->lock, flags);
	list_add(&newsk->list, &list->list);
	spin_unlock_irqrestore(&list->lock, flags);
}

static void skb_unlink(struct sk_buff *skb, struct sk_buff_head *list)
{
	unsigned long flags;

	spin_lock_irqsave(&list->lock, flags);
	list_del_init(&skb->list);
	spin_unlock_irqrestore(&list->lock, flags);
}

static struct sk_buff *skb_dequeue(struct sk_buff_head *list)
{
	struct sk_buff *skb;
	unsigned long flags;

	spin_lock_irqsave(&list->lock, flags);
	skb = list_first_entry_or_null(&list->list, struct sk_buff, list);
	if (skb)
		list_del_init(&skb->list);
	spin_unlock_irqrestore(&list->lock, flags);
	return skb;
}
`,
};

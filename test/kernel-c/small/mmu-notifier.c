/* lab: thread allocate
 * lab: thread unmap
 */
struct gpu {
	struct mutex lock;
	struct mmu_notifier notifier;
};

static int gpu_invalidate(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct gpu *gpu = container_of(mn, struct gpu, notifier);

	mutex_lock(&gpu->lock);
	mutex_unlock(&gpu->lock);
	return 0;
}

static const struct mmu_notifier_ops gpu_ops = {
	.invalidate_range_start = gpu_invalidate,
};

static struct gpu gpu = { .notifier = { .ops = &gpu_ops } };

static int gpu_init(void)
{
	return mmu_notifier_register(&gpu.notifier, current->mm);
}

static void allocate(void)
{
	mutex_lock(&gpu.lock);
	fs_reclaim_acquire(GFP_KERNEL);
	fs_reclaim_release(GFP_KERNEL);
	mutex_unlock(&gpu.lock);
}

static void unmap(void)
{
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, MMU_NOTIFY_UNMAP, 0, current->mm, 0, 1);
	mmu_notifier_invalidate_range_start(&range);
	mmu_notifier_invalidate_range_end(&range);
}

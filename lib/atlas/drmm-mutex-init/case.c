/*
 * Two mutexes of a graphics driver, both made by drmm_mutex_init().
 *
 * lab: cpus 2
 * lab: thread xe_device_probe on 0
 * lab: thread xe_bo_evict on 1 forever
 */
struct drm_device {
	struct mutex vm_lock;
	struct mutex bo_lock;
};

static struct drm_device drm;

/* drivers/gpu/drm/drm_managed.c: a function, so mutex_init()'s key is one for all callers. */
static int drmm_mutex_init(struct mutex *lock)
{
	mutex_init(lock);
	return 0;
}

static void xe_vm_bind(void)
{
	mutex_lock(&drm.vm_lock);
	mutex_lock(&drm.bo_lock);
	mutex_unlock(&drm.bo_lock);
	mutex_unlock(&drm.vm_lock);
}

static void xe_bo_evict(void)
{
	mutex_lock(&drm.bo_lock);
	mutex_unlock(&drm.bo_lock);
}

static void xe_device_probe(void)
{
	drmm_mutex_init(&drm.vm_lock);
	drmm_mutex_init(&drm.bo_lock);

	xe_vm_bind();
}

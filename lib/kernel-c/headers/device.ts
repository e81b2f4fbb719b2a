import type { SourceFile } from "../parse/source.js";

export const device: SourceFile = {
  file: "include/linux/device.h",
  text: String.raw`struct device {
	struct mutex mutex;
};

static void device_lock(struct device *dev)
{
	mutex_lock(&dev->mutex);
}

static int device_lock_interruptible(struct device *dev)
{
	return mutex_lock_interruptible(&dev->mutex);
}

static int device_trylock(struct device *dev)
{
	return mutex_trylock(&dev->mutex);
}

static void device_unlock(struct device *dev)
{
	mutex_unlock(&dev->mutex);
}

static void device_lock_assert(struct device *dev)
{
	lockdep_assert_held(&dev->mutex);
}
`,
};

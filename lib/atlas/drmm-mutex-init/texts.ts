/** Made from case.c and the patches beside it by lib/setup/texts.mjs. */
import type { CaseTexts } from "../atlas-case.js";

export const texts: CaseTexts = {
  code: `/*
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
`,
  fixes: {
    macro: `--- a/case.c
+++ b/case.c
@@ -12,12 +12,8 @@
 
 static struct drm_device drm;
 
-/* drivers/gpu/drm/drm_managed.c: a function, so mutex_init()'s key is one for all callers. */
-static int drmm_mutex_init(struct mutex *lock)
-{
-	mutex_init(lock);
-	return 0;
-}
+/* include/drm/drm_managed.h: a macro, so that each caller has a key. */
+#define drmm_mutex_init(lock) ({ mutex_init(lock); 0; })
 
 static void xe_vm_bind(void)
 {
`,
    subclass: `--- a/case.c
+++ b/case.c
@@ -22,7 +22,7 @@
 static void xe_vm_bind(void)
 {
 	mutex_lock(&drm.vm_lock);
-	mutex_lock(&drm.bo_lock);
+	mutex_lock_nested(&drm.bo_lock, SINGLE_DEPTH_NESTING);
 	mutex_unlock(&drm.bo_lock);
 	mutex_unlock(&drm.vm_lock);
 }
`,
  },
  mutants: {
    "other-order-nested": `--- a/case.c
+++ b/case.c
@@ -30,6 +30,8 @@
 static void xe_bo_evict(void)
 {
 	mutex_lock(&drm.bo_lock);
+	mutex_lock_nested(&drm.vm_lock, SINGLE_DEPTH_NESTING);
+	mutex_unlock(&drm.vm_lock);
 	mutex_unlock(&drm.bo_lock);
 }
 
`,
    "other-order": `--- a/case.c
+++ b/case.c
@@ -30,6 +30,8 @@
 static void xe_bo_evict(void)
 {
 	mutex_lock(&drm.bo_lock);
+	mutex_lock(&drm.vm_lock);
+	mutex_unlock(&drm.vm_lock);
 	mutex_unlock(&drm.bo_lock);
 }
 
`,
  },
  premises: {},
};

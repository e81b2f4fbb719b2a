/** Made from case.c and the patches beside it by lib/setup/texts.mjs. */
import type { CaseTexts } from "../atlas-case.js";

export const texts: CaseTexts = {
  code: `/*
 * A transaction of reservations: mutexes of one class, taken in any order within a context.
 *
 * lab: cpus 2
 * lab: kernel 6.13
 * lab: thread vm_bind on 0
 * lab: thread bo_move on 1
 */
static DEFINE_WW_CLASS(reservation_ww_class);
static struct ww_mutex bo_a;
static struct ww_mutex bo_b;
static DEFINE_MUTEX(vm_lock);

static void dma_resv_init(void)
{
	ww_mutex_init(&bo_a, &reservation_ww_class);
	ww_mutex_init(&bo_b, &reservation_ww_class);
}

/* A buffer is found under the VM's lock. */
static void vm_lookup(void)
{
	mutex_lock(&vm_lock);
	mutex_unlock(&vm_lock);
}

static void bo_validate(struct ww_acquire_ctx *ctx)
{
	if (ww_mutex_lock(&bo_a, ctx))
		return;
	ww_mutex_unlock(&bo_a);
}

static void vm_bind(void)
{
	struct ww_acquire_ctx ctx;

	ww_acquire_init(&ctx, &reservation_ww_class);
	vm_lookup();
	bo_validate(&ctx);
	ww_acquire_fini(&ctx);
}

/* One reservation alone needs no transaction. */
static void bo_move(void)
{
	mutex_lock(&vm_lock);
	ww_mutex_lock(&bo_b, NULL);
	ww_mutex_unlock(&bo_b);
	mutex_unlock(&vm_lock);
}
`,
  fixes: {
    "before-6.13": `--- a/case.c
+++ b/case.c
@@ -2,7 +2,7 @@
  * A transaction of reservations: mutexes of one class, taken in any order within a context.
  *
  * lab: cpus 2
- * lab: kernel 6.13
+ * lab: kernel 6.12
  * lab: thread vm_bind on 0
  * lab: thread bo_move on 1
  */
`,
    "look-up-first": `--- a/case.c
+++ b/case.c
@@ -35,8 +35,8 @@
 {
 	struct ww_acquire_ctx ctx;
 
-	ww_acquire_init(&ctx, &reservation_ww_class);
 	vm_lookup();
+	ww_acquire_init(&ctx, &reservation_ww_class);
 	bo_validate(&ctx);
 	ww_acquire_fini(&ctx);
 }
`,
  },
  mutants: {
    "freed-first": `--- a/case.c
+++ b/case.c
@@ -28,7 +28,14 @@
 {
 	if (ww_mutex_lock(&bo_a, ctx))
 		return;
+	if (ww_mutex_lock(&bo_b, ctx)) {
+		ww_mutex_unlock(&bo_a);
+		return;
+	}
+	/* The first is dropped and freed, and the other is held. */
 	ww_mutex_unlock(&bo_a);
+	debug_check_no_locks_freed(&bo_a, 1);
+	ww_mutex_unlock(&bo_b);
 }
 
 static void vm_bind(void)
`,
    "one-outside": `--- a/case.c
+++ b/case.c
@@ -28,6 +28,8 @@
 {
 	if (ww_mutex_lock(&bo_a, ctx))
 		return;
+	ww_mutex_lock(&bo_b, NULL); /* not in the transaction */
+	ww_mutex_unlock(&bo_b);
 	ww_mutex_unlock(&bo_a);
 }
 
@@ -45,7 +47,10 @@
 static void bo_move(void)
 {
 	mutex_lock(&vm_lock);
+	mutex_unlock(&vm_lock);
+
 	ww_mutex_lock(&bo_b, NULL);
+	ww_mutex_lock(&bo_a, NULL);
+	ww_mutex_unlock(&bo_a);
 	ww_mutex_unlock(&bo_b);
-	mutex_unlock(&vm_lock);
 }
`,
  },
  premises: {
    "nothing-held": `--- a/case.c
+++ b/case.c
@@ -26,9 +26,10 @@
 
 static void bo_validate(struct ww_acquire_ctx *ctx)
 {
-	if (ww_mutex_lock(&bo_a, ctx))
+	if (ww_mutex_lock(&bo_b, ctx))
 		return;
-	ww_mutex_unlock(&bo_a);
+	vm_lookup();
+	ww_mutex_unlock(&bo_b);
 }
 
 static void vm_bind(void)
`,
  },
};

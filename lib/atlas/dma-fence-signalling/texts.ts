/** Made from case.c and the patches beside it by lib/setup/texts.mjs. */
import type { CaseTexts } from "../atlas-case.js";

export const texts: CaseTexts = {
  code: `/*
 * A fence says that a job of the GPU has ended. Whoever has to get it signalled must not
 * wait for what somebody who waits for the fence holds: an annotation tells lockdep so.
 *
 * lab: cpus 3
 * lab: thread drm_sched_run_job_work on 0
 * lab: thread drm_sched_job_timedout on 1
 * lab: thread dma_resv_wait on 2
 */
static struct lockdep_map dma_fence_lockdep_map;
static DECLARE_COMPLETION(fence);
static DECLARE_COMPLETION(other); /* another job's fence */
static DEFINE_MUTEX(sched_lock);  /* the upper layer's, shared by all who handle jobs */
static DEFINE_MUTEX(resv_lock);

static void dma_fence_begin_signalling(void)
{
	lock_acquire(&dma_fence_lockdep_map, 0, 0, 1, 1, NULL, _RET_IP_);
}

static void dma_fence_end_signalling(void)
{
	lock_release(&dma_fence_lockdep_map, _RET_IP_);
}

static void dma_fence_might_wait(void)
{
	lock_map_acquire(&dma_fence_lockdep_map);
	lock_map_release(&dma_fence_lockdep_map);
}

static void dma_fence_wait(struct completion *f)
{
	dma_fence_might_wait();
	wait_for_completion(f);
}

/* A job may depend on another's fence; this one does not. */
static void drm_sched_wait_dependency(void)
{
}

/* The driver's callback: writes the job into the ring, and the job ends. */
static void driver_run_job(void)
{
	complete_all(&fence);
}

/* An upper layer that is not annotated: the driver annotates what is its own. */
static void drm_sched_run_job_work(void)
{
	drm_sched_wait_dependency();

	mutex_lock(&sched_lock);
	dma_fence_begin_signalling();
	driver_run_job();
	dma_fence_end_signalling();
	mutex_unlock(&sched_lock);
}

/* An upper layer that is annotated as it should be. */
static void drm_sched_job_timedout(void)
{
	dma_fence_begin_signalling();
	mutex_lock(&sched_lock);
	complete_all(&other);
	mutex_unlock(&sched_lock);
	dma_fence_end_signalling();
}

/* Somebody evicts a buffer: waits for its fence with the reservation held. */
static void dma_resv_wait(void)
{
	mutex_lock(&resv_lock);
	dma_fence_wait(&fence);
	mutex_unlock(&resv_lock);
}
`,
  fixes: {
    "annotate-above": `--- a/case.c
+++ b/case.c
@@ -51,11 +51,11 @@
 {
 	drm_sched_wait_dependency();
 
-	mutex_lock(&sched_lock);
 	dma_fence_begin_signalling();
+	mutex_lock(&sched_lock);
 	driver_run_job();
-	dma_fence_end_signalling();
 	mutex_unlock(&sched_lock);
+	dma_fence_end_signalling();
 }
 
 /* An upper layer that is annotated as it should be. */
`,
    exclusive: `--- a/case.c
+++ b/case.c
@@ -15,7 +15,7 @@
 
 static void dma_fence_begin_signalling(void)
 {
-	lock_acquire(&dma_fence_lockdep_map, 0, 0, 1, 1, NULL, _RET_IP_);
+	lock_acquire(&dma_fence_lockdep_map, 0, 0, 0, 1, NULL, _RET_IP_);
 }
 
 static void dma_fence_end_signalling(void)
`,
    "recursive-trylock": `--- a/case.c
+++ b/case.c
@@ -15,7 +15,7 @@
 
 static void dma_fence_begin_signalling(void)
 {
-	lock_acquire(&dma_fence_lockdep_map, 0, 0, 1, 1, NULL, _RET_IP_);
+	lock_acquire(&dma_fence_lockdep_map, 0, 1, 2, 1, NULL, _RET_IP_);
 }
 
 static void dma_fence_end_signalling(void)
`,
    recursive: `--- a/case.c
+++ b/case.c
@@ -15,7 +15,7 @@
 
 static void dma_fence_begin_signalling(void)
 {
-	lock_acquire(&dma_fence_lockdep_map, 0, 0, 1, 1, NULL, _RET_IP_);
+	lock_acquire(&dma_fence_lockdep_map, 0, 0, 2, 1, NULL, _RET_IP_);
 }
 
 static void dma_fence_end_signalling(void)
`,
    trylock: `--- a/case.c
+++ b/case.c
@@ -15,7 +15,7 @@
 
 static void dma_fence_begin_signalling(void)
 {
-	lock_acquire(&dma_fence_lockdep_map, 0, 0, 1, 1, NULL, _RET_IP_);
+	lock_acquire(&dma_fence_lockdep_map, 0, 1, 1, 1, NULL, _RET_IP_);
 }
 
 static void dma_fence_end_signalling(void)
`,
  },
  mutants: {
    "fences-crossed": `--- a/case.c
+++ b/case.c
@@ -35,9 +35,10 @@
 	wait_for_completion(f);
 }
 
-/* A job may depend on another's fence; this one does not. */
+/* A job may depend on another's fence, and this one does. */
 static void drm_sched_wait_dependency(void)
 {
+	dma_fence_wait(&other);
 }
 
 /* The driver's callback: writes the job into the ring, and the job ends. */
@@ -62,6 +63,10 @@
 static void drm_sched_job_timedout(void)
 {
 	dma_fence_begin_signalling();
+	/* __dma_fence_might_wait() lets go of the section for the wait. */
+	dma_fence_end_signalling();
+	dma_fence_wait(&fence);
+	dma_fence_begin_signalling();
 	mutex_lock(&sched_lock);
 	complete_all(&other);
 	mutex_unlock(&sched_lock);
`,
    forgotten: `--- a/case.c
+++ b/case.c
@@ -61,17 +61,17 @@
 /* An upper layer that is annotated as it should be. */
 static void drm_sched_job_timedout(void)
 {
-	dma_fence_begin_signalling();
 	mutex_lock(&sched_lock);
 	complete_all(&other);
 	mutex_unlock(&sched_lock);
-	dma_fence_end_signalling();
 }
 
 /* Somebody evicts a buffer: waits for its fence with the reservation held. */
 static void dma_resv_wait(void)
 {
 	mutex_lock(&resv_lock);
+	mutex_lock(&sched_lock);
 	dma_fence_wait(&fence);
+	mutex_unlock(&sched_lock);
 	mutex_unlock(&resv_lock);
 }
`,
    "resv-in-section": `--- a/case.c
+++ b/case.c
@@ -43,6 +43,8 @@
 /* The driver's callback: writes the job into the ring, and the job ends. */
 static void driver_run_job(void)
 {
+	mutex_lock(&resv_lock);
+	mutex_unlock(&resv_lock);
 	complete_all(&fence);
 }
 
`,
  },
  premises: {
    "wait-under-lock": `--- a/case.c
+++ b/case.c
@@ -72,6 +72,8 @@
 static void dma_resv_wait(void)
 {
 	mutex_lock(&resv_lock);
+	mutex_lock(&sched_lock);
 	dma_fence_wait(&fence);
+	mutex_unlock(&sched_lock);
 	mutex_unlock(&resv_lock);
 }
`,
  },
};

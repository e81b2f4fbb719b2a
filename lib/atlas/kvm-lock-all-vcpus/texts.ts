/** Made from case.c and the patches beside it by lib/setup/texts.mjs. */
import type { CaseTexts } from "../atlas-case.js";

export const texts: CaseTexts = {
  code: `/*
 * An ioctl of the VM locks all its vCPUs, and one of a vCPU locks that one.
 *
 * lab: cpus 2
 * lab: thread kvm_vm_ioctl on 0 forever
 * lab: thread kvm_vcpu_ioctl on 1 forever
 */
#define NR_VCPUS 48

struct kvm_vcpu {
	struct mutex mutex;
};

static DEFINE_MUTEX(kvm_lock);
static struct kvm_vcpu vcpus[NR_VCPUS];

static void unlock_vcpus(int n)
{
	while (n > 0) {
		n--;
		mutex_unlock(&vcpus[n].mutex);
	}
}

/* arch/arm64: all or none. */
static bool lock_all_vcpus(void)
{
	int i; /* 0..48 */

	for (i = 0; i < NR_VCPUS; i++) {
		if (!mutex_trylock(&vcpus[i].mutex)) {
			unlock_vcpus(i);
			return false;
		}
	}
	return true;
}

static void kvm_vm_ioctl(void)
{
	mutex_lock(&kvm_lock);
	if (lock_all_vcpus())
		unlock_vcpus(NR_VCPUS);
	mutex_unlock(&kvm_lock);
}

static void kvm_vcpu_ioctl(void)
{
	mutex_lock(&vcpus[0].mutex);
	mutex_unlock(&vcpus[0].mutex);
}
`,
  fixes: {
    "nest-lock": `--- a/case.c
+++ b/case.c
@@ -27,12 +27,8 @@
 {
 	int i; /* 0..48 */
 
-	for (i = 0; i < NR_VCPUS; i++) {
-		if (!mutex_trylock(&vcpus[i].mutex)) {
-			unlock_vcpus(i);
-			return false;
-		}
-	}
+	for (i = 0; i < NR_VCPUS; i++)
+		mutex_lock_nest_lock(&vcpus[i].mutex, &kvm_lock);
 	return true;
 }
 
`,
    plain: `--- a/case.c
+++ b/case.c
@@ -27,12 +27,8 @@
 {
 	int i; /* 0..48 */
 
-	for (i = 0; i < NR_VCPUS; i++) {
-		if (!mutex_trylock(&vcpus[i].mutex)) {
-			unlock_vcpus(i);
-			return false;
-		}
-	}
+	for (i = 0; i < NR_VCPUS; i++)
+		mutex_lock(&vcpus[i].mutex);
 	return true;
 }
 
`,
  },
  mutants: {
    "kvm-lock-inside": `--- a/case.c
+++ b/case.c
@@ -47,5 +47,7 @@
 static void kvm_vcpu_ioctl(void)
 {
 	mutex_lock(&vcpus[0].mutex);
+	mutex_lock(&kvm_lock);
+	mutex_unlock(&kvm_lock);
 	mutex_unlock(&vcpus[0].mutex);
 }
`,
  },
  premises: {
    "kvm-lock": `--- a/case.c
+++ b/case.c
@@ -46,6 +46,8 @@
 
 static void kvm_vcpu_ioctl(void)
 {
+	mutex_lock(&vcpus[1].mutex);
 	mutex_lock(&vcpus[0].mutex);
 	mutex_unlock(&vcpus[0].mutex);
+	mutex_unlock(&vcpus[1].mutex);
 }
`,
  },
};

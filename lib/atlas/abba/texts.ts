/** Made from case.c and the patches beside it by lib/setup/texts.mjs. */
import type { CaseTexts } from "../atlas-case.js";

export const texts: CaseTexts = {
  code: `/*
 * Two mutexes, taken in two orders.
 *
 * lab: thread left on 0 forever
 * lab: thread right on 1 forever
 */
static DEFINE_MUTEX(a);
static DEFINE_MUTEX(b);

static void left(void)
{
	mutex_lock(&a);
	mutex_lock(&b);
	mutex_unlock(&b);
	mutex_unlock(&a);
}

static void right(void)
{
	mutex_lock(&b);
	mutex_lock(&a);
	mutex_unlock(&a);
	mutex_unlock(&b);
}
`,
  fixes: {
    "one-order": `--- a/case.c
+++ b/case.c
@@ -17,8 +17,8 @@
 
 static void right(void)
 {
+	mutex_lock(&a);
 	mutex_lock(&b);
-	mutex_lock(&a);
+	mutex_unlock(&b);
 	mutex_unlock(&a);
-	mutex_unlock(&b);
 }
`,
    subclass: `--- a/case.c
+++ b/case.c
@@ -18,7 +18,7 @@
 static void right(void)
 {
 	mutex_lock(&b);
-	mutex_lock(&a);
+	mutex_lock_nested(&a, SINGLE_DEPTH_NESTING);
 	mutex_unlock(&a);
 	mutex_unlock(&b);
 }
`,
  },
  mutants: {},
  premises: {
    "no-lock-around": `--- a/case.c
+++ b/case.c
@@ -6,19 +6,24 @@
  */
 static DEFINE_MUTEX(a);
 static DEFINE_MUTEX(b);
+static DEFINE_MUTEX(outer);
 
 static void left(void)
 {
+	mutex_lock(&outer);
 	mutex_lock(&a);
 	mutex_lock(&b);
 	mutex_unlock(&b);
 	mutex_unlock(&a);
+	mutex_unlock(&outer);
 }
 
 static void right(void)
 {
+	mutex_lock(&outer);
 	mutex_lock(&b);
 	mutex_lock(&a);
 	mutex_unlock(&a);
 	mutex_unlock(&b);
+	mutex_unlock(&outer);
 }
`,
  },
};

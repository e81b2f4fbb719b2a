/** Made from case.c and the patches beside it by lib/setup/texts.mjs. */
import type { CaseTexts } from "../atlas-case.js";

export const texts: CaseTexts = {
  code: `/*
 * Three philosophers at a round table. Each takes the fork on the left, then the one on the right.
 *
 * lab: thread plato on 0 forever
 * lab: thread laozi on 1 forever
 * lab: thread kant on 2 forever
 */
static DEFINE_MUTEX(north);
static DEFINE_MUTEX(east);
static DEFINE_MUTEX(west);

static void plato(void)
{
	mutex_lock(&north);
	mutex_lock(&east);
	mutex_unlock(&east);
	mutex_unlock(&north);
}

static void laozi(void)
{
	mutex_lock(&east);
	mutex_lock(&west);
	mutex_unlock(&west);
	mutex_unlock(&east);
}

static void kant(void)
{
	mutex_lock(&west);
	mutex_lock(&north);
	mutex_unlock(&north);
	mutex_unlock(&west);
}
`,
  fixes: {
    "one-other-way": `--- a/case.c
+++ b/case.c
@@ -27,8 +27,8 @@
 
 static void kant(void)
 {
+	mutex_lock(&north);
 	mutex_lock(&west);
-	mutex_lock(&north);
+	mutex_unlock(&west);
 	mutex_unlock(&north);
-	mutex_unlock(&west);
 }
`,
    subclass: `--- a/case.c
+++ b/case.c
@@ -28,7 +28,7 @@
 static void kant(void)
 {
 	mutex_lock(&west);
-	mutex_lock(&north);
+	mutex_lock_nested(&north, SINGLE_DEPTH_NESTING);
 	mutex_unlock(&north);
 	mutex_unlock(&west);
 }
`,
  },
  mutants: {},
  premises: {
    "three-seats": `--- a/case.c
+++ b/case.c
@@ -8,27 +8,34 @@
 static DEFINE_MUTEX(north);
 static DEFINE_MUTEX(east);
 static DEFINE_MUTEX(west);
+static DEFINE_SEMAPHORE(seats, 2);
 
 static void plato(void)
 {
+	down(&seats);
 	mutex_lock(&north);
 	mutex_lock(&east);
 	mutex_unlock(&east);
 	mutex_unlock(&north);
+	up(&seats);
 }
 
 static void laozi(void)
 {
+	down(&seats);
 	mutex_lock(&east);
 	mutex_lock(&west);
 	mutex_unlock(&west);
 	mutex_unlock(&east);
+	up(&seats);
 }
 
 static void kant(void)
 {
+	down(&seats);
 	mutex_lock(&west);
 	mutex_lock(&north);
 	mutex_unlock(&north);
 	mutex_unlock(&west);
+	up(&seats);
 }
`,
  },
};

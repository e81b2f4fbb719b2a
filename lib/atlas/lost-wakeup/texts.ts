/** Made from case.c and the patches beside it by lib/setup/texts.mjs. */
import type { CaseTexts } from "../atlas-case.js";

export const texts: CaseTexts = {
  code: `/*
 * A sleeper that looks before it says that it will sleep: the wakeup in between is lost.
 *
 * lab: thread sleeper on 0
 * lab: thread waker on 1
 */
static bool condition;
static struct task_struct *task; /* sleeper */

static void sleeper(void)
{
	if (!READ_ONCE(condition)) {
		set_current_state(TASK_UNINTERRUPTIBLE);
		schedule();
	}
}

static void waker(void)
{
	WRITE_ONCE(condition, true);
	wake_up_process(task);
}
`,
  fixes: {
    "state-first": `--- a/case.c
+++ b/case.c
@@ -9,10 +9,10 @@
 
 static void sleeper(void)
 {
-	if (!READ_ONCE(condition)) {
-		set_current_state(TASK_UNINTERRUPTIBLE);
+	set_current_state(TASK_UNINTERRUPTIBLE);
+	if (!READ_ONCE(condition))
 		schedule();
-	}
+	__set_current_state(TASK_RUNNING);
 }
 
 static void waker(void)
`,
  },
  mutants: {},
  premises: {},
};

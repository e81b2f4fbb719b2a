/** Made from case.c and the patches beside it by lib/setup/texts.mjs. */
import type { CaseTexts } from "../atlas-case.js";

export const texts: CaseTexts = {
  code: `/*
 * A reader that reads again inside, and a writer between the two.
 *
 * lab: thread walk on 0 forever
 * lab: thread release on 1 forever
 */
static DEFINE_RWLOCK(tasklist_lock);

static void lookup(void)
{
	read_lock(&tasklist_lock);
	read_unlock(&tasklist_lock);
}

static void walk(void)
{
	read_lock(&tasklist_lock);
	lookup();
	read_unlock(&tasklist_lock);
}

static void release(void)
{
	write_lock(&tasklist_lock);
	write_unlock(&tasklist_lock);
}
`,
  fixes: {
    "read-once": `--- a/case.c
+++ b/case.c
@@ -14,9 +14,7 @@
 
 static void walk(void)
 {
-	read_lock(&tasklist_lock);
 	lookup();
-	read_unlock(&tasklist_lock);
 }
 
 static void release(void)
`,
  },
  mutants: {},
  premises: {
    writer: `--- a/case.c
+++ b/case.c
@@ -2,7 +2,6 @@
  * A reader that reads again inside, and a writer between the two.
  *
  * lab: thread walk on 0 forever
- * lab: thread release on 1 forever
  */
 static DEFINE_RWLOCK(tasklist_lock);
 
`,
  },
};

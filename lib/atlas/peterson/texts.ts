/** Made from case.c and the patches beside it by lib/setup/texts.mjs. */
import type { CaseTexts } from "../atlas-case.js";

export const texts: CaseTexts = {
  code: `/*
 * Two threads that exclude each other with three shared variables, and no lock.
 *
 * lab: thread side(0) on 0 forever
 * lab: thread side(1) on 1 forever
 */
static bool interested[2];
static int turn;	/* 0..1 */
static int inside;	/* 0..2 */

static void side(int me)
{
	int other = 1 - me;

	WRITE_ONCE(interested[me], true);
	WRITE_ONCE(turn, other);
	while (READ_ONCE(interested[other]) && READ_ONCE(turn) == other)
		cpu_relax();

	inside++;
	BUG_ON(inside != 1);
	inside--;

	WRITE_ONCE(interested[me], false);
}
`,
  fixes: {
    spinlock: `--- a/case.c
+++ b/case.c
@@ -4,22 +4,14 @@
  * lab: thread side(0) on 0 forever
  * lab: thread side(1) on 1 forever
  */
-static bool interested[2];
-static int turn;	/* 0..1 */
+static DEFINE_SPINLOCK(lock);
 static int inside;	/* 0..2 */
 
 static void side(int me)
 {
-	int other = 1 - me;
-
-	WRITE_ONCE(interested[me], true);
-	WRITE_ONCE(turn, other);
-	while (READ_ONCE(interested[other]) && READ_ONCE(turn) == other)
-		cpu_relax();
-
+	spin_lock(&lock);
 	inside++;
 	BUG_ON(inside != 1);
 	inside--;
-
-	WRITE_ONCE(interested[me], false);
+	spin_unlock(&lock);
 }
`,
  },
  mutants: {},
  premises: {
    "in-order": `--- a/case.c
+++ b/case.c
@@ -12,8 +12,8 @@
 {
 	int other = 1 - me;
 
+	WRITE_ONCE(turn, other);
 	WRITE_ONCE(interested[me], true);
-	WRITE_ONCE(turn, other);
 	while (READ_ONCE(interested[other]) && READ_ONCE(turn) == other)
 		cpu_relax();
 
`,
  },
};

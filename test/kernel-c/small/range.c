/* lab: thread f on 0
   lab: thread g on 1 */
static int len; /* 0..2 */
static void f(void) { len++; len++; }
static void g(void) { len++; }

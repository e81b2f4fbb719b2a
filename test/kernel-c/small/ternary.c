/* lab: thread f
   lab: thread g */
static int x; /* 0..9 */
static int y = 3; /* 0..9 */
static void f(void) { int t = x ? y : x + 1; x = t ?: 2; y = (x > 2 ? 1 : 0) + !!y, x = 0; }
static void g(void) { x += y; y -= x > 3 ? 1 : 0; y <<= 1; }

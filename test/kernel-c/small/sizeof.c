/* lab: thread f */
static int a[4];
static void f(void) { for (int i = 0; i < sizeof(a) / sizeof(a[0]); i++) a[i] = 1; for (int i = 0; i < ARRAY_SIZE(a); i++) a[i] = 0; }

/* lab: thread t on 0 */
/* lab: thread u on 1 */
#define NHASH 2
static spinlock_t hash[NHASH];
static void hash_init(void)
{
	int i;
	for (i = 0; i < ARRAY_SIZE(hash); i++)
		spin_lock_init(&hash[i]);
}
static void lock_two(unsigned int a, unsigned int b)
{
	if (a > b)
		swap(a, b);
	spin_lock(&hash[a]);
	if (a != b)
		spin_lock_nested(&hash[b], SINGLE_DEPTH_NESTING);
}
static void unlock_two(unsigned int a, unsigned int b)
{
	spin_unlock(&hash[a]);
	if (a != b)
		spin_unlock(&hash[b]);
}
static void t(void) { lock_two(0, 1); unlock_two(0, 1); }
static void u(void) { lock_two(1, 0); unlock_two(1, 0); }

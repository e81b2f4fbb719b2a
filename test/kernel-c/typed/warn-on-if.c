/* lab: thread t on 0 */
struct ctx { struct mutex m; bool dead; };
static struct ctx c;
static inline int __must_check ctx_enter(struct ctx *ctx)
{
	if (WARN_ON_ONCE(ctx->dead))
		return -ENODEV;
	lockdep_assert_not_held(&ctx->m);
	mutex_lock(&ctx->m);
	return 0;
}
static inline void ctx_exit(struct ctx *ctx) __releases(&ctx->m)
{
	mutex_unlock(&ctx->m);
}
static void t(void)
{
	mutex_init(&c.m);
	if (ctx_enter(&c))
		return;
	ctx_exit(&c);
}

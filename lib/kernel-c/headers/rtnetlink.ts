import type { SourceFile } from "../parse/source.js";

export const rtnetlink: SourceFile = {
  file: "include/linux/rtnetlink.h",
  text: String.raw`static DEFINE_MUTEX(rtnl_mutex);

static void rtnl_lock(void)
{
	mutex_lock(&rtnl_mutex);
}

static void rtnl_unlock(void)
{
	mutex_unlock(&rtnl_mutex);
}

static int rtnl_trylock(void)
{
	return mutex_trylock(&rtnl_mutex);
}

static int rtnl_lock_interruptible(void)
{
	return mutex_lock_interruptible(&rtnl_mutex);
}

static int rtnl_lock_killable(void)
{
	return mutex_lock_killable(&rtnl_mutex);
}

static bool rtnl_is_locked(void)
{
	return mutex_is_locked(&rtnl_mutex);
}

static void ASSERT_RTNL(void)
{
	lockdep_assert_held(&rtnl_mutex);
}

#define rtnl_dereference(p) rcu_dereference_protected(p, lockdep_is_held(&rtnl_mutex))

#define rcu_dereference_rtnl(p) rcu_dereference_check(p, lockdep_is_held(&rtnl_mutex))
`,
};

import type { SourceFile } from "../parse/source.js";

/** A task owns a socket without its spinlock, which softirqs take: net/core/sock.c. */
export const sock: SourceFile = {
  file: "include/net/sock.h",
  text: String.raw`struct socket_lock_t {
	spinlock_t slock;
	bool owned;
	wait_queue_head_t wq;
	struct lockdep_map dep_map;
};

struct sock {
	struct socket_lock_t sk_lock;
};

static void __lock_sock(struct sock *sk)
{
	DEFINE_WAIT(wait);

	for (;;) {
		prepare_to_wait_exclusive(&sk->sk_lock.wq, &wait, TASK_UNINTERRUPTIBLE);
		spin_unlock_bh(&sk->sk_lock.slock);
		schedule();
		spin_lock_bh(&sk->sk_lock.slock);
		if (!sk->sk_lock.owned)
			break;
	}
	finish_wait(&sk->sk_lock.wq, &wait);
}

static void lock_sock(struct sock *sk)
{
	might_sleep();
	mutex_acquire(&sk->sk_lock.dep_map, 0, 0, _RET_IP_);
	spin_lock_bh(&sk->sk_lock.slock);
	if (sk->sk_lock.owned)
		__lock_sock(sk);
	sk->sk_lock.owned = true;
	spin_unlock_bh(&sk->sk_lock.slock);
}

static void release_sock(struct sock *sk)
{
	spin_lock_bh(&sk->sk_lock.slock);
	mutex_release(&sk->sk_lock.dep_map, _RET_IP_);
	sk->sk_lock.owned = false;
	if (waitqueue_active(&sk->sk_lock.wq))
		wake_up(&sk->sk_lock.wq);
	spin_unlock_bh(&sk->sk_lock.slock);
}

static void lock_sock_nested(struct sock *sk, int subclass)
{
	might_sleep();
	mutex_acquire(&sk->sk_lock.dep_map, subclass, 0, _RET_IP_);
	spin_lock_bh(&sk->sk_lock.slock);
	if (sk->sk_lock.owned)
		__lock_sock(sk);
	sk->sk_lock.owned = true;
	spin_unlock_bh(&sk->sk_lock.slock);
}

static bool sock_owned_by_user(struct sock *sk)
{
	return sk->sk_lock.owned;
}

static void bh_lock_sock(struct sock *sk)
{
	spin_lock(&sk->sk_lock.slock);
}

static void bh_lock_sock_nested(struct sock *sk)
{
	spin_lock_nested(&sk->sk_lock.slock, SINGLE_DEPTH_NESTING);
}

static void bh_unlock_sock(struct sock *sk)
{
	spin_unlock(&sk->sk_lock.slock);
}
`,
};

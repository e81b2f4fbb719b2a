/*
 * The extended attributes of an open file are listed, and memory is short.
 *
 * lab: cpus 2
 * lab: thread xfs_attr_list on 0 forever
 * lab: thread kswapd on 1 forever
 */
static DEFINE_MUTEX(fs_reclaim); /* a map for lockdep alone: nobody waits for it */

struct xfs_inode {
	struct rw_semaphore i_lock;
	int i_count; /* 0..1: references */
};

static struct xfs_inode inode = { .i_count = 1 }; /* of the open file */
static struct xfs_inode cached; /* of a file that nobody has open */

static void xfs_inode_init(struct xfs_inode *ip)
{
	init_rwsem(&ip->i_lock);
}

static void xfs_fs_fill_super(void)
{
	xfs_inode_init(&inode);
	xfs_inode_init(&cached);
}

/* The shrinker takes away what nobody refers to. */
static void xfs_reclaim_inode(struct xfs_inode *ip)
{
	if (READ_ONCE(ip->i_count) > 0)
		return;
	down_write(&ip->i_lock);
	up_write(&ip->i_lock);
}

static void shrink_slab(void)
{
	xfs_reclaim_inode(&inode);
	xfs_reclaim_inode(&cached);
}

/* Where memory is short, whoever allocates reclaims first. */
static void kmalloc(void)
{
	lock_map_acquire(&fs_reclaim);
	shrink_slab();
	lock_map_release(&fs_reclaim);
}

static void xfs_attr_list(void)
{
	xfs_fs_fill_super();

	down_read(&inode.i_lock);
	kmalloc();
	up_read(&inode.i_lock);
}

static void kswapd(void)
{
	lock_map_acquire(&fs_reclaim);
	shrink_slab();
	lock_map_release(&fs_reclaim);
}

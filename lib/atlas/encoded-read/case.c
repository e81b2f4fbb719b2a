/*
 * An encoded read over io_uring: the system call takes the inode's lock and returns, the
 * worker that ends the read drops it.
 *
 * lab: cpus 3
 * lab: thread btrfs_uring_encoded_read on 0
 * lab: thread btrfs_uring_read_finished on 1
 * lab: thread btrfs_file_write on 2
 */
static DECLARE_RWSEM(i_rwsem);
static DEFINE_MUTEX(uring_lock);
static DECLARE_COMPLETION(read_done);

static void btrfs_uring_encoded_read(void)
{
	down_read(&i_rwsem);
	complete(&read_done);	/* the read is under way */
	/* returns -EIOCBQUEUED to user space, with the lock held */
}

static void btrfs_uring_read_finished(void)
{
	wait_for_completion(&read_done);
	mutex_lock(&uring_lock);
	mutex_unlock(&uring_lock);
	up_read(&i_rwsem);
}

static void btrfs_file_write(void)
{
	down_write(&i_rwsem);
	up_write(&i_rwsem);
}

import type { SourceFile } from "../parse/source.js";

export const fs: SourceFile = {
  file: "include/linux/fs.h",
  text: String.raw`enum inode_i_mutex_lock_class {
	I_MUTEX_NORMAL,
	I_MUTEX_PARENT,
	I_MUTEX_CHILD,
	I_MUTEX_XATTR,
	I_MUTEX_NONDIR2,
	I_MUTEX_PARENT2,
};

struct inode {
	struct rw_semaphore i_rwsem;
};

static void inode_lock(struct inode *inode)
{
	down_write(&inode->i_rwsem);
}

static void inode_unlock(struct inode *inode)
{
	up_write(&inode->i_rwsem);
}

static void inode_lock_shared(struct inode *inode)
{
	down_read(&inode->i_rwsem);
}

static void inode_unlock_shared(struct inode *inode)
{
	up_read(&inode->i_rwsem);
}

static int inode_trylock(struct inode *inode)
{
	return down_write_trylock(&inode->i_rwsem);
}

static int inode_trylock_shared(struct inode *inode)
{
	return down_read_trylock(&inode->i_rwsem);
}

static void inode_lock_nested(struct inode *inode, unsigned subclass)
{
	down_write_nested(&inode->i_rwsem, subclass);
}

static void inode_lock_shared_nested(struct inode *inode, unsigned subclass)
{
	down_read_nested(&inode->i_rwsem, subclass);
}
`,
};

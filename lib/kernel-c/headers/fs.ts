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

struct address_space {
	struct rw_semaphore invalidate_lock;
	struct rw_semaphore i_mmap_rwsem;
};

static void filemap_invalidate_lock(struct address_space *mapping)
{
	down_write(&mapping->invalidate_lock);
}

static void filemap_invalidate_unlock(struct address_space *mapping)
{
	up_write(&mapping->invalidate_lock);
}

static void filemap_invalidate_lock_shared(struct address_space *mapping)
{
	down_read(&mapping->invalidate_lock);
}

static void filemap_invalidate_unlock_shared(struct address_space *mapping)
{
	up_read(&mapping->invalidate_lock);
}

static void i_mmap_lock_write(struct address_space *mapping)
{
	down_write(&mapping->i_mmap_rwsem);
}

static int i_mmap_trylock_write(struct address_space *mapping)
{
	return down_write_trylock(&mapping->i_mmap_rwsem);
}

static void i_mmap_unlock_write(struct address_space *mapping)
{
	up_write(&mapping->i_mmap_rwsem);
}

static void i_mmap_lock_read(struct address_space *mapping)
{
	down_read(&mapping->i_mmap_rwsem);
}

static void i_mmap_unlock_read(struct address_space *mapping)
{
	up_read(&mapping->i_mmap_rwsem);
}

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

static int inode_lock_killable(struct inode *inode)
{
	return down_write_killable(&inode->i_rwsem);
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

import type { SourceFile } from "../parse/source.js";

/** The lock of an xarray; what it holds is for the file to declare. */
export const xarray: SourceFile = {
  file: "include/linux/xarray.h",
  text: String.raw`struct xarray {
	spinlock_t xa_lock;
};

#define xa_lock(xa) spin_lock(&(xa)->xa_lock)

#define xa_unlock(xa) spin_unlock(&(xa)->xa_lock)

#define xa_trylock(xa) spin_trylock(&(xa)->xa_lock)

#define xa_lock_bh(xa) spin_lock_bh(&(xa)->xa_lock)

#define xa_unlock_bh(xa) spin_unlock_bh(&(xa)->xa_lock)

#define xa_lock_irq(xa) spin_lock_irq(&(xa)->xa_lock)

#define xa_unlock_irq(xa) spin_unlock_irq(&(xa)->xa_lock)

#define xa_lock_irqsave(xa, flags) spin_lock_irqsave(&(xa)->xa_lock, flags)

#define xa_unlock_irqrestore(xa, flags) spin_unlock_irqrestore(&(xa)->xa_lock, flags)
`,
};

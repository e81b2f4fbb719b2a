/** Places in the code, and the lines of stacks. */

/** A place in the code as the kernel or a symboliser printed it. */
export interface CodeSite {
  /** As printed, such as `[<ffffffff81938722>] fuse_lock_inode+0xa2/0xd0`. */
  readonly raw: string;
  /** The address before the symbol (up to 4.15), or null. */
  readonly ip: string | null;
  /** The function, or null where only an address was printed. */
  readonly symbol: string | null;
  /** Such as `0xa2/0xd0`. */
  readonly offset: string | null;
  readonly module: string | null;
  /** Such as `fs/fuse/inode.c:120`. */
  readonly location: string | null;
  /** True where a symboliser added the line for a function that was inlined. */
  readonly inlined: boolean;
}

/** A line of a stack. */
export interface StackFrame extends CodeSite {
  readonly line: number;
  /** Marked with `?`: found on the stack, perhaps of an earlier call. */
  readonly unsure: boolean;
}

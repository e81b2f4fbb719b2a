/** Keys of the kernel's own locks, which a program takes unawares. */
const OWN = "kernel:";

/** Returns the key of a lock of the kernel's own. */
export const kernelKey = (name: string): string => `${OWN}${name}`;

/** Returns whether a key is that of a lock of the kernel's own, not of the program. */
export const isKernelKey = (key: string): boolean => key.startsWith(OWN);

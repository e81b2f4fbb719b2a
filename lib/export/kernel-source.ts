/** Where files of Linux can be read: in its own repository, at the version that the lab models. */

const repository = "https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git";

/** A path below one of the kernel's own folders. */
const path =
  /^(?:arch|block|drivers|Documentation|fs|include|init|kernel|lib|mm|net|rust|security|tools|virt)\/[\w.+/-]+\.(?:[chS]|rst|txt|rs)$/;

/** Returns the address of a file of the kernel, or undefined for any other text. */
export function kernelSource(text: string): string | undefined {
  return path.test(text) && !text.includes("..") ? `${repository}/tree/${text}?h=v6.12` : undefined;
}

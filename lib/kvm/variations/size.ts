/** How large the machine of the case is. */

/** How many CPUs and vCPUs there are. */
export interface KvmSize {
  /** 1 to 8; 2 by default. */
  readonly cpus?: number;
  /** 1 to 8; 2 by default. */
  readonly vcpus?: number;
}

/** More of either than any search could go through; the machine itself knows no limit. */
const most = 8;

function expectCount(what: string, count: number): void {
  if (Number.isInteger(count) && count >= 1 && count <= most) return;
  throw new RangeError(
    `${count} ${what}: the case has from 1 to ${most}; 2 CPUs and 2 vCPUs are explored in a second, 3 and 3 in seconds`,
  );
}

/**
 * Returns the size with what is left out filled in.
 *
 * @throws RangeError if a number is not whole or not from 1 to 8
 */
export function checkedSize({ cpus = 2, vcpus = 2 }: KvmSize): Required<KvmSize> {
  expectCount("CPUs", cpus);
  expectCount("vCPUs", vcpus);
  return { cpus, vcpus };
}

/** How much memory a search may still take. */

/** Returns how many megabytes this process could take, of the machine's memory or its control group's. */
export const freeMegabytes = (): number => process.availableMemory() / 2 ** 20;

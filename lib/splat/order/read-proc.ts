/**
 * Reads `/proc/lockdep` and `/proc/lockdep_chains`, as kernel/locking/lockdep_proc.c prints them
 * (`l_show()`, `lc_show()`).
 */

/** A class of `/proc/lockdep`. */
export interface ProcClass {
  /** Address of the key, as printed: hashed or hidden unless root reads it. */
  readonly key: string;
  readonly name: string;
  /** The usage characters; empty where the kernel printed none. */
  readonly usage: string;
  /** Names of the classes that are taken directly under it. */
  readonly after: readonly string[];
}

/** A chain of `/proc/lockdep_chains`: classes in the order in which one task took them. */
export interface ProcChain {
  /** `0` for a task's, else as printed: `hardirq`, `softirq`, or a number before 5.7. */
  readonly context: string;
  readonly classes: readonly string[];
}

/** What of a machine's lockdep was read. */
export interface ProcLockdep {
  readonly classes: readonly ProcClass[];
  readonly chains: readonly ProcChain[];
  /** Lines that were not understood. */
  readonly unread: readonly { readonly line: number; readonly text: string }[];
}

const classLine =
  /^(?<key>\S+)(?: OPS:\s*\d+)?(?: FD:\s*\d+)?(?: BD:\s*\d+)?(?: (?<usage>[-+.?]{2,16}))?: (?<name>.+)$/;
const afterLine = /^ -> \[\S+\] (?<name>.+)$/;
const chainLine = /^\[\S+\] (?<name>.+)$/;

/** Whether a text is one of the two files, or both. */
export const isProcLockdep = (text: string): boolean =>
  /^(?:\(buggered\) )?all lock (?:classes|chains):\s*$/m.test(text);

/**
 * Returns what the two files say; a text may hold one of them, or both one after the other.
 *
 * @example
 * readProcLockdep("all lock classes:\n0 FD: 2 BD: 1 ....: a\n -> [1] b\n\n").classes[0].after // ["b"]
 */
export function readProcLockdep(text: string): ProcLockdep {
  const classes: (ProcClass & { after: string[] })[] = [];
  const chains: (ProcChain & { classes: string[] })[] = [];
  let part: "none" | "classes" | "chains" = "none";
  const unread: { readonly line: number; readonly text: string }[] = [];
  for (const [at, raw] of text.split("\n").entries()) {
    const line = raw.trimEnd();
    const heading = /^(?:\(buggered\) )?all lock (classes|chains):$/.exec(line)?.[1];
    if (heading === "classes" || heading === "chains") part = heading;
    if (heading !== undefined || line === "" || part === "none") continue;
    if (part === "chains") {
      const context = /^irq_context: (.+)$/.exec(line)?.[1];
      const name = chainLine.exec(line)?.groups?.["name"];
      if (context !== undefined) chains.push({ context, classes: [] });
      else if (name !== undefined) chains.at(-1)?.classes.push(name);
      if (context !== undefined || name !== undefined) continue;
    } else {
      const after = afterLine.exec(line)?.groups?.["name"];
      if (after !== undefined) {
        classes.at(-1)?.after.push(after);
        continue;
      }
      const groups = classLine.exec(line)?.groups;
      const name = groups?.["name"];
      if (name !== undefined) {
        classes.push({
          key: groups?.["key"] ?? "",
          name,
          usage: groups?.["usage"] ?? "",
          after: [],
        });
        continue;
      }
    }
    unread.push({ line: at + 1, text: line });
  }
  return { classes, chains, unread };
}

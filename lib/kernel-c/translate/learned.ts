/**
 * What is found out about a text while it is translated, for the next time round: a variable that holds CPUs,
 * a structure that pointers move among. The text is translated again until nothing new is found.
 */

/** Facts about variables and structures, by the keys of their storage. */
export class Learned {
  /** Integers that hold the numbers of CPUs, as `smp_processor_id()` returns them. */
  readonly cpus = new Set<string>();
  /** Integers that hold saved IRQ flags. */
  readonly flags = new Set<string>();
  /** Structures whose objects are pointed at by what changes at run time. */
  readonly pooled = new Set<string>();
  /** Which structure's which member each list links: `foo.node`, by the key of the head. */
  readonly links = new Map<string, string>();
  private known = 0;

  /** Returns whether something was learnt since the last time this was asked. */
  grew(): boolean {
    const size = this.cpus.size + this.flags.size + this.pooled.size + this.links.size;
    const more = size > this.known;
    this.known = size;
    return more;
  }
}

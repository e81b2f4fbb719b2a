/** What may stand for a name that is too long for its bar. */

/**
 * Returns a name and its endings, down to its last two words: the handlers of a kernel begin alike, and end in what
 * they do.
 *
 * @example
 * endingsOf("sysvec_kvm_wakeup_ipi") // ["sysvec_kvm_wakeup_ipi", "…kvm_wakeup_ipi", "…wakeup_ipi"]
 */
export function endingsOf(name: string): readonly string[] {
  const words = name.split("_");
  return [name, ...words.slice(1, -1).map((_, at) => `…${words.slice(at + 1).join("_")}`)];
}

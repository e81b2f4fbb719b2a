/** First values of the things that are declared with one, by the keys of their storage and their index. */

/** First values that are known so far. */
export class InitialValues {
  private readonly values = new Map<string, Map<string, number>>();

  set(key: string, index: readonly number[], value: number): void {
    const known = this.values.get(key) ?? new Map<string, number>();
    known.set(index.join(), value);
    this.values.set(key, known);
  }

  /** Returns the first values of all elements that have one of their own. */
  all(key: string): readonly number[] {
    return [...(this.values.get(key)?.values() ?? [])];
  }

  /** Returns the first value for all elements, or for each by its index. */
  of(key: string, otherwise: number): number | ((...index: readonly number[]) => number) {
    const known = this.values.get(key);
    if (known === undefined) return otherwise;
    const only = known.get("");
    if (only !== undefined) return only;
    return (...index) => known.get(index.join()) ?? otherwise;
  }
}

/** Objects that the machine has one by one: each element of an array is one of its own. */

/** The objects of one declaration, made when they are first asked for. */
export class Instances {
  private readonly made = new Map<string, unknown>();

  constructor(private readonly make: (name: string) => unknown) {}

  /** Returns the object at an index, with its name. */
  at(index: readonly number[], name: string): unknown {
    const key = index.join();
    if (!this.made.has(key)) this.made.set(key, this.make(name));
    return this.made.get(key);
  }
}

/** The local variables of a function: a name means what its innermost block says, and places are used again. */
export class Locals {
  private readonly scopes: Map<string, number>[] = [];
  private readonly free: number[] = [];
  /** How many there are, the parameters among them. */
  count: number;

  constructor(parameters: readonly string[]) {
    this.count = parameters.length;
    this.scopes.push(new Map(parameters.map((name, at) => [name, at])));
  }

  /** Returns the place of a variable; null if none is called that. */
  find(name: string): number | null {
    for (let at = this.scopes.length - 1; at >= 0; at--) {
      const place = this.scopes[at]?.get(name);
      if (place !== undefined) return place;
    }
    return null;
  }

  /** Returns a place for a variable of the innermost block. */
  declare(name: string): number {
    const place = this.take();
    this.scopes[this.scopes.length - 1]?.set(name, place);
    return place;
  }

  /** Runs with a block of its own. */
  block(run: () => void): void {
    const names = new Map<string, number>();
    this.scopes.push(names);
    run();
    this.scopes.pop();
    this.free.push(...names.values());
  }

  /** Runs with places for values that have no name. */
  unnamed(count: number, run: (...places: readonly number[]) => void): void {
    const places = Array.from({ length: count }, () => this.take());
    run(...places);
    this.free.push(...places);
  }

  private take(): number {
    return this.free.pop() ?? this.count++;
  }
}

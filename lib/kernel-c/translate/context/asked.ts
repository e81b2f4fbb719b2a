/** What was asked of facts that are still being found out: an answer that came before its fact was too early. */

/** Remembers what was asked, and whether something of it was learnt afterwards. */
export class Asked {
  private readonly keys = new Set<string>();
  private readonly learnt = new Set<string>();
  private isAllAsked = false;
  private tooEarly = false;

  ask(key: string): void {
    this.keys.add(key);
  }

  askAll(): void {
    this.isAllAsked = true;
  }

  /** Whether something was learnt since this began. */
  isNew(key: string): boolean {
    return this.learnt.has(key);
  }

  learn(key: string): void {
    this.learnt.add(key);
    if (this.isAllAsked || this.keys.has(key)) this.tooEarly = true;
  }

  /** Returns whether an answer was too early, and begins anew. */
  wasTooEarly(): boolean {
    const was = this.tooEarly;
    this.keys.clear();
    this.learnt.clear();
    this.isAllAsked = false;
    this.tooEarly = false;
    return was;
  }
}

/** A set of names that remembers what it was asked. */
export class AskedSet extends Set<string> {
  readonly asked = new Asked();

  override has(key: string): boolean {
    this.asked.ask(key);
    return super.has(key);
  }

  override add(key: string): this {
    if (!super.has(key)) this.asked.learn(key);
    return super.add(key);
  }

  override [Symbol.iterator](): ReturnType<Set<string>["values"]> {
    this.asked.askAll();
    return super[Symbol.iterator]();
  }
}

/** A map by names that remembers what it was asked; another value for a name of an earlier round is nothing new. */
export class AskedMap<V> extends Map<string, V> {
  readonly asked = new Asked();

  override has(key: string): boolean {
    this.asked.ask(key);
    return super.has(key);
  }

  override get(key: string): V | undefined {
    this.asked.ask(key);
    return super.get(key);
  }

  override set(key: string, value: V): this {
    if (!super.has(key) || this.asked.isNew(key)) this.asked.learn(key);
    return super.set(key, value);
  }

  /** Returns what is known without that it counts as asked. */
  known(key: string): V | undefined {
    return super.get(key);
  }

  /** Sets what is more than was known before. */
  widen(key: string, value: V): void {
    this.asked.learn(key);
    super.set(key, value);
  }

  override [Symbol.iterator](): ReturnType<Map<string, V>["entries"]> {
    this.asked.askAll();
    return super[Symbol.iterator]();
  }
}

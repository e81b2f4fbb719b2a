/**
 * Saved stacks, each kept once: `save_trace()` and its hash in kernel/locking/lockdep.c.
 */
import type { Stack } from "./report.js";

/** `sizeof(struct lock_trace)` in words, on top of one word a frame. */
const HEADER_WORDS = 3;

export class TraceStore {
  /** Words used: `nr_stack_trace_entries`. */
  entries = 0;
  /** What was asked for last time, and its copy. */
  private asked: Stack | null = null;
  private copy: Stack = [];
  private readonly saved = new Map<string, Stack>();

  constructor(private readonly max: number) {}

  /** How many different stacks there are. */
  get count(): number {
    return this.saved.size;
  }

  /** Returns the one copy of a stack, or null where there is no room for another. */
  save(stack: Stack): Stack | null {
    if (stack === this.asked) return this.copy;
    const copy = this.keep(stack);
    if (copy !== null) {
      this.asked = stack;
      this.copy = copy;
    }
    return copy;
  }

  private keep(stack: Stack): Stack | null {
    const text = stack.join("\n");
    const known = this.saved.get(text);
    if (known !== undefined) return known;
    const words = HEADER_WORDS + stack.length;
    if (this.entries + words > this.max) return null;
    this.entries += words;
    const copy = Object.freeze([...stack]);
    this.saved.set(text, copy);
    return copy;
  }
}

/** The steps that a depth-first search has yet to follow: the newest comes first. */
import { grown } from "./grow.js";

const smallest = 1 << 10;

/** The numbers kept of a step. */
const each = 4;

/**
 * A stack of steps to states by number. Those of a state are added when it is entered and a state is
 * entered but once, so that the steps that led to the present state are a path: the search's own.
 */
export class DfsStack {
  /** The step taken last: the state it led to, how many steps that is from the start, and whence it came. */
  state = 0;
  depth = 0;
  from = -1;
  transition = -1;
  private size = 0;
  private steps: Int32Array = new Int32Array(smallest * each);
  private entered = new Uint8Array(smallest);

  /** Bytes in use. */
  get bytes(): number {
    return this.steps.byteLength + this.entered.byteLength;
  }

  /** Adds a step, unless the state to which it leads was entered. */
  add(state: number, depth: number, from: number, transition: number): void {
    if (this.entered[state] === 1) return;
    const at = this.size * each;
    if (at + each > this.steps.length) {
      this.steps = grown(this.steps, this.steps.length * 2);
    }
    this.steps[at] = state;
    this.steps[at + 1] = depth;
    this.steps[at + 2] = from;
    this.steps[at + 3] = transition;
    this.size++;
  }

  /** Takes the newest step to a state that was not entered; returns whether there is one. */
  next(): boolean {
    const { steps, entered } = this;
    while (this.size > 0) {
      this.size--;
      const at = this.size * each;
      const state = steps[at] ?? 0;
      if (entered[state] === 1) continue;
      this.state = state;
      this.depth = steps[at + 1] ?? 0;
      this.from = steps[at + 2] ?? -1;
      this.transition = steps[at + 3] ?? -1;
      return true;
    }
    return false;
  }

  /** Enters the state to which the step taken last led. */
  enter(): void {
    if (this.state >= this.entered.length) {
      const bigger = new Uint8Array(Math.max(this.state + 1, this.entered.length * 2));
      bigger.set(this.entered);
      this.entered = bigger;
    }
    this.entered[this.state] = 1;
  }
}

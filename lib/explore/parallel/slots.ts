/** The memory that threads share: who takes which chunk of states, and what became of it. */
import { type ExpansionTask, type Sizes, chunkStates } from "./task.js";

/** A slot: some states to expand, and then their successors. */
export interface Slot {
  /** `[isDone]`, `[first]`, `[count]`, `[end]`, `[events]`. */
  readonly head: Int32Array;
  readonly states: Int32Array;
  readonly batch: Int32Array;
  /** Three numbers each: its kind, a state, and which check failed. */
  readonly events: Int32Array;
}

/** The numbers at the head of a slot. */
export const slotHead = { isDone: 0, first: 1, count: 2, end: 3, events: 4 } as const;
const headLength = 5;

/** What is told of a state beside its successors. */
export const eventKinds = { failed: 0, quiet: 1 } as const;
export const eventLength = 3;

/** Before the slots: how many chunks were given out and taken, whether all is over, what went wrong. */
export const control = {
  given: 0,
  taken: 1,
  isOver: 2,
  brokenGuard: 3,
  lostCpu: 4,
  errorLength: 5,
};
const messageAt = 8;
const messageLength = 500;
const controlLength = messageAt + messageLength;

/** Memory seen as numbers. */
export class SharedSlots {
  readonly control: Int32Array;
  readonly slots: readonly Slot[];

  constructor(shared: SharedArrayBuffer, sizes: Sizes) {
    const { words, batch, events, all } = lengths(sizes);
    const view = (from: number, length: number): Int32Array =>
      new Int32Array(shared, from * 4, length);
    this.control = view(0, controlLength);
    const count = Math.floor((shared.byteLength / 4 - controlLength) / all);
    this.slots = Array.from({ length: count }, (_, slot) => {
      const at = controlLength + slot * all;
      return {
        head: view(at, headLength),
        states: view(at + headLength, words),
        batch: view(at + headLength + words, batch),
        events: view(at + headLength + words + batch, events),
      };
    });
  }

  /** Returns the slot of a chunk, by the chunk's number. */
  of(chunk: number): Slot {
    const slot = this.slots[chunk % this.slots.length];
    if (slot === undefined) throw new RangeError("there is no memory for threads");
    return slot;
  }

  /** Returns the number of a chunk that nobody has taken yet, which is the caller's now; -1 if there is none. */
  take(): number {
    for (;;) {
      const chunk = Atomics.load(this.control, control.taken);
      if (chunk >= Atomics.load(this.control, control.given)) return -1;
      if (Atomics.compareExchange(this.control, control.taken, chunk, chunk + 1) === chunk) {
        return chunk;
      }
    }
  }

  /** Tells everybody that this is over. */
  end(): void {
    Atomics.store(this.control, control.isOver, 1);
    Atomics.notify(this.control, control.given);
  }

  /** Leaves a message for the thread that waits. */
  fail(message: string): void {
    const units = Array.from(message.slice(0, messageLength), (char) => char.charCodeAt(0));
    this.control.set(units, messageAt);
    Atomics.store(this.control, control.errorLength, units.length);
    for (const { head } of this.slots) Atomics.notify(head, slotHead.isDone);
  }

  /** Returns what went wrong in some thread; null if nothing did. */
  error(): string | null {
    const length = Atomics.load(this.control, control.errorLength);
    if (length === 0) return null;
    return String.fromCharCode(...this.control.subarray(messageAt, messageAt + length));
  }
}

/** Returns memory for so many slots. */
export function sharedMemory(sizes: Sizes, slots: number): SharedArrayBuffer {
  return new SharedArrayBuffer((controlLength + slots * lengths(sizes).all) * 4);
}

function lengths({ words, stride, maxSuccessors, kinds }: Sizes) {
  const states = chunkStates * words;
  const batch = (chunkStates * maxSuccessors + 1) * stride;
  const events = (chunkStates + kinds) * eventLength;
  return { words: states, batch, events, all: headLength + states + batch + events };
}

/** Returns the memory of a task as its threads see it. */
export const slotsOf = (task: ExpansionTask): SharedSlots => new SharedSlots(task.shared, task);

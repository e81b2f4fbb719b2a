/** The threads of one search: chunks of states go out in their order, and come back in it. */
import type { Compiled } from "../codegen/compile.js";
import { checkKinds } from "../codegen/expressions/effects.js";
import type { Engine } from "../codegen/engine-functions.js";
import { ChunkExpander } from "../parallel/expand-chunk.js";
import { type Slot, SharedSlots, control, sharedMemory, slotHead } from "../parallel/slots.js";
import type { Threads } from "../parallel/threads.js";

/** So many chunks are on their way for each thread, so that none waits for the slowest. */
const slotsEach = 16;

/** Threads that expand states, this one among them. */
export class Team {
  private readonly shared: SharedSlots;
  private readonly own: ChunkExpander;
  private readonly words: number;
  private given = 0;
  private received = 0;
  /** Bytes of the memory that is shared. */
  readonly bytes: number;

  /**
   * @param jobs how many threads there are then, this one among them
   * @param guards what the engine was made for; null if for none
   */
  constructor(
    private readonly threads: Threads,
    jobs: number,
    compiled: Compiled,
    engine: Engine,
    guards: Int32Array | null,
  ) {
    const { record, maxSuccessors, model, packing } = compiled;
    const kinds = checkKinds.length;
    const { words } = packing;
    const sizes = { words, stride: record.stride, maxSuccessors, kinds };
    const shared = sharedMemory(sizes, jobs * slotsEach);
    const task = {
      ...sizes,
      guards: guards ?? new Int32Array(model.slots.length * 2),
      checks: model.transitions.length * kinds,
      isReduced: record.merged !== null,
    };
    this.words = words;
    this.bytes = shared.byteLength;
    this.shared = new SharedSlots(shared, sizes);
    this.own = new ChunkExpander(task, engine);
    threads.start(jobs - 1, { ...task, ...compiled.engineParts(guards), shared });
  }

  /** Whether another chunk can be given. */
  get hasRoom(): boolean {
    return this.onTheirWay < this.shared.slots.length;
  }

  /** How many chunks are given and not received. */
  get onTheirWay(): number {
    return this.given - this.received;
  }

  /** Gives out some states, at most as many as a slot takes. */
  give(states: Int32Array, first: number, count: number): void {
    const { words, shared } = this;
    const slot = shared.of(this.given++);
    slot.states.set(states.subarray(first * words, (first + count) * words));
    slot.head[slotHead.first] = first;
    slot.head[slotHead.count] = count;
    Atomics.store(slot.head, slotHead.isDone, 0);
    Atomics.store(shared.control, control.given, this.given);
    Atomics.notify(shared.control, control.given, 1);
  }

  /**
   * Returns the chunk that was given first of those on their way, expanded; expands others until it is.
   *
   * @throws Error if a thread failed, or does not answer
   */
  receive(): Slot {
    const { shared } = this;
    const slot = shared.of(this.received);
    for (let waits = 0; Atomics.load(slot.head, slotHead.isDone) === 0;) {
      const error = shared.error();
      if (error !== null) throw new Error(failure(`says: ${error}`));
      const chunk = shared.take();
      if (chunk >= 0) {
        const taken = shared.of(chunk);
        this.own.expand(taken);
        Atomics.store(taken.head, slotHead.isDone, 1);
        continue;
      }
      if (Atomics.wait(slot.head, slotHead.isDone, 0, 1000) !== "timed-out") continue;
      if (++waits >= this.threads.patience) throw new Error(failure("does not answer"));
    }
    this.received++;
    return slot;
  }

  /** Whether something was assumed that is wrong. */
  get isMistaken(): boolean {
    const { shared, own } = this;
    const flags = [control.brokenGuard, control.lostCpu];
    return (
      own.broken.some((of) => of !== 0) ||
      flags.some((of) => Atomics.load(shared.control, of) !== 0)
    );
  }

  /** Lets the threads end. */
  end(): void {
    this.shared.end();
  }
}

const failure = (what: string): string =>
  `a thread of this search ${what}; with one job (--jobs 1) there is no other thread`;

/** Expands the states of a slot: the same in every thread. */
import type { Engine } from "../codegen/engine-functions.js";
import { SearchContext } from "../codegen/layout/search-context.js";
import { type Slot, eventKinds, eventLength, slotHead } from "./slots.js";
import type { ExpansionTask } from "./task.js";

/** What expands chunks in one thread. */
export class ChunkExpander {
  private readonly context: SearchContext;
  private readonly reported: Int32Array;
  /** The successors of one state, where the engine is at home. */
  private readonly own: Int32Array;
  private events: Int32Array = new Int32Array(0);
  private eventsEnd = 0;
  /** As in `Assumptions`. */
  readonly broken = new Int32Array(2);

  constructor(
    private readonly task: Omit<
      ExpansionTask,
      "steps" | "search" | "seen" | "module" | "size" | "shared"
    >,
    private readonly engine: Engine,
  ) {
    this.reported = new Int32Array(task.checks);
    const guards = Int32Array.from(task.guards);
    this.own = engine.batch((task.maxSuccessors + 1) * task.stride);
    this.context = new SearchContext({ guards, broken: this.broken }, this.reported, this.failed);
  }

  /** Writes the successors of a slot's states, and what there is to tell of them. */
  expand({ head, states, batch, events }: Slot): void {
    const { task, engine, context, own } = this;
    const { words, isReduced } = task;
    const first = head[slotHead.first] ?? 0;
    const given = head[slotHead.count] ?? 0;
    this.events = events;
    this.eventsEnd = 0;
    let end = 0;
    for (let at = 0; at < given; at++) {
      const count = engine.expand(states, at * words, first + at, own, 0, context);
      if (isReduced) engine.finish(own, 0, count, context);
      if (context.quiet[0] !== 0) this.tell(eventKinds.quiet, first + at, 0);
      for (let number = 0; number < count; number++) batch[end + number] = own[number] ?? 0;
      end += count;
    }
    head[slotHead.end] = end;
    head[slotHead.events] = this.eventsEnd;
  }

  /** One failure of each kind is told of: chunks come in their order, so it is the first of this thread. */
  private readonly failed = (check: number, state: number): void => {
    const { kinds } = this.task;
    this.tell(eventKinds.failed, state, check);
    for (let of = check % kinds; of < this.reported.length; of += kinds) this.reported[of] = 1;
  };

  private tell(kind: number, state: number, check: number): void {
    const at = this.eventsEnd;
    this.events[at] = kind;
    this.events[at + 1] = state;
    this.events[at + 2] = check;
    this.eventsEnd = at + eventLength;
  }
}

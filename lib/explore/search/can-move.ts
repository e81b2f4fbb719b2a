/**
 * Who moves in which state, and where the steps lead: what the search sees anyway, kept so that nothing is
 * expanded twice to find out who is stuck.
 */
import { bitIn, groupOf } from "../codegen/seen/move-bits.js";
import type { MovePlan } from "../codegen/seen/move-plan.js";
import { marks as markAt } from "../codegen/seen/seen-functions.js";
import { grown } from "./grow.js";
import type { SeenCode } from "./seen-code.js";

/** How long the arrays are at first, and the arrays. */
export type MoveArrays<Of> = Readonly<
  Record<"bits" | "to" | "renaming" | "from" | "start" | "marks", Of>
>;

/** What has been seen: how many states, and their words. */
interface StatesSeen {
  readonly count: number;
  readonly words: Int32Array;
}

/**
 * Which processes can move in each state of a search or later, devices aside, and which of those that can
 * go round with IRQs off make progress: that has a bit of its own, behind those of the processes.
 */
export class Moves {
  private bits: Int32Array;
  private to: Int32Array;
  private renaming: Int32Array;
  /** The states of which some process neither moves nor is at an end, and where their edges begin. */
  private from: Int32Array;
  private start: Int32Array;
  private readonly marks: Int32Array;
  /** How many edges there was to be room for at most. */
  mostEdges = 0;

  constructor(
    private readonly plan: MovePlan,
    arrays: MoveArrays<Int32Array>,
    private readonly code: SeenCode,
  ) {
    ({ bits: this.bits, to: this.to, renaming: this.renaming } = arrays);
    ({ from: this.from, start: this.start, marks: this.marks } = arrays);
    this.marks[markAt.open] = -1;
  }

  /**
   * Returns how long its arrays are to be.
   *
   * @param batch how many steps come at once, at most
   * @param states how many states are to be expected; 0 if that is not known, as for a `Store`
   * @param edges how many edges
   */
  static lengths(
    { groups }: MovePlan,
    batch: number,
    states: number,
    edges: number,
  ): MoveArrays<number> {
    const [atLeast, kept] = [Math.max(1 << 10, states), Math.max(1 << 10, edges)];
    return {
      bits: groups * atLeast,
      to: kept,
      renaming: kept,
      from: atLeast + batch + 1,
      start: atLeast + batch + 1,
      marks: markAt.length,
    };
  }

  /** Bytes in use. */
  get size(): number {
    const { from, start, to, renaming, bits, plan } = this;
    const all = [from, start, to, renaming, bits].reduce((sum, a) => sum + a.byteLength, 0);
    return all + plan.renamed.length * 4;
  }

  /**
   * Takes note of a batch of steps, those of one state together.
   *
   * @param numbers the number of the state to which each step of the batch leads
   */
  note(
    batch: Int32Array,
    end: number,
    stride: number,
    numbers: Int32Array,
    store: StatesSeen,
  ): void {
    this.reserve(store.count, end / stride);
    const { bits, to, renaming, from, start, marks } = this;
    const { noteMoves } = this.code.now;
    noteMoves(batch, end, store.words, numbers, bits, to, renaming, from, start, marks);
  }

  /** Finds out who can move in each state or later: the least fixed point of "moves here or in a successor". */
  settle({ count, words }: StatesSeen): void {
    this.reserve(count, 0);
    const { bits, to, renaming, from, start, marks } = this;
    this.code.now.settleMoves(count, words, bits, to, renaming, from, start, marks);
  }

  /** The first of so many states in which a process rests that should not; null if there is none. */
  firstResting(states: number): number | null {
    return foundAt(this.code.now.firstResting(states, this.bits));
  }

  /**
   * The first of so many states from which a process goes round forever, if none rests in any state: null
   * if there is none.
   */
  firstGoingRound(states: number): number | null {
    return foundAt(this.code.now.firstGoingRound(states, this.bits));
  }

  /** Whether a process rests forever in a state, and should not. */
  rests(state: number, process: number): boolean {
    return this.lacks(state, process, this.plan.moving);
  }

  /** Whether a process makes no progress in a state or later. */
  goesRound(state: number, process: number): boolean {
    const progress = this.plan.progressOf[process] ?? -1;
    return progress >= 0 && this.lacks(state, progress, this.plan.progress);
  }

  private lacks(state: number, bit: number, wanted: readonly number[]): boolean {
    const group = groupOf(bit);
    const known = this.bits[state * this.plan.groups + group] ?? 0;
    return ((wanted[group] ?? 0) & ~known & bitIn(bit)) !== 0;
  }

  /** Makes room for so many states, and for the steps of another batch. */
  private reserve(states: number, incoming: number): void {
    const edges = (this.marks[markAt.edges] ?? 0) + incoming;
    const open = (this.marks[markAt.count] ?? 0) + incoming + 1;
    const wanted = states * this.plan.groups;
    this.mostEdges = Math.max(this.mostEdges, edges);
    const { bits, to, from } = this;
    if (wanted <= bits.length && edges <= to.length && open <= from.length) return;
    this.code.leave();
    if (wanted > bits.length) this.bits = grown(bits, Math.ceil(wanted * 1.6));
    if (edges > to.length) {
      this.to = grown(to, Math.ceil(edges * 1.6));
      this.renaming = grown(this.renaming, this.to.length);
    }
    if (open > from.length) {
      this.from = grown(from, Math.ceil(open * 1.6));
      this.start = grown(this.start, this.from.length);
    }
  }
}

const foundAt = (state: number): number | null => (state < 0 ? null : state);

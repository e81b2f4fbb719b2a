/** Every occasion on which one class was taken under another, with both stacks. */
import type { StackFrame } from "../report/index.js";
import type { HeldInTrace, TraceEvent } from "./event.js";

/** Occasions with the same two stacks. */
export interface TraceWitness {
  readonly count: number;
  /** Of the first of them. */
  readonly comm: string;
  readonly pid: number;
  readonly cpu: number;
  readonly time: string;
  /** Where the outer lock was taken. */
  readonly heldBy: readonly StackFrame[];
  /** Where the inner one was. */
  readonly frames: readonly StackFrame[];
  /** Names of all that was held, the outermost first. */
  readonly held: readonly string[];
}

/** An edge between two classes, with the instances between which it was seen. */
export interface TraceEdge {
  readonly from: string;
  readonly to: string;
  readonly count: number;
  /** Pairs of addresses, each once: the outer lock's and the inner one's. */
  readonly pairs: readonly (readonly [outer: string, inner: string])[];
  /** The most frequent first. */
  readonly witnesses: readonly TraceWitness[];
}

interface Growing {
  readonly from: string;
  readonly to: string;
  count: number;
  readonly pairs: Map<string, readonly [string, string]>;
  readonly witnesses: Map<string, TraceWitness & { count: number }>;
}

/** A class with its subclass, as lockdep prints it. */
export const classOf = ({ name, subclass }: HeldInTrace): string =>
  subclass === 0 ? name : `${name}/${String(subclass)}`;

/** Collects the edges of a trace. */
export class EdgeBook {
  readonly #edges = new Map<string, Growing>();

  /** Adds one occasion. */
  add(
    event: TraceEvent,
    outer: HeldInTrace,
    inner: HeldInTrace,
    held: readonly HeldInTrace[],
  ): void {
    const [from, to] = [classOf(outer), classOf(inner)];
    const key = `${from}\n${to}`;
    const edge: Growing = this.#edges.get(key) ?? {
      from,
      to,
      count: 0,
      pairs: new Map<string, readonly [string, string]>(),
      witnesses: new Map<string, TraceWitness & { count: number }>(),
    };
    this.#edges.set(key, edge);
    edge.count++;
    edge.pairs.set(`${outer.address} ${inner.address}`, [outer.address, inner.address]);
    const stacks = [outer.frames, inner.frames]
      .map((frames) => frames.map(({ symbol }) => symbol ?? "").join(" "))
      .join("\n");
    const witness = edge.witnesses.get(stacks);
    if (witness !== undefined) {
      witness.count++;
      return;
    }
    const { comm, pid, cpu, time } = event;
    edge.witnesses.set(stacks, {
      count: 1,
      comm,
      pid,
      cpu,
      time,
      heldBy: outer.frames,
      frames: inner.frames,
      held: held.map(classOf),
    });
  }

  /** Returns the edges in the order in which they were first seen. */
  edges(): readonly TraceEdge[] {
    return [...this.#edges.values()].map(({ from, to, count, pairs, witnesses }) => ({
      from,
      to,
      count,
      pairs: [...pairs.values()],
      witnesses: [...witnesses.values()].sort((a, b) => b.count - a.count),
    }));
  }
}

/** Which processes are stuck forever in one state, found from that state alone. */
import {
  type Model,
  type State,
  type Transition,
  enabled,
  evaluate,
  isAtEnd,
  takeStep,
} from "../../machine/index.js";
import { type Rounds, roundKinds, roundsOf } from "../analysis/rounds.js";

/** States looked at, at most: where devices are silent, the rest mostly comes to its end in far fewer. */
const mostStates = 20_000;

/** The processes that are stuck forever, by number; mostly none. */
export interface StuckForever {
  readonly property: "deadlock" | "livelock";
  readonly numbers: readonly number[];
}

/** Finds the processes that are stuck forever in states of one model. */
export class StuckFinder {
  /** @param rounds those of the model, if they are known */
  constructor(
    readonly model: Model,
    private readonly rounds: Rounds | null = roundsOf(model),
  ) {}

  /**
   * Returns the processes that are stuck in a state; null if the answer takes more states than allowed.
   *
   * @param devices whether those go on, too; if not, they are silent
   */
  find(state: State, most = mostStates, devices = false): StuckForever | null {
    return new Future(this.model, this.rounds, devices).stuckFrom(state, most);
  }

  /** Returns the processes that are stuck in this way. */
  numbers(property: StuckForever["property"], state: State): readonly number[] {
    const found = this.find(state);
    return found?.property === property ? found.numbers : [];
  }
}

/**
 * Returns the processes that are stuck whatever the others do, while devices are silent: their numbers in
 * `Model.processes`. They are not at an end and never move again; or, if nobody comes to rest so, they go
 * round forever with their IRQs off, or in a busy wait. Null if the answer takes more states than allowed.
 *
 * @param most how many states may be looked at
 * @example
 * const model = translate(abba());
 * const { schedule } = explore(abba()).violations.deadlock;
 * stuckIn(model, replay(model, schedule).final).length // 2
 */
export function stuckIn(model: Model, state: State, most = mostStates): readonly number[] | null {
  return new StuckFinder(model).find(state, most)?.numbers ?? null;
}

/** A state that can follow. */
interface Seen {
  readonly state: State;
  /** The processes that move in it or rest there at an end. */
  readonly live: Set<number>;
  /** Where the steps lead, by position. */
  readonly next: number[];
}

/** What can follow a state. */
class Future {
  private readonly seen: Seen[] = [];
  private readonly places = new Map<string, number>();
  private readonly resting = new Set<number>();
  private readonly round = new Set<number>();

  constructor(
    private readonly model: Model,
    private readonly rounds: Rounds | null,
    private readonly devices: boolean,
  ) {
    const { processes } = model;
    for (const [number, { kind }] of processes.entries()) {
      if (kind !== "device") this.resting.add(number);
    }
    for (const { number } of rounds?.going ?? []) this.round.add(number);
  }

  /** Looks at states, the newest first, until nobody can be stuck: mostly that is soon. */
  stuckFrom(state: State, most: number): StuckForever | null {
    const open = [this.place(state)];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      for (const next of this.look(at)) {
        const known = this.places.size;
        const to = this.place(next);
        this.seen[at]?.next.push(to);
        if (this.places.size > known) open.push(to);
      }
      if (this.resting.size === 0 && this.round.size === 0) return deadlock([]);
      if (this.places.size > most) return null;
    }
    if (this.resting.size > 0) return deadlock([...this.resting]);
    const numbers = [...this.round].filter((number) => this.alwaysMoves(number));
    const lockedUp = numbers.filter((number) => this.isOff(number, state));
    return lockedUp.length > 0 ? deadlock(lockedUp) : { property: "livelock", numbers };
  }

  private isOff(number: number, state: State): boolean {
    const off = this.rounds?.going.find((going) => going.number === number)?.off ?? null;
    return off !== null && evaluate(off, state) !== 0;
  }

  private place(state: State): number {
    const name = state.join();
    const known = this.places.get(name);
    if (known !== undefined) return known;
    const live = new Set<number>();
    this.places.set(name, this.seen.push({ state, live, next: [] }) - 1);
    return this.seen.length - 1;
  }

  /** The states that come next; notes which processes are not stuck. */
  private look(at: number): readonly State[] {
    const { model, resting, round } = this;
    const { state = [], live = new Set<number>() } = this.seen[at] ?? {};
    const add = (number: number): void => {
      live.add(number);
      resting.delete(number);
    };
    for (const [number, process] of model.processes.entries()) {
      if (process.kind === "device" || !isAtEnd(process, state)) continue;
      add(number);
      round.delete(number);
    }
    return enabled(model, state).flatMap((step): readonly State[] => {
      const isDevice = model.processes[step.process]?.kind === "device";
      if (isDevice) return this.devices ? [takeStep(model, state, step).state] : [];
      add(step.process);
      if (this.isProgress(step, state)) round.delete(step.process);
      return [takeStep(model, state, step).state];
    });
  }

  private isProgress({ id, process }: Transition, state: State): boolean {
    switch (this.rounds?.round[id]) {
      case roundKinds.busyWait:
        return false;
      case roundKinds.lockup:
        return !this.isOff(process, state);
      default:
        return true;
    }
  }

  /** Whether a process moves in every state or later: one that goes round, and does not come to rest. */
  private alwaysMoves(number: number): boolean {
    const moves = this.seen.map(({ live }) => live.has(number));
    for (let changed = true; changed;) {
      changed = false;
      for (const [at, { next }] of this.seen.entries()) {
        if (moves[at] === true || !next.some((to) => moves[to])) continue;
        moves[at] = true;
        changed = true;
      }
    }
    return moves.every((can) => can);
  }
}

const deadlock = (numbers: readonly number[]): StuckForever => ({ property: "deadlock", numbers });

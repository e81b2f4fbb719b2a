/** Who holds locks as a reader: the state only counts them, the steps tell them apart. */
import { instanceId, type LockKind } from "../../primitives/lock.js";
import type { Model } from "../../machine/index.js";
import type { ReplayStep } from "../../machine/run/replay.js";

/** One taking of a lock to read. */
interface Reading {
  /** The lock by the name that events have. */
  readonly id: string;
  /** `cpu0`, or the name of the task that reads, where the lock may be held while asleep. */
  readonly owner: string;
}

/** The readers in the course of a trace. */
export class Readers {
  private readings: readonly Reading[] = [];

  constructor(private readonly model: Model) {}

  /** Takes note of the next step of the trace. */
  follow({ transition, events }: ReplayStep): void {
    for (const [at, event] of events.entries()) {
      if (event.kind !== "locked" && event.kind !== "unlocked") continue;
      const fact = transition.facts[at]?.fact;
      const kind = fact !== undefined && "lock" in fact ? fact.lock.lock.kind : null;
      const reading = { id: event.map.id, owner: this.ownerOf(kind, event.cpu, event.task) };
      if (event.kind === "unlocked") this.leave(reading);
      else if (event.read > 0) this.readings = [...this.readings, reading];
    }
  }

  /** Who reads, as printed: `tasklist_lock read by cpu0`; who reads twice, twice. */
  get held(): readonly string[] {
    return this.readings.map(({ id, owner }) => `${this.nameOf(id)} read by ${owner}`);
  }

  /** Readers and writers exclude each other: where some read, it is a reader who leaves. */
  private leave({ id, owner }: Reading): void {
    const ofLock = this.readings.filter((reading) => reading.id === id);
    const left = ofLock.find((reading) => reading.owner === owner) ?? ofLock[0];
    this.readings = this.readings.filter((reading) => reading !== left);
  }

  private ownerOf(kind: LockKind | null, cpu: number, task: number): string {
    const { name } = this.model.processes[task] ?? {};
    return kind === "rwsem" && name !== undefined ? name : `cpu${String(cpu)}`;
  }

  /** The name that the lock has in the state: `lock[cpu0]` for `lock@0`. */
  private nameOf(id: string): string {
    const slot = this.model.slots.find(
      ({ variable, index }) =>
        variable !== null && variable.lock !== null && instanceId(variable.name, index) === id,
    );
    return slot?.name ?? id;
  }
}

/** Which steps of the processes some runs took, and where those lead that none took yet. */
import type { Model, Transition } from "../model/model.js";

/** What has been run of a model. The members of a set run one code: what one of them did is done. */
export class Coverage {
  private readonly open = new Map<string, Transition>();

  constructor(private readonly model: Model) {
    for (const step of model.transitions) {
      // Lockdep hears nothing of devices.
      if (model.processes[step.process]?.kind === "device") continue;
      const code = this.codeOf(step);
      if (!this.open.has(code)) this.open.set(code, step);
    }
  }

  /** Notes a run. */
  add(schedule: readonly number[]): void {
    for (const id of schedule) {
      const step = this.model.transitions[id];
      if (step !== undefined) this.open.delete(this.codeOf(step));
    }
  }

  /** Whether the code of a step has been run; nothing is asked of a device's. */
  has(step: Transition): boolean {
    return !this.open.has(this.codeOf(step));
  }

  /** The steps that never ran, each of a code once. */
  get missing(): readonly Transition[] {
    return [...this.open.values()];
  }

  /**
   * Returns a rank for each step, from 0 to below 1: the less, the fewer steps are between it and one that never
   * ran.
   */
  ranks(): (step: Transition) => number {
    const far = this.model.processes.map(({ leaving }) => this.distances(leaving));
    return (step) => {
      if (!this.has(step)) return 0;
      const after = far[step.process]?.get(step.to);
      return after === undefined ? 0.5 : 0.5 - 0.4 / (after + 1);
    };
  }

  /** For each location from which a process can come to a step that never ran: how many steps are between. */
  private distances(leaving: readonly (readonly Transition[])[]): ReadonlyMap<number, number> {
    const steps = leaving.flat();
    const far = new Map(steps.filter((s) => !this.has(s)).map(({ from }) => [from, 0]));
    for (const [at, distance] of far) {
      for (const { from, to } of steps)
        if (to === at && !far.has(from)) far.set(from, distance + 1);
    }
    return far;
  }

  private codeOf({ process, edge }: Transition): string {
    return `${String(this.model.processes[process]?.declared ?? -1)} ${String(edge)}`;
  }
}

/** What every builder of programs starts from. */
import type { SomeParts, SplatReport } from "../report/index.js";
import type { SplatEdge } from "../evidence/edges/edge.js";
import { LockTable } from "./locks.js";
import { PathWriter, plainly, takingOf } from "./path.js";
import type { Fidelity, SplatPath } from "./program.js";
import type { State } from "./usage.js";
import { statesOf, usagePath } from "./usage.js";

/** The paths of a program that is being built; each gets a task and a CPU of its own. */
export class ProgramBuilder {
  readonly table: LockTable;
  readonly paths: SplatPath[] = [];

  constructor(
    readonly report: SplatReport,
    readonly fidelity: Fidelity,
  ) {
    this.table = new LockTable(report, fidelity);
  }

  /** The writer of the next path. */
  writer(): PathWriter {
    return new PathWriter(this.paths.length);
  }

  /** Adds a path. */
  push(path: SplatPath | null): void {
    if (path !== null && path.events.length > 0) this.paths.push(path);
  }

  /**
   * Gives classes the usage that the report shows for them.
   *
   * @param skip states that a path of its own brings about, by class
   */
  usages(names: readonly string[], skip: (name: string) => readonly State[] = () => []): void {
    if (!this.fidelity.usage) return;
    for (const name of new Set(names)) {
      const lock = this.table.class(name);
      const left = skip(name);
      const states = statesOf(lock.usage, this.report.kernel?.version ?? null).filter(
        (state) => !left.some((other) => same(state, other)),
      );
      this.push(usagePath(this.paths.length, lock, states));
    }
  }

  /**
   * A path on which an edge is learnt, or closes a circle: `from`, then `to`, with interrupts off so
   * that nothing but the edge is learnt.
   */
  edge(edge: SplatEdge): void {
    const from = this.table.class(edge.from);
    const to = this.table.class(edge.to, edge.from === edge.to ? 1 : 0);
    const taking = takingOf(edge.frames, this.fidelity.readers);
    const outer = plainly(taking.stack.slice(-1));
    const writer = this.writer();
    writer.add({ kind: "hardirqs", on: false }, outer.stack);
    writer.take(from, edge.learnt === "now" ? this.holding(outer.stack) : outer);
    writer.take(to, taking);
    writer.drop(to).drop(from).add({ kind: "hardirqs", on: true });
    this.push(
      writer.path(`${edge.from}, then ${edge.to}`, edge.learnt === "now" ? "now" : "learnt"),
    );
  }

  private holding(stack: readonly string[]): ReturnType<typeof plainly> {
    const { holding }: SomeParts = this.report;
    const symbol = holding?.at?.symbol;
    return plainly(symbol == null ? stack : [symbol]);
  }
}

const same = (a: State, b: State): boolean =>
  a.context === b.context && a.used === b.used && a.read === b.read;

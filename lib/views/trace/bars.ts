/**
 * A trace cut into bars: for each CPU what ran from when to when, with IRQs off or on, which locks it
 * held, and what it waited for. Both forms of the timeline are drawn from these.
 */
import type { Context } from "./followed.js";
import type { CpuView, Trace, TraceState } from "./trace.js";

/** A bar over the columns from `from` up to, not including, `to`; column k shows step k's outcome. */
export interface Bar {
  readonly from: number;
  readonly to: number;
}

/** The process that ran. */
export interface RunBar extends Bar {
  readonly running: string;
  readonly context: Context;
}

/** A lock that was held, on one of the rows that keep such bars apart. */
export interface HeldBar extends Bar {
  readonly lock: string;
  readonly row: number;
}

/** Something that was waited for; `lock` is null if it was no lock. */
export interface WaitBar extends Bar {
  readonly lock: string | null;
  readonly text: string;
}

/** Handlers that waited to begin. */
export interface PendingBar extends Bar {
  readonly text: string;
}

/** One CPU's bars. */
export interface Lane {
  readonly cpu: number;
  readonly runs: readonly RunBar[];
  readonly irqsOff: readonly Bar[];
  readonly held: readonly HeldBar[];
  readonly waits: readonly WaitBar[];
  /** While handlers are raised that have not begun. */
  readonly pending: readonly PendingBar[];
  /** How many rows the held locks need, 1 at least. */
  readonly rows: number;
}

/** Returns the lanes of a trace, one for each CPU. */
export function lanesOf(trace: Trace): readonly Lane[] {
  const states = [trace.start, ...trace.steps.map((step) => step.after)];
  return trace.start.cpus.map((_, cpu) => laneOf(states, cpu));
}

function laneOf(states: readonly TraceState[], cpu: number): Lane {
  const views = states.flatMap((state) => state.cpus[cpu] ?? []);
  const held = heldBars(views);
  return {
    cpu,
    runs: runs(views, (v) => `${v.context} ${v.running}`).map(({ from, to, first }) => ({
      from,
      to,
      running: first.running,
      context: first.context,
    })),
    irqsOff: runs(views, (v) => (v.irqsOn ? null : "off")).map(({ from, to }) => ({ from, to })),
    held,
    waits: runs(views, waitKey).map(({ from, to, first }) => ({
      from,
      to,
      lock: first.waits?.lock ?? null,
      text: first.waits?.text ?? "",
    })),
    pending: runs(views, (v) => (v.pending.length === 0 ? null : v.pending.join(", "))).map(
      ({ from, to, first }) => ({ from, to, text: first.pending.join(", ") }),
    ),
    rows: Math.max(1, ...held.map((bar) => bar.row + 1)),
  };
}

function waitKey(view: CpuView): string | null {
  return view.waits === null ? null : `${view.running} ${view.waits.lock ?? ""} ${view.waits.text}`;
}

/** Returns the stretches over which a key stays the same, those with a null key left out. */
function runs(
  views: readonly CpuView[],
  key: (view: CpuView) => string | null,
): readonly (Bar & { readonly first: CpuView })[] {
  const found: { from: number; to: number; first: CpuView; key: string | null }[] = [];
  for (const [i, view] of views.entries()) {
    const last = found.at(-1);
    const own = key(view);
    if (last?.key === own) last.to = i + 1;
    else found.push({ from: i, to: i + 1, first: view, key: own });
  }
  return found.filter((run) => run.key !== null);
}

function heldBars(views: readonly CpuView[]): readonly HeldBar[] {
  const open = new Map<string, { from: number; row: number }>();
  const done: HeldBar[] = [];
  for (const [i, view] of views.entries()) {
    const now = new Set(view.held.map((lock) => lock.id));
    for (const [lock, { from, row }] of open) {
      if (now.has(lock)) continue;
      open.delete(lock);
      done.push({ lock, from, to: i, row });
    }
    for (const lock of now) {
      if (open.has(lock)) continue;
      const used = new Set([...open.values()].map((bar) => bar.row));
      let row = 0;
      while (used.has(row)) row++;
      open.set(lock, { from: i, row });
    }
  }
  for (const [lock, { from, row }] of open) done.push({ lock, from, to: views.length, row });
  return done.sort((a, b) => a.from - b.from || a.row - b.row);
}

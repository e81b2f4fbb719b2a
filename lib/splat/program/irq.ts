/** Programs of the reports on interrupts: inconsistent state, inversion, safe to unsafe. */
import { direct } from "../evidence/edges/edge.js";
import { edgesOf } from "../evidence/edges/edges.js";
import { foldStack } from "../stacks/fold-stack.js";
import type {
  InconsistentSplat,
  InversionSplat,
  SafeUnsafeSplat,
  StackFrame,
} from "../report/index.js";
import type { ProgramBuilder } from "./build.js";
import { takingOf } from "./path.js";
import type { SplatPath } from "./program.js";
import type { State } from "./usage.js";
import { readState, restore, stateOfClass, takeInState } from "./usage.js";

const noState = (printed: string): string => `the lab has no context for ${printed}`;

function statePath(
  builder: ProgramBuilder,
  name: string,
  state: State,
  frames: readonly StackFrame[],
  when: SplatPath["when"],
): void {
  const lock = builder.table.class(name);
  const { acquire, functions } = foldStack(frames);
  const stack = acquire === null ? functions : [acquire, ...functions];
  const writer = builder.writer();
  takeInState(writer, lock, state, stack);
  restore(writer, state);
  const context = state.used ? `in a ${state.context}` : `with ${state.context}s on`;
  builder.push(writer.path(`${name} ${context}`, when));
}

/** Returns one lock, used in an interrupt and held with it enabled. */
export function buildInconsistent(
  builder: ProgramBuilder,
  { acquiring, usageFrom, usageTo, registered, backtrace }: InconsistentSplat,
): string | null {
  if (acquiring === null || usageFrom === null || usageTo === null) {
    return "the report does not say which lock was used in which two ways";
  }
  const before = readState(usageFrom);
  const now = readState(usageTo);
  if (before === null) return noState(usageFrom);
  if (now === null) return noState(usageTo);
  // The position of the contradiction shows both; the other characters are what it had beside.
  builder.usages([acquiring.name], () => [before, now, implied(before), implied(now)]);
  statePath(builder, acquiring.name, before, registered?.frames ?? [], "learnt");
  statePath(builder, acquiring.name, now, backtrace, "now");
  return null;
}

/** The read usage that goes with a write usage in the same place, and the other way round. */
const implied = (state: State): State => ({ ...state, read: !state.read });

/** Returns a path from one lock to another, and two usages that contradict each other across it. */
export function buildInversion(builder: ProgramBuilder, report: InversionSplat): string | null {
  const { acquiring, other, backtrace, usageBlocks } = report;
  if (acquiring === null || other === null) return "the report does not name both locks";
  const state = stateOfClass(other.cls, other.lock);
  if (state === null) return noState(other.cls);
  const now: State = { context: state.context, used: !state.used, read: readsNow(builder) };
  const edges = edgesOf(report);
  const names = [other.lock.name, acquiring.name, ...edges.map(({ to }) => to)];
  builder.usages(names, (name) => (name === acquiring.name ? [now] : []));
  for (const edge of edges) builder.edge(edge);
  const told = usageBlocks
    .find(({ lock }) => lock.name === other.lock.name)
    ?.states.find(({ state: printed }) => sameState(readState(printed), state));
  statePath(builder, other.lock.name, state, told?.frames ?? [], "learnt");
  statePath(builder, acquiring.name, now, backtrace, "now");
  return null;
}

/** Whether the task took the lock as a reader, as far as its stack shows. */
const readsNow = ({ report, fidelity }: ProgramBuilder): boolean =>
  takingOf(report.backtrace, fidelity.readers).read > 0;

const sameState = (a: State | null, b: State): boolean =>
  a !== null && a.context === b.context && a.used === b.used && a.read === b.read;

/** Returns a lock used in an interrupt, a lock held with it enabled, and the edge that connects them. */
export function buildSafeUnsafe(builder: ProgramBuilder, report: SafeUnsafeSplat): string | null {
  const { connectsSafe, connectsUnsafe, newDependency } = report;
  const acquiring = report.acquiring ?? newDependency?.to ?? null;
  const holding = report.holding ?? newDependency?.from ?? null;
  if (acquiring === null || holding === null) return "the report does not name both locks";
  const safe = connectsSafe ?? {
    lock: holding,
    cls: `${report.irqClass ?? ""}-safe`,
    frames: [],
  };
  const unsafe = connectsUnsafe ?? {
    lock: acquiring,
    cls: `${report.irqClass ?? ""}-unsafe`,
    frames: [],
  };
  const used = stateOfClass(safe.cls, safe.lock);
  const enabled = stateOfClass(unsafe.cls, unsafe.lock);
  if (used === null) return noState(safe.cls);
  if (enabled === null) return noState(unsafe.cls);
  const edges = edgesOf(report);
  statePath(builder, safe.lock.name, used, safe.frames, "learnt");
  statePath(builder, unsafe.lock.name, enabled, unsafe.frames, "learnt");
  builder.usages([
    ...edges.flatMap(({ from, to }) => [from, to]),
    safe.lock.name,
    unsafe.lock.name,
  ]);
  const earlier = edges.filter(({ learnt }) => learnt === "earlier");
  const connected = completed(report, safe.lock.name, unsafe.lock.name, earlier);
  for (const edge of connected) builder.edge(edge);
  for (const edge of edges.filter(({ learnt }) => learnt === "now")) builder.edge(edge);
  return null;
}

type Edges = ReturnType<typeof edgesOf>;

/** Where the paths were cut off, the shortest edges that connect the named locks. */
function completed(
  { acquiring, holding }: SafeUnsafeSplat,
  safe: string,
  unsafe: string,
  earlier: Edges,
): Edges {
  const extra: Edges[number][] = [];
  const link = (from: string, to: string): void => {
    const there =
      earlier.some((edge) => edge.from === from) && earlier.some((edge) => edge.to === to);
    if (from !== to && !there) extra.push(direct(from, to, "earlier", []));
  };
  link(safe, holding?.name ?? safe);
  link(acquiring?.name ?? unsafe, unsafe);
  return [...earlier, ...extra];
}

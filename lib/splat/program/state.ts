/** Programs of the reports on what a task holds when it should not: no edges are needed. */
import type {
  BadUnlockSplat,
  HeldFreedSplat,
  PlainSplat,
  SomeParts,
  WaitContextSplat,
} from "../report/index.js";
import type { ProgramBuilder } from "./build.js";
import { plainly, takingOf } from "./path.js";

/** Takes the locks of the list of held ones, outermost first; gives their classes. */
function takeHeld(builder: ProgramBuilder, writer: ReturnType<ProgramBuilder["writer"]>): void {
  const { held } = builder.report;
  const { acquiring }: SomeParts = builder.report;
  for (const [at, lock] of (held?.locks ?? []).entries()) {
    // A list printed while a lock is being taken may hold that one too.
    if (acquiring != null && lock.addr !== null && lock.addr === acquiring.addr) continue;
    const symbol = lock.at?.symbol ?? null;
    // How it came to be held is not told: as a trylock it adds no order that is not in the report.
    const taking = { ...plainly(symbol === null ? [] : [symbol]), trylock: true };
    writer.take(builder.table.class(lock.name, at + 1), taking);
  }
}

/** Returns a lock that may wait longer than its surroundings allow. */
export function buildWaitContext(
  builder: ProgramBuilder,
  { acquiring, backtrace, context }: WaitContextSplat,
): string | null {
  if (acquiring === null) return "the report does not name the lock";
  const writer = builder.writer();
  writer.add({ kind: "hardirqs", on: false });
  takeHeld(builder, writer);
  // A context as narrow as a raw spinlock's, and no lock that makes it so: an interrupt.
  if (context === "2:2" || context === "3:3") writer.add({ kind: "enter", context: "hardirq" });
  const lock = builder.table.class(acquiring.name);
  writer.take(lock, takingOf(backtrace, builder.fidelity.readers));
  builder.push(writer.path(`${acquiring.name} in this context`, "now"));
  return null;
}

/** Returns a release of what is not held. */
export function buildBadUnlock(
  builder: ProgramBuilder,
  { releasing }: BadUnlockSplat,
): string | null {
  const name = releasing?.name ?? null;
  if (name === null) return "the report does not name the lock";
  const writer = builder.writer();
  takeHeld(builder, writer);
  const lock = builder.table.class(name);
  writer.add({ kind: "init", map: lock.map }).drop(lock);
  builder.push(writer.path(`a release of ${name}`, "now"));
  return null;
}

/** Returns a lock that is held when its memory is freed. */
export function buildFreed(
  builder: ProgramBuilder,
  { heldInFreed }: HeldFreedSplat,
): string | null {
  const writer = builder.writer();
  if (heldInFreed === null) return "the report does not name the lock";
  const lock = builder.table.class(heldInFreed.name);
  writer.take(lock, plainly([heldInFreed.at?.symbol ?? "?"]));
  writer.add({ kind: "free", map: lock.map });
  builder.push(writer.path(`the memory of ${heldInFreed.name} is freed`, "now"));
  return null;
}

/** Returns locks that are held when the task leaves the kernel, or ends. */
export function buildLeak(builder: ProgramBuilder, { kind, held }: PlainSplat): string | null {
  const writer = builder.writer();
  if (held === null || held.locks.length === 0) return "the report lists no held lock";
  takeHeld(builder, writer);
  writer.add({ kind: kind === "user-space" ? "return_to_user" : "task_exit" });
  builder.push(writer.path("what is held at the end", "now"));
  return null;
}

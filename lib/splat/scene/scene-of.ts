/** A report as a scene. */
import type {
  InconsistentSplat,
  InversionSplat,
  RecursiveSplat,
  SafeUnsafeSplat,
  SomeParts,
  SplatReport,
} from "../report/index.js";
import { sameInstance } from "../evidence/lock/address.js";
import { irqPath } from "../evidence/irq/irq-path.js";
import { SceneBuilder } from "./builder.js";
import { circleScene } from "./circle-scene.js";
import type { Scene, SceneHandler } from "./scene.js";

/**
 * Returns a report as a scene, or null where it does not tell which lock is taken under which.
 *
 * @example
 * const [report] = readSplats(kvmPiReport);
 * sceneOf(report).threads.length // 3
 */
export function sceneOf(report: SplatReport): Scene | null {
  const builder = new SceneBuilder(report);
  switch (report.kind) {
    case "circular":
      return circleScene(builder);
    case "recursive":
      return twice(builder, report);
    case "inconsistent":
      return interrupted(builder, report);
    case "irq-inversion":
    case "irq-safe-unsafe":
      return inverted(builder, report);
    default:
      return null;
  }
}

/** Returns one class twice: the same lock by its address, or two that nothing orders. */
function twice(builder: SceneBuilder, { acquiring, holding }: RecursiveSplat): Scene | null {
  if (acquiring === null || holding === null) return null;
  const { name } = acquiring;
  const outer = builder.lock(name, 0);
  const same = sameInstance(acquiring, holding);
  const { reads } = builder;
  if (same === "same") {
    const itself = builder.thread("this_task", 0, builder.nest([outer, outer], [], reads));
    const writers = builder.writersOf([outer], 1);
    return builder.scene([itself, ...writers], [], {
      lockFor: "address",
      writers: writers.map(({ name: of }) => of),
    });
  }
  // A name alone, or an address that is hidden, does not say that it is one lock: a premise does.
  const inner = builder.lock(name, 1);
  const threads = [
    builder.thread("this_task", 0, builder.nest([outer, inner], [], reads)),
    builder.thread("the_other_order", 1, builder.nest([inner, outer], [], reads)),
  ];
  const writers = builder.writersOf([outer, inner], threads.length);
  return builder.scene([...threads, ...writers], [], {
    nested: { outer, inner, areTwo: same === "different" },
    writers: writers.map(({ name: of }) => of),
  });
}

/** Returns a task that holds the lock with the interrupt on, and the interrupt. */
function interrupted(
  builder: SceneBuilder,
  { acquiring, usageFrom, usageTo }: InconsistentSplat,
): Scene | null {
  const used = [usageFrom, usageTo].find((state) => (state ?? "").startsWith("IN-"));
  const context = contextOf(used ?? null);
  if (acquiring === null || context === null) return null;
  const take = builder.nest([builder.lock(acquiring.name, 0, true)]);
  return builder.scene([builder.thread("task", 0, take)], [builder.handler(context, take)]);
}

/** The interrupt takes the safe lock; its holder waits for the one that it interrupted. */
function inverted(builder: SceneBuilder, report: InversionSplat | SafeUnsafeSplat): Scene | null {
  const { acquiring, irqClass } = report;
  const { connectsSafe, connectsUnsafe, other }: SomeParts = report;
  const took = other?.direction === "took";
  const safe = connectsSafe?.lock.name ?? (took ? acquiring?.name : other?.lock.name);
  const unsafe = connectsUnsafe?.lock.name ?? (took ? other.lock.name : acquiring?.name);
  const context = contextOf(irqClass);
  if (safe === undefined || unsafe === undefined || context === null) return null;
  const { edges, ends } = builder.kinds.evidence;
  const known = ends === null ? edges : irqPath(edges, ends);
  const path = known.length > 0 ? known : [{ from: safe, to: unsafe }];
  const chains = path.map(({ from, to }, at) => {
    const steps = builder.nest([builder.lock(from, 0, true), builder.lock(to, 0, true)]);
    return builder.thread(`path_${at + 1}`, at + 1, [
      { op: "irq-off" },
      ...steps,
      { op: "irq-on" },
    ]);
  });
  const task = builder.thread("task", 0, builder.nest([builder.lock(unsafe, 0, true)]));
  const handler = builder.handler(context, builder.nest([builder.lock(safe, 0, true)]));
  return builder.scene([task, ...chains], [handler]);
}

function contextOf(words: string | null): SceneHandler["context"] | null {
  if (words === null) return null;
  return /HARDIRQ/i.test(words) ? "hardirq" : /SOFTIRQ/i.test(words) ? "softirq" : null;
}

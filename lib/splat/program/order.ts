/** Programs of the reports on orders: circular and recursive. */
import { edgesOf } from "../evidence/edges/edges.js";
import type { CircularSplat, RecursiveSplat } from "../report/index.js";
import type { ProgramBuilder } from "./build.js";
import { plainly, takingOf } from "./path.js";

/** Returns a circle: every edge on a path of its own, the new one last. */
export function buildCircular(builder: ProgramBuilder, report: CircularSplat): string | null {
  const edges = edgesOf(report);
  const now = edges.filter(({ learnt }) => learnt === "now");
  if (now.length === 0) return "the report does not say which lock was taken under which";
  if (edges.length < 2) return "the report names no dependency that was there before";
  builder.usages(edges.map(({ from }) => from));
  for (const edge of edges) builder.edge(edge);
  return null;
}

/** The same class twice on one path, each time another lock of it. */
export function buildRecursive(
  builder: ProgramBuilder,
  { acquiring, holding, backtrace }: RecursiveSplat,
): string | null {
  if (acquiring === null || holding === null) return "the report does not name both locks";
  const name = acquiring.name;
  // The same lock if the addresses say so: then it is no nesting but a deadlock for sure.
  const own = acquiring.addr !== null && acquiring.addr === holding.addr;
  builder.usages([name]);
  const outer = builder.table.class(holding.name);
  const inner = own ? builder.table.class(name) : builder.table.class(name, 1);
  const at = holding.at?.symbol ?? null;
  const writer = builder.writer();
  writer.add({ kind: "hardirqs", on: false });
  writer.take(outer, plainly(at === null ? [] : [at]));
  writer.take(inner, takingOf(backtrace, builder.fidelity.readers));
  writer.drop(inner).drop(outer).add({ kind: "hardirqs", on: true });
  builder.push(writer.path(`${name} under ${holding.name}`, "now"));
  return null;
}

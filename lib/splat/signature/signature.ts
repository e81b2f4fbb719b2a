/** One name for one fault: the same from whichever end a circle was reported, in every boot. */
import { evidenceOf, type Evidence } from "../evidence/evidence.js";
import { irqPath } from "../evidence/irq/irq-path.js";
import { narrowestHeld } from "../evidence/lock/narrowest.js";
import type { SplatReport } from "../report/index.js";
import { plainName } from "../stacks/functions.js";
import { ownerOf } from "../stacks/owner.js";
import { pathForm } from "./circle-form.js";
import { classNameOf } from "./class-name.js";
import { named, wholeCircle, type Signature } from "./named.js";

/**
 * Returns the canonical signature of a report. A circle has one, whichever edge closed it; a lock
 * that is taken in an interrupt, and leads to one that is held with it on, has one, whether the
 * usage or the edge came last.
 *
 * @param report a report as read
 * @example
 * const [report] = readSplats(kvmPiReport);
 * signatureOf(report).text.split(" -> ").length // 4
 */
export function signatureOf(report: SplatReport): Signature {
  const evidence = evidenceOf(report);
  switch (report.kind) {
    case "circular":
      return ofCircle(evidence);
    case "recursive":
      return of("again", [classes(evidence.holding?.name), classes(evidence.wanted?.name)]);
    case "inconsistent":
    case "irq-inversion":
    case "irq-safe-unsafe":
      return ofInterrupt(evidence);
    case "wait-context": {
      const under = narrowestHeld(report, evidence.wanted)?.name ?? `{${report.context ?? "?"}}`;
      return of("wait", [classes(under), classes(evidence.wanted?.name)]);
    }
    case "rcu-usage":
      return of("rcu", [file(report.rcu?.file), place(report)]);
    case "bad-unlock":
      return of("unlock", [classes(report.releasing?.name), place(report)]);
    case "held-freed":
      return of("freed", [classes(report.heldInFreed?.name), place(report)]);
    case "nested-not-taken":
      return of("nest", [classes(evidence.wanted?.name), place(report)]);
    case "user-space":
    case "still-held":
    case "wq-leaked-lock":
      return of(
        "left",
        (report.held?.locks ?? []).map(({ name }) => classes(name)).concat(takers(report)),
      );
    case "debug-locks-warn":
    case "lock-debug":
    case "warn":
      return of("warning", [
        file(report.warnAt),
        report.condition ?? report.headline,
        place(report),
      ]);
    case "non-static-key":
    case "limit":
    case "bfs-error":
    case "invalid-subclass":
    case "bad-contention":
      return of(report.kind, [place(report)]);
  }
}

const unknown = "?";

const classes = (name: string | null | undefined): string =>
  name == null ? unknown : classNameOf(name);

/** A file without the line, which moves from version to version. */
const file = (at: string | null | undefined): string => at?.replace(/:\d+$/, "") ?? unknown;

const place = ({ backtrace }: SplatReport): string => ownerOf(backtrace)?.name ?? unknown;

const takers = ({ held }: SplatReport): readonly string[] =>
  (held?.locks ?? []).flatMap(({ at, inlinedIn }) => {
    const symbol = inlinedIn.at(-1)?.symbol ?? at?.symbol ?? null;
    return symbol === null ? [] : [plainName(symbol)];
  });

function of(shape: string, parts: readonly string[]): Signature {
  const text = parts.join(", ");
  return { ...named(shape, text), whole: !parts.includes(unknown), edges: [], size: 1 };
}

function ofCircle({ edges }: Evidence): Signature {
  if (edges.length === 0) return { ...named("circle", unknown), whole: false, edges: [], size: 0 };
  const whole = edges.every(({ gap }) => gap === null);
  const names = edges.map(({ from }) => from);
  const more = edges.reduce((sum, { gap }) => sum + (gap?.least ?? 0), 0);
  if (!whole) {
    const shown = edges.map(({ from, to, gap }) => arrow(from, to, gap !== null)).sort();
    return {
      ...named("part", shown.join("; ")),
      whole,
      edges: edges.filter(({ gap }) => gap === null).map(({ from, to }) => arrow(from, to)),
      size: names.length + more,
    };
  }
  return wholeCircle(names);
}

const arrow = (from: string, to: string, gap = false): string =>
  `${classNameOf(from)} ${gap ? "... " : ""}-> ${classNameOf(to)}`;

function ofInterrupt({ report, ends, edges }: Evidence): Signature {
  if (ends === null) {
    return {
      ...named("part", `${report.headline}, ${place(report)}`),
      whole: false,
      edges: [],
      size: 0,
    };
  }
  const way = irqPath(edges, ends);
  const whole = way.every(({ gap }) => gap === null);
  const path = pathForm([ends.safe.name, ...way.map(({ to }) => to)]);
  const steps = way.map(({ gap }, at) => `${gap === null ? "" : "... "}-> ${path[at + 1] ?? ""}`);
  return {
    ...named(ends.irq.replace(" ", "-"), [path[0] ?? unknown, ...steps].join(" ")),
    whole,
    edges: way.flatMap(({ gap }, at) =>
      gap === null ? [`${path[at] ?? ""} -> ${path[at + 1] ?? ""}`] : [],
    ),
    size: path.length,
  };
}

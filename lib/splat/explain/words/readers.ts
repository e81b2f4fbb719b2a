/** What it takes for readers to wait: for each other, or for who holds what writers take as well. */
import type { SplatEdge } from "../../evidence/edges/edge.js";
import type { Evidence } from "../../evidence/evidence.js";
import { hiddenWriterOf, readersOnly, readsOn } from "../../evidence/usage/reading.js";
import { code, inPlace } from "./words.js";

/** Returns what it takes for readers to wait for each other; nothing where there are none. */
export function writerNeeded(evidence: Evidence, names: readonly string[]): readonly string[] {
  return [...new Set(names)].flatMap((name) => {
    const readers = readersOnly(evidence.report, evidence.mentions, name);
    if (readers === "no") return writer(evidence, name);
    const seen =
      readers === "shown"
        ? "was only seen taken for reading"
        : "has usage characters of readers alone (a writer with interrupts off leaves none)";
    return [
      `${code(name)} ${seen}: a reader waits for a reader only if a writer queues between the two.`,
    ];
  });
}

/** Returns who writes what the usage characters show in the hands of readers alone. */
function writer({ report, mentions }: Evidence, name: string): readonly string[] {
  const frames = hiddenWriterOf(report, mentions, name);
  return frames === null
    ? []
    : [
        `${code(name)} was taken for writing as well, first${inPlace(frames) || " on a path that the report does not show"}, with interrupts off, so that no usage character tells of it: a writer can queue between two readers.`,
      ];
}

/** Returns what it takes for a reader to wait for a lock that writers take as well. */
export function readersWait(
  { report, mentions }: Evidence,
  edges: readonly SplatEdge[],
): readonly string[] {
  const read = edges
    .filter(({ frames, gap }) => gap === null && readsOn(frames))
    .map(({ to }) => to)
    .filter(
      (name) =>
        readersOnly(report, mentions, name) === "no" &&
        hiddenWriterOf(report, mentions, name) === null,
    );
  return [...new Set(read)].map(
    (name) =>
      `${code(name)} is waited for by a reader: who holds it must be a writer, or one must queue between the two.`,
  );
}

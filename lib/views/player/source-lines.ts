/** Which lines of the source a step player shows: a short text whole, of a long one what the trace comes by. */
import type { SourcePlace } from "../../machine/index.js";
import type { Trace } from "../trace/trace.js";

/** A line of the source; a gap stands for lines that are left out. */
export type ShownLine =
  | { readonly kind: "line"; readonly file: string; readonly line: number; readonly text: string }
  | { readonly kind: "file"; readonly file: string }
  | { readonly kind: "gap" };

/** A text of so many lines is shown whole. */
const mostWhole = 56;
/** Lines around one that a step comes from. */
const around = 2;

/** Returns the lines that are shown along a trace, the same for each of its steps. */
export function shownLines(trace: Trace): readonly ShownLine[] {
  const places = placesOf(trace);
  const files = trace.sources.filter(({ file }) => places.some((place) => place.file === file));
  return files.flatMap(({ file, text }): readonly ShownLine[] => {
    const lines = text.trimEnd().split("\n");
    const touched = places.filter((place) => place.file === file).map(({ line }) => line);
    const isShown = (line: number): boolean =>
      lines.length <= mostWhole || touched.some((at) => Math.abs(at - line) <= around);
    const head: readonly ShownLine[] = files.length > 1 ? [{ kind: "file", file }] : [];
    const shown = lines.flatMap((line, i): readonly ShownLine[] => {
      if (isShown(i + 1)) {
        return [{ kind: "line", file, line: i + 1, text: line.replaceAll("\t", "    ") }];
      }
      return i > 0 && isShown(i) ? [{ kind: "gap" }] : [];
    });
    return [...head, ...shown];
  });
}

/** So many lines are shown at once; of more, those around what is marked. */
const mostAtOnce = 60;
/** Returns of the lines that are shown along a trace those that are shown at one step: all, or so many near places. */
export function linesNear(
  lines: readonly ShownLine[],
  places: readonly SourcePlace[],
  near: number,
): readonly ShownLine[] {
  if (lines.length <= mostAtOnce) return lines;
  const isNear = (line: ShownLine): boolean =>
    line.kind !== "gap" &&
    places.some(
      (place) =>
        place.file === line.file &&
        (line.kind === "file" || Math.abs(place.line - line.line) <= near),
    );
  return lines.flatMap((line, i): readonly ShownLine[] => {
    if (isNear(line)) return [line];
    const before = lines[i - 1];
    return before !== undefined && isNear(before) ? [{ kind: "gap" }] : [];
  });
}

/** Every place that some step comes from, or that some CPU comes to. */
function placesOf({ start, steps }: Trace): readonly SourcePlace[] {
  const states = [start, ...steps.map(({ after }) => after)];
  const next = states.flatMap(({ cpus }) => cpus.flatMap(({ at }) => at ?? []));
  return [...next, ...steps.flatMap(({ at }) => at ?? [])];
}

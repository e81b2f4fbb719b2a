/** Which of what looks like a report a kernel has printed, of which kind it is, and what stands right before it. */
import type { RawLine } from "../input/raw.js";
import type { LearnedPrefix } from "../input/learned.js";
import { LineReader } from "../input/lines.js";
import { placeIn } from "../wording/warning-line.js";
import { warnings } from "./foreign.js";
import { type Segment, cpuLine, frameLike } from "./segment.js";

/** `DEBUG_LOCKS_WARN_ON()` is also used outside of lockdep; the warning's place tells. */
export function settled(segment: Segment): Segment {
  if (segment.headline.kind !== "debug-locks-warn") return segment;
  const texts = segment.lines.map(({ text }) => text);
  // A mailer wraps the line of a warning before its place.
  const whole = texts.map((text, at) =>
    /WARNING: .* at\s*$/.test(text) ? `${text.trimEnd()} ${texts[at + 1]?.trim() ?? ""}` : text,
  );
  const places = [...segment.lead, ...whole].map(placeIn);
  const file = places.find((name) => name !== null);
  // The magic of a lock is its own, also where the place was cut off.
  const ofLock = file == null && /\block->magic\b/.test(segment.headline.text);
  const own = (file == null && !ofLock) || /(?:^|\/)lockdep(?:_proc)?\.c:\d+$/.test(file ?? "");
  return own ? segment : { ...segment, headline: { ...segment.headline, kind: "lock-debug" } };
}

/**
 * Whether a segment is of what a kernel printed: the condition of a warning stands in code and in
 * prose too, and then no place, no CPU line and no stack is near.
 */
export function isPrinted({ headline, lead, lines }: Segment): boolean {
  if (!warnings.includes(headline.kind) || /^(?:\[ )?(?:WARNING|BUG): /.test(headline.text)) {
    return true;
  }
  if (headline.kind === "bfs-error") return true;
  const [first, ...rest] = lines;
  if (first?.tagged === true || rest.every(({ text }) => text.trim() === "")) return true;
  const near = [...lead, ...rest.slice(0, 11).map(({ text }) => text)];
  return near.some((text) => placeIn(text) !== null || cpuLine.test(text) || frameLike.test(text));
}

/** The lines of a warning before its headline: the message, or the kernel's own warning line. */
export function leadOf(
  before: readonly RawLine[],
  prefixes: readonly LearnedPrefix[],
  writer: string | null,
): readonly string[] {
  const reader = new LineReader(prefixes);
  const texts = before
    .flatMap((raw) => reader.read(raw))
    .filter((line) => line.writer === writer)
    .map(({ text }) => text.trim());
  const cut = texts.findLastIndex((text) => /^-+\[ cut here \]-+$/.test(text));
  return (cut < 0 ? texts.slice(-1) : texts.slice(cut + 1)).filter(
    (text) => text !== "" && (cut >= 0 || placeIn(text) !== null),
  );
}

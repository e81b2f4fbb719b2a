/**
 * A step player's pictures, packed: they share most of their elements, so each element is written
 * once and a picture is a list of numbers.
 */
/** One picture of a step player. */
export interface Frame {
  /** What happened in this step, in a line. */
  readonly title: string;
  readonly svg: string;
  /** The same for a page that is narrower than that. */
  readonly narrow?: string;
  /** The state after it, as plain text. */
  readonly text: string;
}

/** Frames as they travel. */
export interface PackedFrames {
  /** Pieces of SVG, each once. */
  readonly parts: readonly string[];
  readonly frames: readonly {
    readonly title: string;
    readonly text: string;
    /** Indices into `parts`, to be joined. */
    readonly svg: readonly number[];
    readonly narrow?: readonly number[];
  }[];
}

/** Returns the frames packed. */
export function packFrames(frames: readonly Frame[]): PackedFrames {
  const numbers = new Map<string, number>();
  const number = (part: string): number => {
    const known = numbers.get(part);
    if (known !== undefined) return known;
    numbers.set(part, numbers.size);
    return numbers.size - 1;
  };
  const parts = (svg: string): readonly number[] => svg.split(/(?=<)/).map(number);
  const packed = frames.map(({ title, text, svg, narrow }) => ({
    title,
    text,
    svg: parts(svg),
    ...(narrow === undefined ? {} : { narrow: parts(narrow) }),
  }));
  return { parts: [...numbers.keys()], frames: packed };
}

/** Returns frames from data, packed or with their pictures as text; none for another shape. */
export function unpackFrames(data: unknown): readonly Frame[] {
  const parts = field(data, "parts");
  const frames = field(data, "frames");
  if (!Array.isArray(frames)) return [];
  const part = (i: unknown): string =>
    Array.isArray(parts) && typeof i === "number" ? text(parts[i]) : "";
  const picture = (svg: unknown): string =>
    Array.isArray(svg) ? svg.map(part).join("") : text(svg);
  return frames.map((frame: unknown) => {
    const narrow = field(frame, "narrow");
    return {
      title: text(field(frame, "title")),
      text: text(field(frame, "text")),
      svg: picture(field(frame, "svg")),
      ...(narrow === undefined ? {} : { narrow: picture(narrow) }),
    };
  });
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");

function field(of: unknown, name: string): unknown {
  return typeof of === "object" && of !== null ? Reflect.get(of, name) : undefined;
}

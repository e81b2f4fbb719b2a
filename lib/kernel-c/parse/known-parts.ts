/** Parts of texts that were read lately: a patch changes one or two functions of a text, and the others are read once. */
import type { Span } from "../errors/index.js";
import type { CFunction, CMacro, MacroBody } from "./ast.js";
import type { MacroNames } from "./known-macros.js";
import type { Reader } from "./reader.js";

/** Several versions of the case have some hundred functions. */
const most = 1024;

/** What was made of parts of one kind, by where and how they stand. */
class Known<Part> {
  private readonly known = new Map<string, Part>();

  /** Returns a part as it was read before, or reads it; what has a fault is read again. */
  of<Made extends Part | null>(key: string, { faults }: Reader, read: () => Made): Part | Made {
    const known = this.known.get(key);
    if (known !== undefined) {
      this.known.delete(key);
      this.known.set(key, known);
      return known;
    }
    const before = faults.count;
    const made = read();
    if (made === null || faults.count > before) return made;
    this.known.set(key, made);
    const [oldest] = this.known.keys();
    if (this.known.size > most && oldest !== undefined) this.known.delete(oldest);
    return made;
  }
}

/** Parts of texts that are read with the same macros. */
export class KnownParts {
  private readonly functions = new Known<CFunction>();
  private readonly bodies = new Known<MacroBody>();

  constructor(readonly names: MacroNames) {}

  /** Returns a function that stands between two offsets. */
  function(reader: Reader, start: number, end: number, read: () => CFunction): CFunction {
    const at = reader.source.span(start, end);
    // What `#ifdef` leaves hangs on other lines.
    const isWhole = !reader.rewritten.code.slice(start, end).includes("#");
    return isWhole ? this.functions.of(keyOf(reader, at), reader, read) : read();
  }

  /** Returns what the body of a macro is. */
  body(reader: Reader, { bodyAt, body }: CMacro, read: () => MacroBody | null): MacroBody | null {
    return this.bodies.of(`${keyOf(reader, bodyAt)}\n${body}`, reader, read);
  }
}

/** What a part is made of: its place, its text, and what the known macros left of it. */
function keyOf({ source, rewritten }: Reader, { file, line, column, start, end }: Span): string {
  const where = [file, line, column, start].join(":");
  return [where, source.text.slice(start, end), rewritten.code.slice(start, end)].join("\n");
}

/**
 * Undoes the transfer encodings of raw mails: quoted-printable and base64, RFC 2045 section 6.
 *
 * Line by line and within a text that may hold several mails and much else, so that every line
 * keeps the number that it has in the file; a MIME parser gives one whole mail without them.
 */

/** A line of a text with its number, from 1; lines that were cut out of one have the same number. */
export interface NumberedLine {
  readonly number: number;
  readonly text: string;
}

type Encoding = "none" | "quoted-printable" | "base64";

const header = /^[>\s]*content-transfer-encoding:\s*(quoted-printable|base64)\s*$/i;
const boundaryOf = /\bboundary="?([^";\s]+)"?/i;
/** With what a mailbox of several mails begins each. */
const nextMail = /^From \S+ .*\d{4}$/;
/** The ruler of a report, encoded: `=` is what quoted-printable must escape. */
const encodedRuler = /^(?:=3D){4,}=?$/;

/** Returns the lines with the bodies of mails decoded; others as they are. */
export function* decodeMail(lines: Iterable<NumberedLine>): Generator<NumberedLine> {
  const boundaries = new Set<string>();
  let announced: Encoding = "none";
  let body: Encoding = "none";
  let packed: NumberedLine[] = [];
  const soft = new SoftLine();
  for (const line of lines) {
    const { text } = line;
    const delimiter = text.startsWith("--") && boundaries.has(text.replace(/^--|--$/g, ""));
    const ends = delimiter || nextMail.test(text);
    if (ends || (body === "base64" && !/^[A-Za-z0-9+/]*={0,2}$/.test(text))) {
      yield* soft.rest();
      yield* unpack(packed);
      [announced, body, packed] = ["none", "none", []];
    }
    if (body === "base64") {
      if (text !== "") packed.push(line);
      continue;
    }
    if (body === "none" && encodedRuler.test(text)) body = "quoted-printable";
    if (body === "quoted-printable") {
      yield* soft.add(line);
      continue;
    }
    const named = boundaryOf.exec(text)?.[1];
    if (named !== undefined) boundaries.add(named);
    const encoding = header.exec(text)?.[1]?.toLowerCase();
    if (encoding === "base64" || encoding === "quoted-printable") announced = encoding;
    else if (text.trim() === "") [body, announced] = [announced, "none"];
    yield line;
  }
  yield* soft.rest();
  yield* unpack(packed);
}

/** A quoted-printable line, of which `=` at the end says that it goes on in the next. */
class SoftLine {
  #number = 0;
  #text: string | null = null;

  *add({ number, text }: NumberedLine): Generator<NumberedLine> {
    const open = text.endsWith("=");
    if (this.#text === null) this.#number = number;
    this.#text = (this.#text ?? "") + (open ? text.slice(0, -1) : text);
    if (!open || this.#text.length > longestJoined) yield* this.rest();
  }

  *rest(): Generator<NumberedLine> {
    if (this.#text !== null) yield { number: this.#number, text: decodeQuoted(this.#text) };
    this.#text = null;
  }
}

/** Soft line breaks do not join more than so many characters: no line of a report is longer. */
const longestJoined = 100_000;

/** Returns a text with its quoted-printable characters decoded. */
export const decodeQuoted = (text: string): string =>
  text.replace(/(?:=[0-9A-Fa-f]{2})+/g, (run) => {
    const bytes = run.replace(/=/g, "%");
    try {
      return decodeURIComponent(bytes);
    } catch {
      // Not UTF-8: an older charset, of which a report needs ASCII and the no-break space.
      return bytes.replace(/%(..)/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
    }
  });

/** Every decoded line gets the number of the packed line in which it begins. */
function* unpack(packed: readonly NumberedLine[]): Generator<NumberedLine> {
  if (packed.length === 0) return;
  const whole = packed.map(({ text }) => text).join("");
  let binary: string;
  try {
    binary = atob(whole);
  } catch {
    yield* packed;
    return;
  }
  const bytes = Uint8Array.from(binary, (each) => each.charCodeAt(0));
  const ends: number[] = [];
  let end = 0;
  for (const { text } of packed) ends.push((end += (text.length * 3) / 4));
  let at = 0;
  let begun = 0;
  for (let byte = 0; byte <= bytes.length; byte++) {
    if (byte < bytes.length && bytes[byte] !== 10) continue;
    while (at < ends.length - 1 && (ends[at] ?? 0) <= begun) at++;
    const text = new TextDecoder().decode(bytes.subarray(begun, byte)).replace(/\r$/, "");
    yield { number: packed[at]?.number ?? 0, text };
    begun = byte + 1;
  }
}

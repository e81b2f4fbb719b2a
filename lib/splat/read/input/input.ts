/** A text as raw lines, after all has been undone that mailers, loggers and pages do to whole lines. */
import { withRealLineEnds } from "./escaped.js";
import { messagesOfJson } from "./json-log.js";
import { decodeMail } from "../../../primitives/mail.js";
import { withoutMarkup } from "./markup.js";
import { withoutSubject } from "./subject.js";
import { rawLines, type RawLine } from "./raw.js";
import { joinQuoted } from "./soft-break.js";
import { joinWrapped } from "./wrapped.js";

/** Returns the lines of a text; each keeps the number that it has in the text. */
export const inputLines = (text: string): Iterable<RawLine> =>
  joinWrapped(
    withRealLineEnds(
      withoutMarkup(messagesOfJson(joinQuoted(withoutSubject(decodeMail(rawLines(text)))))),
    ),
  );

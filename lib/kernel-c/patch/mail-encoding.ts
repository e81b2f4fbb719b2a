/** Mails as they are sent: parts in base64 or quoted-printable, as lists keep them. */

const encoding = /^content-transfer-encoding:\s*(base64|quoted-printable)\s*$/i;

/** Returns a text with each part of a mail as it reads that a header says is encoded; one without such headers as it is. */
export function decodedMail(text: string): string {
  const lines = text.replace(/\r\n/g, "\n").split("\n");
  const out: string[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    out.push(line);
    const how = encoding.exec(line)?.[1]?.toLowerCase();
    if (how === undefined) continue;
    const begin = lines.indexOf("", at);
    if (begin < 0) continue;
    const end = endOfPart(lines, begin + 1);
    const body = lines.slice(begin + 1, end);
    const read = how === "base64" ? fromBase64(body) : fromQuotedPrintable(body);
    if (read === null) continue;
    out.push(...lines.slice(at + 1, begin + 1), ...read.replace(/\r\n/g, "\n").split("\n"));
    at = end - 1;
  }
  return out.join("\n");
}

/** The line at which a part ends: a boundary, the next mail of several, or the end. */
function endOfPart(lines: readonly string[], from: number): number {
  const end = lines.findIndex(
    (line, at) => at >= from && /^--[^\s-]\S{5,}$|^From \S+ .*\d{4}$/.test(line),
  );
  return end < 0 ? lines.length : end;
}

const utf8 = (bytes: readonly number[]): string => new TextDecoder().decode(Uint8Array.from(bytes));

/** Null of what is not base64. */
function fromBase64(body: readonly string[]): string | null {
  const letters = body.join("").replace(/\s/g, "");
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(letters)) return null;
  return utf8(Array.from(atob(letters), (byte) => byte.charCodeAt(0)));
}

function fromQuotedPrintable(body: readonly string[]): string {
  const joined = body.join("\n").replace(/=[ \t]*\n/g, "");
  const parts = joined.split(/((?:=[0-9A-Fa-f]{2})+)/);
  return parts
    .map((part, at) => {
      if (at % 2 === 0) return part;
      const bytes = part.match(/[0-9A-Fa-f]{2}/g) ?? [];
      return utf8(bytes.map((byte) => parseInt(byte, 16)));
    })
    .join("");
}

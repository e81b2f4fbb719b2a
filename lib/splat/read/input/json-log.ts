/**
 * Takes the message out of log records that are JSON: `journalctl -o json`, containers, LAVA.
 *
 * A message is a text, or a list of bytes where the journal did not take it for one
 * (systemd.journal-fields, JSON format).
 */
import type { Rewrite } from "./raw.js";

/** The names that loggers give to the text of a record. */
const names = ["MESSAGE", "message", "msg", "log", "line", "text", "textPayload"] as const;

const separator = String.fromCharCode(30);

const pretty = /^\s*"(\w+)"\s*:\s*(.*?),?\s*$/;

/** Returns the lines with each JSON record replaced by its message. */
export const messagesOfJson: Rewrite = function* (lines) {
  let inRecord = false;
  for (const line of lines) {
    // `json-seq` begins each record with a separator of its own.
    const text = line.text.replace(separator, "").trim();
    const record = /^(?:data:\s*|-\s+|\[\s*)?(\{.*\}|\[\s*\{.*\}\s*\])[,\]]*$/.exec(text)?.[1];
    if (record !== undefined) {
      const said = messagesIn(record);
      if (said === null) yield line;
      else for (const each of said) yield { ...line, text: each };
      continue;
    }
    // `json-pretty` and the like: one field a line.
    if (/^[[{]$/.test(text)) inRecord = true;
    const field = inRecord ? pretty.exec(text) : null;
    const value = field === null ? null : parsed(field[2] ?? "");
    if (field === null || value === undefined) {
      if (inRecord && text !== "" && !/^[[{}\],]+$/.test(text)) inRecord = false;
      yield line;
    } else if (names.some((name) => name === field[1])) {
      for (const each of textLines(value) ?? []) yield { ...line, text: each };
    }
  }
};

/** The messages of one record or of a list of them; null where it is none of these. */
function messagesIn(json: string): readonly string[] | null {
  const value = parsed(json);
  const records: readonly unknown[] = Array.isArray(value) ? value : [value];
  const said = records.map((record) => {
    if (typeof record !== "object" || record === null) return null;
    const fields = new Map<string, unknown>(Object.entries(record));
    const name = names.find((each) => fields.has(each));
    return name === undefined ? null : textLines(fields.get(name));
  });
  return said.some((each) => each === null) ? null : said.flatMap((each) => each ?? []);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function textLines(value: unknown): readonly string[] | null {
  if (typeof value === "string") return value.replace(/\r?\n$/, "").split(/\r?\n/);
  if (!Array.isArray(value)) return null;
  const bytes = value.filter((each) => typeof each === "number");
  if (bytes.length !== value.length) return null;
  return new TextDecoder().decode(Uint8Array.from(bytes)).split("\n");
}

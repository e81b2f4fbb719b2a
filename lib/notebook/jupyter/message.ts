/**
 * Jupyter messages on the wire: the one place that signs, packs and reads them.
 *
 * Follows "The wire protocol" of https://jupyter-client.readthedocs.io/en/stable/messaging.html
 */
import { isRecord } from "../../primitives/record.js";
import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";

/** A JSON object whose members are still to be looked at. */
export type Fields = Readonly<Record<string, unknown>>;

/** The header of a message; `msg_type` says what the content is. */
export interface Header {
  readonly msg_id: string;
  readonly msg_type: string;
  readonly session: string;
  readonly username: string;
  readonly date: string;
  readonly version: string;
}

/** One message with the routing frames that stood before it. */
export interface Message {
  readonly identities: readonly Uint8Array[];
  readonly header: Header;
  /** The header of the message that this one answers; empty where it answers none. */
  readonly parent: Header | Fields;
  readonly metadata: Fields;
  readonly content: Fields;
}

const delimiter = Buffer.from("<IDS|MSG>");

/** Returns a header with a fresh id. */
export function newHeader(type: string, session: string): Header {
  return {
    msg_id: randomUUID(),
    msg_type: type,
    session,
    username: "lab",
    date: new Date().toISOString(),
    version: "5.3",
  };
}

function signature(key: string, parts: readonly Uint8Array[]): string {
  if (key === "") return "";
  const hash = createHmac("sha256", key);
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}

/** Returns the frames of a message, signed with the connection's key. */
export function encode(key: string, message: Message): Buffer[] {
  const parts = [message.header, message.parent, message.metadata, message.content].map((part) =>
    Buffer.from(JSON.stringify(part)),
  );
  return [
    ...message.identities.map((frame) => Buffer.from(frame)),
    delimiter,
    Buffer.from(signature(key, parts)),
    ...parts,
  ];
}

/**
 * Returns the message in some frames.
 *
 * @throws Error when the frames are no message or the signature is wrong
 */
export function decode(key: string, frames: readonly Uint8Array[]): Message {
  const at = frames.findIndex((frame) => delimiter.equals(frame));
  const [signed, ...parts] = at < 0 ? [] : frames.slice(at + 1, at + 6);
  if (signed === undefined || parts.length < 4) throw new Error("frames without a Jupyter message");
  const expected = Buffer.from(signature(key, parts));
  if (expected.length !== signed.length || !timingSafeEqual(expected, signed)) {
    throw new Error("a Jupyter message with a wrong signature");
  }
  const [header, parent, metadata, content] = parts.map((part) => fieldsIn(part));
  return {
    identities: frames.slice(0, at),
    header: headerIn(header ?? {}),
    parent: parent ?? {},
    metadata: metadata ?? {},
    content: content ?? {},
  };
}

function fieldsIn(part: Uint8Array): Fields {
  const value: unknown = JSON.parse(Buffer.from(part).toString("utf8"));
  return isRecord(value) ? value : {};
}

/** Returns a member that should be text, or the empty string. */
export function textIn(fields: Fields, name: string): string {
  const value = fields[name];
  return typeof value === "string" ? value : "";
}

function headerIn(fields: Fields): Header {
  return {
    msg_id: textIn(fields, "msg_id"),
    msg_type: textIn(fields, "msg_type"),
    session: textIn(fields, "session"),
    username: textIn(fields, "username"),
    date: textIn(fields, "date"),
    version: textIn(fields, "version"),
  };
}

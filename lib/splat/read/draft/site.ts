/** Reads places in the code: `sym+0x1/0x2 [mod]`, `[<ip>] sym+0x1/0x2`, `sym file.c:12 [inline]`. */
import type { StackFrame, CodeSite } from "../../report/index.js";
import type { Line } from "../input/line.js";

/** Since 4.16 PowerPC prints the address of a frame without angle brackets. */
const address = /^\[(?:<(?<ip>[0-9a-fx]+)>|[0-9a-f]{8,16})\](?:\s+|$)/;
const offsetPattern = /^(?<symbol>[\w.$@%:<>-]*?)\+(?<offset>0x[0-9a-f]+\/0x[0-9a-f]+)/;
const modulePattern = /\[([\w-]+)(?: [0-9a-f]{16,})?\]/;

/** Reads a printed place; never fails, what is not understood stays in `raw`. */
export function readSite(printed: string): CodeSite {
  // A patch that quotes a report marks the lines that a mailer wrapped as its own.
  const raw = printed.trim().replace(/^\+(?=[A-Za-z_][\w.]*\+0x)/, "");
  const found = address.exec(raw);
  const body = found === null ? raw : raw.slice(found[0].length);
  const inlined = body.endsWith(" [inline]");
  const plain = inlined ? body.slice(0, -" [inline]".length) : body;
  const located = offsetPattern.exec(plain)?.groups;
  const offset = located?.["offset"] ?? null;
  const word = /^[^\s(+]+/.exec(plain)?.[0] ?? null;
  const symbol = located?.["symbol"] ?? (word?.startsWith("0x") === true ? null : word);
  return {
    raw,
    ip: found?.groups?.["ip"] ?? null,
    symbol: symbol === "" ? null : symbol,
    offset,
    module: moduleOf(plain),
    location: locationOf(plain),
    inlined,
  };
}

function moduleOf(text: string): string | null {
  const bracketed = modulePattern.exec(text)?.[1];
  if (bracketed !== undefined) return bracketed;
  // decode_stacktrace.sh: `sym (file.c:12) mod`.
  return /\) (\w+)$/.exec(text)?.[1] ?? null;
}

function locationOf(text: string): string | null {
  return / \(?((?:[\w.+-]+\/)*[\w.+-]+\.(?:c|h|S|rs):\d+)/.exec(text)?.[1] ?? null;
}

/** Of several places in brackets, the innermost inlined function first, the last is the function's own. */
function ownPlace(text: string): string | null {
  const inside = /^[\w.$]+ \((.*)\)/.exec(text)?.[1] ?? "";
  const places = inside.match(/(?:[\w.+-]+\/)*[\w.+-]+\.(?:c|h|S|rs):\d+/g) ?? [];
  return places.length > 1 ? (places.at(-1) ?? null) : null;
}

const framePatterns: readonly RegExp[] = [
  /^\[<[0-9a-fx]+>\]\s*\S/,
  /^[\w.$@%:<>-]*\+0x[0-9a-f]+\/0x[0-9a-f]+/,
  /^[\w.$]+ [\w./+-]+\.(?:c|h|S|rs):\d+ \[inline\]$/,
  // What addr2line has no place for.
  /^[\w.$]+ \?\?:[\d?]+$/,
  // Who shortens a stack by hand leaves the function and its place.
  /^(?!(?:at|in|from|see|and|of|on|near)\b)[A-Za-z_][\w.$]* [\w+-]+\/[\w./+-]+\.(?:c|h|S|rs):\d+$/,
  /^[\w.$]+ \((?:\S+:[\d?]+)[^)]*.*\)(?: \w+)?$/,
  /^0x[0-9a-f]{1,16}$/,
  // Who shortens a stack by hand leaves the size of the function out.
  /^[A-Za-z_][\w.$]*\+0x[0-9a-f]+(?: \[[\w-]+\])?$/,
  /^\[[0-9a-f]{8,16}\] \[[0-9a-f]{8,16}\] \S/,
  /^[\w.$]+(?: \[\w+\])? from [\w.$]+\+0x/,
];

/** A function alone on its line: how the lab prints the stacks of its models. */
const symbolic = /^[A-Za-z_][\w.]*(?:\(\))?(?: \[[\w-]+\])?(?: \([CPL]+\))?$/;

/**
 * Returns a line of a stack, or null.
 *
 * @param bare whether a function's name alone may be a frame
 */
export function readFrame(line: Line, bare = false): StackFrame | null {
  let text = line.text.trim().replace(/^(?:<\/?\w+>\s+)+/, "");
  let unsure = text.startsWith("? ");
  if (unsure) text = text.slice(2).trimStart();
  // The innermost function of s390 is in brackets.
  text = text.replace(/^\((\[<[0-9a-fx]+>\] \S.*)\)$/, "$1");
  // Up to 4.9 the mark of a frame that was only found on the stack stands behind the address.
  const found = /^(\[<[0-9a-fx]+>\]) \? (.*)$/.exec(text);
  if (found !== null) {
    unsure = true;
    text = `${found[1] ?? ""} ${found[2] ?? ""}`;
  }
  // What a mailer broke off a line of ARM's; the next line names that function.
  if (/^[\w.$]*\+0x[0-9a-f]+\/0x[0-9a-f]+(?: \[\w+\])?\)$/.test(text)) return null;
  const arm =
    /^\[<[0-9a-f]+>\] \((?<own>[\w.]+)(?:\+0x[0-9a-f]+\/0x[0-9a-f]+)?(?: \[\w+\])?\) from \[</.exec(
      text,
    );
  if (arm?.groups?.["own"] !== undefined) {
    return { ...readSite(arm.groups["own"]), raw: text, line: line.number, unsure };
  }
  // The same with names alone, as who writes a commit message shortens it.
  const named =
    /^\(([\w.]+)\) from (?:\[<[0-9a-f]+>\] )?\([\w.]+(?:\+0x[0-9a-f]+\/0x[0-9a-f]+)?(?: \[\w+\])?\)$/.exec(
      text,
    )?.[1];
  if (named !== undefined) return { ...readSite(named), raw: text, line: line.number, unsure };
  const known = framePatterns.some((pattern) => pattern.test(text));
  if (!known && !(bare && symbolic.test(text))) return null;
  if (/^#\d+:|^->/.test(text)) return null;
  const site = readSite(text.replace(/^\[[0-9a-f]{8,16}\] (?=\[[0-9a-f]{8,16}\] )/, ""));
  return {
    ...site,
    location: ownPlace(text) ?? site.location,
    raw: text,
    line: line.number,
    unsure,
  };
}

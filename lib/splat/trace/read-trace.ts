/**
 * Reads `lock:*` events as `perf script`, `trace-cmd report` and ftrace's `trace` print them.
 *
 * The events are those of include/trace/events/lock.h: `%p %s%s%s` with `try ` and `read ` before
 * the name; interrupts are told by irq:*, irq_vectors:* and preemptirq:*, or by ftrace's flags.
 */
import { readFrame } from "../read/draft/site.js";
import type { StackFrame } from "../report/index.js";
import type { LockTrace, TraceEvent } from "./event.js";

const eventLine =
  /^\s*(?<comm>\S.*?)(?:-|\s+)(?<pid>\d+)(?:\/(?<tid>\d+))?\s+(?:\(\s*[-\d]+\)\s+)?\[(?<cpu>\d+)\]\s+(?:(?<flags>[.dDnNpPhHsSzZbBlL0-9a-f#*]{4,8})\s+)?(?<time>\d+\.\d+):\s+(?:(?<system>\w+):)?(?<event>\w+):\s*(?<rest>.*)$/;
const lockText = /^(?:0x)?(?<address>[0-9a-f]{4,16}|\(_*ptrval_*\)) (?<name>.+)$/;
const lostLine = /LOST (?:(\d+) )?(?:EVENTS|events)|lost (?:(\d+) )?events/;

/** Whether a text has lock events of a trace. */
export const isLockTrace = (text: string): boolean =>
  /^\s*\S.*?[-\s]\d+.*\[\d+\].*\d+\.\d+:\s+(?:lock:)?lock_(?:acquire|release):/m.test(text);

/**
 * Returns the events of a trace; the stacks that perf or the tracer printed below an event are its.
 *
 * @example
 * const text = " bash 7 [001] 1.000000: lock:lock_acquire: 0xffff8881 &a->lock\n";
 * readLockTrace(text).events[0].name // "&a->lock"
 */
export function readLockTrace(text: string): LockTrace {
  const events: TraceEvent[] = [];
  const lost: { line: number; count: number | null }[] = [];
  const unread: { line: number; text: string }[] = [];
  let frames: StackFrame[] = [];
  for (const [at, line] of text.split("\n").entries()) {
    const groups = eventLine.exec(line)?.groups;
    if (groups === undefined) {
      const gap = lostLine.exec(line);
      if (gap !== null) {
        const count = gap[1] ?? gap[2];
        lost.push({ line: at + 1, count: count === undefined ? null : Number(count) });
      } else {
        const frame = frameIn(line, at + 1);
        if (frame !== null) frames.push(frame);
      }
      continue;
    }
    // ftrace and trace-cmd print the stack as an event of its own, of the event before it.
    if (/^(?:kernel_stack|user_stack)$/.test(groups["event"] ?? "")) continue;
    frames = [];
    const made = eventOf(groups, at + 1, frames);
    if (made === null) continue;
    if (made === "unread") unread.push({ line: at + 1, text: line.trim() });
    else events.push(made);
  }
  return { events, lost, unread };
}

/** ` => f`, `=> f (ffffffff81)`, `ffffffff81 f+0x1 ([kernel.kallsyms])`, `ffffffff81 f ([...])`. */
function frameIn(line: string, number: number): StackFrame | null {
  const text = line.trim();
  const symbol =
    /^=> (?<symbol>[\w.$]+)/.exec(text)?.groups?.["symbol"] ??
    /^(?:0x)?[0-9a-f]{6,16} (?<symbol>[\w.$]+)(?:\+0x[0-9a-f]+)?(?: \(.*\))?$/.exec(text)?.groups?.[
      "symbol"
    ];
  if (symbol === undefined || symbol === "[unknown]") return null;
  const made = readFrame(
    {
      number,
      text: symbol,
      writer: null,
      tagged: false,
      learned: null,
      quotes: 0,
      joined: false,
      escaped: false,
    },
    true,
  );
  return made === null ? null : { ...made, raw: text };
}

type Groups = Readonly<Record<string, string | undefined>>;

function eventOf(
  groups: Groups,
  line: number,
  frames: readonly StackFrame[],
): TraceEvent | "unread" | null {
  const name = groups["event"] ?? "";
  const rest = (groups["rest"] ?? "").trim();
  const base = {
    line,
    comm: (groups["comm"] ?? "").trim(),
    pid: Number(groups["tid"] ?? groups["pid"]),
    cpu: Number(groups["cpu"]),
    time: groups["time"] ?? "",
    flags: groups["flags"] ?? null,
    frames,
  };
  if (name === "lock_acquire" || name === "lock_release") {
    const lock = lockText.exec(rest)?.groups;
    const address = lock?.["address"];
    const printed = lock?.["name"];
    if (address === undefined || printed === undefined) return "unread";
    if (name === "lock_release") return { ...base, kind: "release", address, name: printed };
    const [, tries, reads, plain = printed] = /^(try )?(read )?(.+)$/.exec(printed) ?? [];
    return {
      ...base,
      kind: "acquire",
      address,
      name: plain,
      trylock: tries !== undefined,
      read: reads !== undefined,
    };
  }
  if (name === "irq_enable" || name === "irq_disable") {
    return { ...base, kind: "irqs", on: name === "irq_enable" };
  }
  const context = name.startsWith("softirq_")
    ? "softirq"
    : name.startsWith("irq_handler_") || groups["system"] === "irq_vectors"
      ? "hardirq"
      : null;
  const side = /_(entry|exit)$/.exec(name)?.[1];
  if (context === null || side === undefined) return null;
  return { ...base, kind: side === "entry" ? "enter" : "exit", context };
}

/** Warnings about locks in sentences: which assertion failed, where, and who called. */
import type { StackFrame, WarningSplat } from "../../report/index.js";
import { plainName } from "../../stacks/functions.js";
import { code, noPath, pathOf } from "./words.js";

/** An assertion of include/linux/lockdep.h in words. */
export interface Assertion {
  /** Such as `lockdep_assert_held(&dev->lock)`. */
  readonly call: string;
  readonly mend: string;
}

/** Returns which `lockdep_assert_*()` a condition is of, or null. */
export function assertionIn(condition: string | null): Assertion | null {
  const either = eitherIn(condition ?? "");
  if (either !== null) return either;
  const held =
    /lock(?:dep)?_is_held(?:_type)?\((?:&\((?<map>.+)\)->dep_map|(?<lock>[^,)]+))(?:, ?\(?(?<read>-?\d)\)?)?\)(?: != (?<not>[01]|LOCK_STATE_\w+))?/.exec(
      condition ?? "",
    )?.groups;
  const lock = held?.["map"] ?? held?.["lock"];
  if (held !== undefined && lock !== undefined) {
    const not = held["not"];
    if (not === "1" || not === "LOCK_STATE_HELD") {
      return {
        call: `lockdep_assert_not_held(${lock})`,
        mend: `Release ${code(lock)} before the call, or call a variant that expects it held`,
      };
    }
    const how = held["read"] === "0" ? "_write" : held["read"] === "1" ? "_read" : "";
    const kind = how === "_write" ? " for writing" : how === "_read" ? " for reading" : "";
    return {
      call: `lockdep_assert_held${how}(${lock})`,
      mend: `Take ${code(lock)}${kind} round the call, on the path that has not`,
    };
  }
  const context = contexts.find(([pattern]) => pattern.test(condition ?? ""));
  if (context !== undefined) return { call: context[1], mend: context[2] };
  if (/hardirqs?_enabled/.test(condition ?? "")) {
    const off = /(?:!\(|&& )(?:this_cpu_read\()?\(?hardirqs?_enabled/.test(condition ?? "");
    return {
      call: off ? "lockdep_assert_irqs_disabled()" : "lockdep_assert_irqs_enabled()",
      mend: `Call it with hardirqs ${off ? "off" : "on"}`,
    };
  }
  if ((condition ?? "").includes("lockdep_depth")) {
    return { call: "lockdep_assert_none_held_once()", mend: "Call it with no lock held" };
  }
  return null;
}

/** `debug_locks && !(a || b)`: any of several is enough, as a reader of RCU or a lock. */
function eitherIn(condition: string): Assertion | null {
  const inside = /&& !\((.*)\)\s*$/.exec(condition)?.[1] ?? "";
  const parts = inside.split(" || ").map((part) => part.trim());
  if (parts.length < 2) return null;
  const plain = parts.map(plainTerm);
  const ways = parts.map((part, at) => {
    const [, lock] = /^lock(?:dep)?_is_held\w*\((.*?)(?:, -?\d)?\)$/.exec(plain[at] ?? "") ?? [];
    if (lock !== undefined) return `hold ${code(lock)}`;
    const reader = /^(\w*rcu_read_lock\w*?)_held\((.*)\)$/.exec(part);
    return reader === null
      ? `see that ${code(plain[at] ?? part)} is true`
      : `be within ${reader[1] ?? ""}(${reader[2] ?? ""})`;
  });
  return {
    call: `lockdep_assert(${plain.join(" || ")})`,
    mend: `One of these is enough, on the path that has none: ${ways.join(", or ")}`,
  };
}

/** `lock_is_held(&(&a)->dep_map)` as it stands in the source. */
const plainTerm = (part: string): string =>
  part.replace(/&\((.+?)\)->dep_map/g, "$1").replace(/ != 0$/, "");

/** What include/linux/lockdep.h asserts of the context, by the words of its conditions. */
const contexts: readonly (readonly [RegExp, string, string])[] = [
  [
    /preempt_count\(\) (?:!=|>) ?0/,
    "lockdep_assert_preemption_enabled()",
    "Call it with preemption and interrupts on",
  ],
  [
    /preempt_count\(\) == 0/,
    "lockdep_assert_preemption_disabled()",
    "Call it with preemption or interrupts off",
  ],
  [/!in_softirq\(\)/, "lockdep_assert_in_softirq()", "Call it in a softirq only"],
  [
    /!(?:this_cpu_read\()?\(?hardirq_context/,
    "lockdep_assert_in_irq()",
    "Call it in a hardirq only",
  ],
  [/hardirq_context/, "lockdep_assert_no_hardirq()", "Do not call it in a hardirq"],
];

/** Returns the stack beyond the function that warned; all of it where that is not on it, or alone. */
function callersOf(frames: readonly StackFrame[], warnIn: string | null): readonly StackFrame[] {
  const name = plainName(warnIn ?? "");
  const at = frames.findLastIndex(
    ({ symbol, unsure }) => !unsure && plainName(symbol ?? "") === name,
  );
  return at < 0 ? frames : frames.slice(at + 1);
}

/** Returns who failed a warning's condition, in a sentence, or null where that is not printed. */
export function warningSays(report: WarningSplat): readonly string[] {
  const { condition, warnAt, warnIn, backtrace, lead } = report;
  const assertion = report.kind === "warn" ? assertionIn(condition) : null;
  const place = warnIn === null ? "" : ` in ${code(warnIn)}`;
  const at = warnAt === null ? "" : ` (${warnAt})`;
  const callers = pathOf(callersOf(backtrace, warnIn));
  const path =
    callers === noPath ? "" : warnIn === null ? `, on ${callers}` : `, called from ${callers}`;
  const message = lead
    .filter((line) => !/^WARNING: |^DEBUG_LOCKS_WARN_ON/.test(line))
    .map((line) => `The kernel says: ${code(line.replace(/`/g, "'"))}.`);
  if (assertion !== null) {
    const without = assertion.call.includes("not_held") ? "with it" : "without it";
    return [
      `${code(assertion.call)} failed${place}${at}${path}${/^lockdep_assert_(?:not_)?held/.test(assertion.call) ? ` ${without}` : ""}.`,
      ...message,
    ];
  }
  const failed =
    condition === null || condition === "1"
      ? "A check failed"
      : `The check ${code(condition)} fired`;
  return [`${failed}${place}${at}${path}.`, ...message];
}

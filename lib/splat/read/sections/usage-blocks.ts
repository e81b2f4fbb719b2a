/**
 * The dependencies of an irq report: ` -> (name){usage} ops: N {`, usage states with their
 * stacks, `}`, the key, and where the next lock was acquired.
 *
 * Follows `print_shortest_lock_dependencies()` in kernel/locking/lockdep.c.
 */
import type { StackFrame, UsageBlock, UsageState } from "../../report/index.js";
import type { Draft, Section } from "../draft/draft.js";
import type { Line } from "../input/line.js";
import { beginsForeign } from "../segment/foreign.js";
import { readLock } from "../draft/lock.js";
import { readSite } from "../draft/site.js";
import { readStack } from "../draft/stack.js";

const state = /^(?<state>[A-Za-z][A-Za-z_-]*(?: READ)?(?: USE)?) +at:?(?<rest>.*)$/;
const key = /^(?:\.\.\. )?key +at: *(?<site>.*)$/;

/** One class with its usages. */
export const readUsageBlock: Section = (lines, at, draft) => {
  const head = lines[at];
  const printed = /^-> (\(.*)$/.exec(head?.text.trim() ?? "")?.[1];
  if (head === undefined || printed === undefined) return 0;
  const found = readLock(printed, head.number);
  const rest = /^(?:ops: (?<ops>[\dx]+) )?\{?$/.exec(found?.rest ?? "none");
  if (found === null || rest === null) return 0;
  const body = readBody(lines, at + 1, draft);
  const ops = rest.groups?.["ops"];
  const block: UsageBlock = {
    group: groupAbove(lines, at) ?? draft.usageBlocks.at(-1)?.group ?? "inversion",
    lock: found.lock,
    ops: ops === undefined ? null : Number(ops),
    states: body.states,
    key: body.key,
    acquiredAt: body.acquiredAt,
  };
  draft.usageBlocks.push(block);
  return body.next - at;
};

/** The heading stands right above the first block of a group. */
function groupAbove(lines: readonly Line[], at: number): UsageBlock["group"] | null {
  for (let above = at - 1; above >= Math.max(0, at - 4); above--) {
    const text = lines[above]?.text.trim() ?? "";
    if (text.endsWith("lock and the holding lock:")) return "safe";
    if (/^and \S+ lock:$|^the dependencies between the lock to be acquired/.test(text)) {
      return "unsafe";
    }
    if (text.startsWith("the shortest dependencies between")) return "inversion";
    if (text !== "") return null;
  }
  return null;
}

interface Body {
  readonly states: readonly UsageState[];
  readonly key: string | null;
  readonly acquiredAt: readonly StackFrame[];
  readonly next: number;
}

function readBody(lines: readonly Line[], from: number, draft: Draft): Body {
  const states: UsageState[] = [];
  let keySymbol: string | null = null;
  let acquiredAt: readonly StackFrame[] = [];
  let next = from;
  for (let strange = 0; next < lines.length && strange < 4;) {
    const text = lines[next]?.text.trim() ?? "";
    const found = state.exec(text)?.groups?.["state"];
    if (/^->|^the |^stack backtrace|^other info/.test(text)) break;
    if (beginsForeign(draft.kind, text)) break;
    if (text.startsWith("... acquired at:")) {
      const stack = readStack(lines, next + 1, draft);
      acquiredAt = stack.frames;
      next = Math.max(stack.next, next + 1);
      break;
    }
    const site = key.exec(text)?.groups?.["site"];
    if (site !== undefined) {
      keySymbol = readSite(site).symbol;
      next++;
    } else if (found !== undefined && isState(found)) {
      const stack = readStack(lines, next + 1, draft);
      states.push({ state: found, frames: stack.frames });
      next = Math.max(stack.next, next + 1);
    } else {
      strange = text === "" || text === "}" ? strange : strange + 1;
      if (text === "" && keySymbol !== null) break;
      next++;
    }
  }
  return { states, key: keySymbol, acquiredAt, next };
}

const isState = (name: string): boolean =>
  /^(?:INITIAL (?:READ )?USE|(?:IN-|in-)?[A-Za-z_]+(?:-ON|-on)?-[RWrw])$/.test(name);

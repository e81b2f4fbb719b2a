/** Single lines that say one thing each. */
import type { LeakedCounts } from "../../report/index.js";
import { warnings } from "../segment/foreign.js";
import type { Section } from "../draft/draft.js";
import { conditionIn, functionIn, placeIn } from "../wording/warning-line.js";

/** `preempt=0x00000000 lock=0->1 RCU=0->0 workfn=f`, of kernel/workqueue.c. */
function countsIn(text: string): LeakedCounts | null {
  const match = /^preempt=0x([0-9a-f]+) lock=(\d+)->(\d+) RCU=(\d+)->(\d+)/.exec(text);
  if (match === null) return null;
  const [, preempt = "", ...counts] = match;
  const [held = 0, left = 0, opened = 0, open = 0] = counts.map(Number);
  return { preempt: parseInt(preempt, 16), locks: [held, left], rcu: [opened, open] };
}

/** `*** DEADLOCK ***`, the nesting note, the last function of a work item, lockdep's warnings. */
export const readNote: Section = (lines, at, draft) => {
  const text = lines[at]?.text.trim() ?? "";
  if (text === "*** DEADLOCK ***") {
    draft.deadlockBanner = true;
    return 1;
  }
  if (text === "May be due to missing lock nesting notation") {
    draft.missingNestingNote = true;
    return 1;
  }
  const last = /^(?:last function: |preempt=.* workfn=)(\S.*)$/.exec(text)?.[1];
  if (last !== undefined) {
    draft.lastFunction ??= last.trim();
    draft.counts ??= countsIn(text);
    return 1;
  }
  if (warnings.includes(draft.kind) && /^WARNING: |^DEBUG_LOCKS_WARN_ON/.test(text)) {
    draft.warnAt ??= placeIn(text);
    draft.warnIn ??= functionIn(text);
    draft.condition ??= conditionIn(text);
    return 1;
  }
  return 0;
};

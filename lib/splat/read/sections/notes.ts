/** Single lines that say one thing each. */
import { warnings } from "../segment/foreign.js";
import type { Section } from "../draft/draft.js";
import { conditionIn, functionIn, placeIn } from "../wording/warning-line.js";

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

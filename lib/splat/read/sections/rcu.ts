/** The sentences of a suspicious RCU usage. */
import type { RcuFacts } from "../../report/index.js";
import type { Draft, Section } from "../draft/draft.js";

const none: RcuFacts = {
  file: null,
  lineNumber: null,
  what: null,
  schedulerActive: null,
  debugLocks: null,
  illegalFrom: null,
};

const merge = (draft: Draft, facts: Partial<RcuFacts>): void => {
  draft.rcu = { ...(draft.rcu ?? none), ...facts };
};

/** `file:line what!` and `rcu_scheduler_active = 2, debug_locks = 1`. */
export const readRcu: Section = (lines, at, draft) => {
  if (draft.kind !== "rcu-usage") return 0;
  const text = lines[at]?.text.trim() ?? "";
  const place = /^([\w./+-]+):(\d+) (\S.*!)$/.exec(text);
  if (place !== null && draft.rcu?.file == null) {
    merge(draft, {
      file: place[1] ?? null,
      lineNumber: Number(place[2]),
      what: place[3] ?? null,
    });
    return 1;
  }
  const from = /^RCU used illegally from (.+)!$/.exec(text)?.[1];
  if (from !== undefined) {
    merge(draft, { illegalFrom: from });
    return 1;
  }
  const state = /^rcu_scheduler_active = (\d+), debug_locks = (\d+)$/.exec(text);
  if (state === null) return 0;
  merge(draft, { schedulerActive: Number(state[1]), debugLocks: Number(state[2]) });
  return 1;
};

/** `inconsistent {A} -> {B} usage.`, `{A} state was registered at:` and the wait context. */
import type { Section } from "../draft/draft.js";
import { readStack } from "../draft/stack.js";

/** The two usages that contradict each other. */
export const readInconsistent: Section = (lines, at, draft) => {
  const match = /^inconsistent \{([\w -]+)\} -> \{([\w -]+)\} usage\.?$/.exec(
    lines[at]?.text.trim() ?? "",
  );
  if (match === null) return 0;
  draft.usageFrom = match[1] ?? null;
  draft.usageTo = match[2] ?? null;
  return 1;
};

/** Where the earlier usage was first seen. */
export const readRegistered: Section = (lines, at, draft) => {
  const state = /^\{([\w -]+)\} state was registered at:$/.exec(lines[at]?.text.trim() ?? "")?.[1];
  if (state === undefined) return 0;
  const { frames, next } = readStack(lines, at + 1, draft);
  draft.registered = { state, frames };
  return Math.max(next - at, 1);
};

/** `context-{4:4}`. */
export const readContext: Section = (lines, at, draft) => {
  const match = /^context-\{(\d+): ?(\d+)\}$/.exec(lines[at]?.text.trim() ?? "");
  if (match === null) return 0;
  draft.context = `${match[1] ?? ""}:${match[2] ?? ""}`;
  return 1;
};

/** `irq event stamp: 60`. */
export const readIrqStamp: Section = (lines, at, draft) => {
  const stamp = /^irq event stamp: (\d+)$/.exec(lines[at]?.text.trim() ?? "")?.[1];
  if (stamp === undefined) return 0;
  draft.irqEventStamp ??= Number(stamp);
  return 1;
};

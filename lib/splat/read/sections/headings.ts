/** Headings that stand alone: what they head is read by itself. */
import type { Section } from "../draft/draft.js";

/** `which lock already depends on the new lock.` and the heading of the chain. */
export const readOldOrder: Section = (lines, at) =>
  /^(?:which lock already depends on|the existing dependency chain)/.test(
    lines[at]?.text.trim() ?? "",
  )
    ? 1
    : 0;

/** The headings of the ways between the locks of an irq report. */
export const readPathHeading: Section = (lines, at) =>
  /^(?:the (?:shortest )?dependencies between|and \S+ lock:$)/.test(lines[at]?.text.trim() ?? "")
    ? 1
    : 0;

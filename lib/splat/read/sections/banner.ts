/** The line under the banner: `6.12.0 #1 Not tainted`. */
import type { Section } from "../draft/draft.js";

const version =
  /^(?<version>\d+\.\d+[\w.+~-]*)(?: (?<build>#\S+))?(?:\s+(?<taint>(?:Not tainted|Tainted:).*))?$/;
/** A kernel that was given a name for its version, as syzbot's. */
const name = /^(?<version>[a-z][\w.+~-]*) (?<build>#\d+)\s+(?<taint>(?:Not tainted|Tainted:).*)$/;

/** Taint flags are printed in fixed columns; the blanks between them say nothing. */
export const squeeze = (text: string): string => text.replace(/\s+/g, " ").trim();

/** Kernel, build and taint, as `print_kernel_ident()` prints them. */
export const readBanner: Section = (lines, at, draft) => {
  if (draft.kernel !== null || draft.task !== null) return 0;
  const text = lines[at]?.text.trim() ?? "";
  const groups = (version.exec(text) ?? name.exec(text))?.groups;
  const release = groups?.["version"];
  if (groups === undefined || release === undefined) return 0;
  if (groups["build"] === undefined && groups["taint"] === undefined) return 0;
  const taint = groups["taint"];
  draft.kernel = {
    version: release,
    build: groups["build"] ?? null,
    taint: taint === undefined ? null : squeeze(taint),
    from: "banner",
  };
  return 1;
};

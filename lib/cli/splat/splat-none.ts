/** Why a text has no report. */
import { otherPastes } from "../../splat/others/named.js";
import { unreadHeadlines } from "../../splat/read/read.js";
import { plainWarning } from "../../splat/others/plain-warning.js";
import { readTasks } from "../../splat/waits/read.js";

/** Returns what a text without a report seems to be, and what to give instead. */
export function whyNone(input: string): string {
  if (input.trim() === "") return "the input is empty; paste a kernel log or name a file";
  if (input.slice(0, 65536).includes("\0")) {
    return "no lockdep report, and it looks like a binary file; give the log as text";
  }
  const together =
    /^.*(?:WARNING|INFO|BUG): \S.*?(?:detected|lock state|RCU usage)!? \[\s*\+?\d+\.\d+\].*$/m.exec(
      input,
    );
  if (together !== null) {
    const line = input.slice(0, together.index).split("\n").length;
    return `no lockdep report was read: line ${line} has the headline of one, run together with the lines after it; give the log as it was written, each line on its own`;
  }
  const [other] = otherPastes(input);
  if (other !== undefined) {
    return `no lockdep report found; line ${other.line} is of ${other.what}: ${other.says}`;
  }
  const [unread] = unreadHeadlines(input);
  if (unread !== undefined) {
    return (
      `no lockdep report was read: line ${unread.line} has the headline of one behind ` +
      `\`${unread.before}\`, and the lines after it do not begin alike; ` +
      "give the log as it was written, or without what stands before each line"
    );
  }
  const warning = plainWarning(input);
  if (warning !== null) {
    return (
      `no lockdep report found; line ${warning.line} is a WARN() at ${warning.place}, which prints no ` +
      "condition: if a lockdep_assert_held() stands there, its lock was not held" +
      `${warning.path === "" ? "" : ` on ${warning.path}`}; look at the source`
    );
  }
  const end = readTasks(input).find(({ locks }) => locks.length > 0);
  if (end !== undefined) {
    const { comm, pid, locks, line } = end;
    const held = locks.map(({ name }) => `\`${name}\``).join(", ");
    return (
      `no lockdep report found; line ${line} is where a report, or a warning, lists what ` +
      `${comm}/${pid} holds (${held}): the lines before it, which say what is wrong, are missing`
    );
  }
  return (
    "no lockdep report found; one begins with a line such as " +
    "`WARNING: possible circular locking dependency detected`"
  );
}

/** Reports about sleeping functions, made of their lines. */
import { readOthers } from "../../../lib/splat/others/read-others.js";
import { otherText } from "../../../lib/splat/others/text.js";

export const said = (text: string): string =>
  readOthers(text)
    .map((other) => otherText(other).replace(/\s+/g, " "))
    .join("\n");

export const state = (atomic: number, off: number, count: string): readonly string[] => [
  `in_atomic(): ${atomic}, irqs_disabled(): ${off}, non_block: 0, pid: 41, name: foo worker`,
  `preempt_count: ${count}, expected: 0`,
];
export const headline =
  "BUG: sleeping function called from invalid context at kernel/locking/mutex.c:577";
export const stack = (...names: readonly string[]): readonly string[] => [
  "CPU: 1 UID: 0 PID: 41 Comm: foo worker Not tainted 6.16.0 #1 PREEMPT(full)",
  "Call Trace:",
  " <TASK>",
  ...["dump_stack_lvl", "__might_resched", ...names].map((name) => ` ${name}+0x1c/0x90`),
  " entry_SYSCALL_64_after_hwframe+0x77/0x7f",
  " </TASK>",
];
export const held = (lock: string, at: string): readonly string[] => [
  "1 lock held by foo worker/41:",
  ` #0: ffff888101234567 (${lock}){+.+.}-{3:3}, at: ${at}+0x40/0x80`,
];
export const text = (...lines: readonly string[]): string =>
  lines.map((line) => `[   12.345678][   T41] ${line}\n`).join("");

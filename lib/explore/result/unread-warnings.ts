/** Variables that are written and that nobody reads: mostly since JavaScript read them where the text was made. */
import type { Model } from "../../machine/index.js";

/** Returns a warning that names the variables which nobody reads; none where each is read. */
export function unreadWarnings({
  unread,
  scenario,
}: Pick<Model, "unread" | "scenario">): readonly string[] {
  // In C, `!x` is what it says.
  if (unread.length === 0 || scenario.sources !== undefined) return [];
  const [first = ""] = unread;
  return [
    `nobody reads ${unread.join(", ")}: \`${first} && x\`, \`!${first}\` and \`${first} ? x : y\` of JavaScript ` +
      `ask nothing of a state, where and(${first}, x), not(${first}) and cond(${first}, x, y) do`,
  ];
}

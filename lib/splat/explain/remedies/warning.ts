/** What a warning about locks means, and what to do: by the condition that it names. */
import type { WarningSplat } from "../../report/index.js";
import { ownerOf } from "../../stacks/owner.js";
import { sureNames } from "../../stacks/fold-stack.js";
import { conditionOf, type WarnedCondition } from "../suspects/conditions.js";
import { assertionIn } from "../words/warnings.js";
import { inPlace, code } from "../words/words.js";

/** Returns the meaning of a warning and its mend. */
export function warningMend(report: WarningSplat): readonly string[] {
  const { condition, backtrace, warnAt } = report;
  const here = inPlace(backtrace);
  const known = conditionOf(report);
  const asserted = report.kind === "warn" ? assertionIn(condition) : null;
  if (asserted !== null) {
    const caller = ownerOf(backtrace)?.name;
    return [
      `${asserted.mend}${caller === undefined ? "" : `: the caller is ${code(caller)}`}. If a lower function takes it by itself, the assertion belongs elsewhere.`,
    ];
  }
  return [
    ...(known === undefined
      ? []
      : [
          known.means,
          ...attributeMend(known, report),
          `${known.mend}${whence(known, here, report)}`,
        ]),
    ...(known !== undefined
      ? []
      : warnAt === null
        ? []
        : [`Read the assertion at ${warnAt}, and what called it${here}.`]),
  ];
}

/** Returns where a lock was used that fails its checks, or through what the path comes. */
function whence({ about }: WarnedCondition, here: string, { warnIn }: WarningSplat): string {
  if (here === "") return "";
  if ((warnIn ?? "").startsWith("lockdep_init_map")) return ` The lock is initialised${here}.`;
  return about === "path"
    ? ` The path comes through${here.slice(" in".length)}.`
    : ` The lock was used${here}.`;
}

/** The file of an attribute of sysfs is given its lock when it is made, with the attribute's own key. */
function attributeMend({ says }: WarnedCondition, { backtrace }: WarningSplat): readonly string[] {
  // Cgroups make files of kernfs as well, which are none of sysfs.
  const made = sureNames(backtrace).some((name) => /^sysfs_(?:add|create)_\w*file/.test(name));
  return made && says.test("has not been registered")
    ? [
        "It is the key of an attribute of sysfs that is not static: call sysfs_attr_init(), or sysfs_bin_attr_init(), on it before the file is made.",
      ]
    : [];
}

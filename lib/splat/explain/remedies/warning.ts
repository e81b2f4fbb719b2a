/** What a warning about locks means, and what to do: by the condition that it names. */
import type { WarningSplat } from "../../report/index.js";
import { plainName } from "../../stacks/functions.js";
import { ownerOf } from "../../stacks/owner.js";
import { conditions } from "../suspects/conditions.js";
import { assertionIn } from "../words/warnings.js";
import { inPlace, code } from "../words/words.js";

/** Returns the meaning of a warning and its mend. */
export function warningMend(report: WarningSplat): readonly string[] {
  const { condition, lead, backtrace, warnAt, headline } = report;
  const inside = report.warnIn === null ? "" : `in ${plainName(report.warnIn)}()`;
  const said = [condition ?? "", headline, ...lead, inside].join("\n");
  const here = inPlace(backtrace);
  const known = conditions.find(({ says, file }) => says.test(said) && file.test(warnAt ?? ""));
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
      : [known.means, `${known.mend}${here === "" ? "" : ` The lock was used${here}.`}`]),
    ...(known !== undefined
      ? []
      : warnAt === null
        ? []
        : [`Read the assertion at ${warnAt}, and what called it${here}.`]),
  ];
}

/** The tool that judges a patch: both verdicts before and after. */
import { bugCalled, fixes, judge, printVerdict } from "../../kvm/index.js";
import { loadKernelC } from "../../notebook/kernel-c.js";
import { named } from "../../primitives/named.js";
import { verdictJson, whyHidden } from "../judge/judge-json.js";
import type { CaseOptions } from "../case/case.js";
import type { Limits } from "../frame/limit-options.js";
import { RequestError, type Answer } from "./answer.js";
import { caseOfSource, sourceOf, type SubjectArgs } from "./subject.js";
import { bothOf, verdictText, type BothVerdicts } from "./verdict.js";

/** Returns what a patch changes in both verdicts. */
export async function judgePatch(
  args: SubjectArgs & { readonly patch: string },
  options: CaseOptions,
  limits: Limits,
): Promise<Answer> {
  const source = sourceOf(args);
  if (source === null) {
    if (args.case === "kvm-pi") return judgeFix(args, limits);
    throw new RequestError(
      "a patch is for C: give code, file or atlas, or kvm-pi for case, which is written in C",
    );
  }
  const before = await bothOf(await caseOfSource(source), options, limits);
  const after = await bothOf(await caseOfSource(source, args.patch), options, limits);
  const says = sentences(before, after);
  return {
    text: [
      ...says,
      "",
      "before",
      "------",
      verdictText(before),
      "",
      "after",
      "-----",
      verdictText(after),
    ].join("\n"),
    data: { says, before, after },
  };
}

/** The lab's own case: as `lab judge` does, with the bugs that the patch would hide. */
async function judgeFix(
  { fix = "none", mutant, cpus = 2, vcpus = 2, patch }: SubjectArgs & { readonly patch: string },
  { maxStates, maxSeconds }: Limits,
): Promise<Answer> {
  const kernelC = await loadKernelC();
  const explore = {
    ...(maxStates === undefined ? {} : { maxStates }),
    ...(maxSeconds === undefined ? {} : { maxSeconds }),
  };
  const verdict = judge(
    kernelC,
    { fix: named("fix", fix, fixes).name, patches: [patch] },
    { cpus, vcpus, explore, ...(mutant === undefined ? {} : { bugs: [bugCalled(mutant)] }) },
  );
  return { text: printVerdict(verdict, whyHidden), data: { ...verdictJson(verdict) } };
}

const clean = "none";

/** Returns what the patch does, in sentences; nothing is claimed of a search that was cut short. */
function sentences(before: BothVerdicts, after: BothVerdicts): readonly string[] {
  const [was, is] = [before.explorer.verdict, after.explorer.verdict];
  const [said, says] = [before.lockdep.kind, after.lockdep.kind];
  return [
    was === is
      ? `The explorer's verdict stays: ${is}.`
      : `The explorer's verdict was ${was} and is ${is}.`,
    said === says
      ? `Lockdep's stays: ${says ?? "silent"}.`
      : `Lockdep's was ${said ?? "silent"} and is ${says ?? "silent"}.`,
    ...(said !== null && says === null && was !== clean && is === was
      ? [`Lockdep is silenced, and the ${is} is still there.`]
      : []),
    ...(was === clean && is !== clean && is !== "inconclusive"
      ? [`The patch makes a ${is} possible that was not there.`]
      : []),
    ...(after.explorer.complete || is !== "inconclusive"
      ? []
      : ["The search after the patch was cut short: raise max_states or max_seconds."]),
  ];
}

/** Schedules to everything that goes wrong in the stories, in the atlas and in the KVM case. */
import { atlas, judgeCase, selectionText } from "../../../lib/atlas/index.js";
import { stories } from "../../../lib/atlas/stories/index.js";
import { explore } from "../../../lib/explore/index.js";
import { kvm } from "../../../lib/kvm/index.js";
import { type Model, type Scenario, translate } from "../../../lib/machine/index.js";
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";

/** A schedule to a violation. */
export interface Found {
  readonly name: string;
  readonly property: string;
  readonly model: Model;
  readonly schedule: readonly number[];
}

export function foundIn(name: string, scenario: Scenario): readonly Found[] {
  const model = translate(scenario);
  return Object.values(explore(scenario).violations).map(({ property, schedule }) => ({
    name,
    property,
    model,
    schedule,
  }));
}

export const ofStories = (): readonly Found[] =>
  stories.flatMap(({ name, scenario, verdict }) =>
    verdict === "safe" ? [] : foundIn(name, scenario),
  );

export async function ofAtlas(): Promise<readonly Found[]> {
  const kernelC = await loadKernelC();
  return atlas.flatMap((one) =>
    one.expected
      .filter(({ explorer }) => explorer !== "safe")
      .flatMap((selection) => {
        const { scenario } = judgeCase(one, kernelC, selection);
        return foundIn(`${one.name}, ${selectionText(selection)}`, scenario);
      }),
  );
}

export async function ofKvm(): Promise<readonly Found[]> {
  const kernelC = await loadKernelC();
  return [
    ...(["m2", "m3", "m5", "m8"] as const).flatMap((mutant) =>
      foundIn(mutant, kvm(kernelC, { mutant })),
    ),
    ...foundIn("m6", kvm(kernelC, { mutant: "m6", changes: ["other-wakers"] })),
    ...foundIn("remote-cpu", kvm(kernelC, { changes: ["remote-cpu"] })),
  ];
}

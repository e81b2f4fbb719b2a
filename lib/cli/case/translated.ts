/** What a case is translated to; of C that is kept for the next command. */
import { type KeptTranslations, hostTranslations } from "../../host/kept-translations.js";
import type { PathsOnce } from "../../kvm/index.js";
import { type TranslatedPaths, pathsOf } from "../../kvm/c/paths-once.js";
import { type Model, type Scenario, translate } from "../../machine/index.js";

/** A scenario with its model. */
export interface Translated {
  readonly scenario: Scenario;
  readonly model: Model;
}

/** Returns a scenario with its model. @throws TypeError where the scenario makes no sense */
export const translated = (scenario: Scenario): Translated => ({
  scenario,
  model: translate(scenario),
});

/**
 * Returns what was kept of a scenario in C, or else translates it and keeps that.
 *
 * @param of all that it is made of
 */
export function translatedC(
  of: unknown,
  make: () => Promise<Scenario>,
  kept: KeptTranslations = hostTranslations(),
): Promise<Translated> {
  const name = `scenario ${JSON.stringify(of)}`;
  return kept.get(
    name,
    isTranslated,
    ({ scenario }) => scenario,
    async () => translated(await make()),
  );
}

/** Returns the same of the paths of the case. */
export async function pathsOfC(
  of: unknown,
  make: () => Promise<TranslatedPaths>,
  kept: KeptTranslations = hostTranslations(),
): Promise<PathsOnce> {
  const name = `paths ${JSON.stringify(of)}`;
  return pathsOf(await kept.get(name, arePaths, ({ scenario }) => scenario, make));
}

const isTranslated = (of: object): of is Translated => "model" in of;
const arePaths = (of: object): of is TranslatedPaths => "bodies" in of;

/** What a case is translated to; of C that is kept for the next command. */
import type { PathsOnce } from "../../kvm/index.js";
import { type TranslatedPaths, arePaths, pathsOf } from "../../kvm/c/paths-once.js";
import { type Scenario, translate } from "../../machine/index.js";
import {
  type KeptTranslations,
  type Translated,
  hostTranslations,
  isTranslated,
  withModel,
} from "../../machine/translate/kept-translations.js";

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
export async function translatedC(
  of: unknown,
  make: () => Promise<Scenario>,
  kept: KeptTranslations | null = hostTranslations(),
): Promise<Translated> {
  const name = `case ${JSON.stringify(of)}`;
  const known = kept?.read(name, isTranslated);
  if (known != null) return withModel(known);
  const made = translated(await make());
  kept?.keep(name, made, made.scenario);
  return made;
}

/** Returns the same of the paths of the case. */
export async function pathsOfC(
  of: unknown,
  make: () => Promise<TranslatedPaths>,
  kept: KeptTranslations | null = hostTranslations(),
): Promise<PathsOnce> {
  const name = `paths of ${JSON.stringify(of)}`;
  const known = kept?.read(name, arePaths);
  if (known != null) return pathsOf(known);
  const made = await make();
  kept?.keep(name, made, made.scenario);
  return pathsOf(made);
}

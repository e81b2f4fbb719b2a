/**
 * What was translated, and need not be again: in this process by the scenario, and where the host keeps something for
 * the next process, by the text that the scenario is of.
 */
import type { Scenario } from "../language/scenario.js";
import type { Model } from "../model/model.js";

/** Where translations are kept. */
export interface KeptTranslations {
  /**
   * Returns what was kept under a name; null where nothing was, or no such thing.
   *
   * @param name all that it is made of, beside this lab itself
   * @param is whether something is such a thing
   */
  readonly read: <T extends object>(name: string, is: (of: object) => of is T) => T | null;
  /**
   * Keeps something under a name, unless it is no value.
   *
   * @param scenario what it is about: how large sets are
   */
  readonly keep: (name: string, of: object, scenario: Scenario) => void;
}

/** A scenario with its model. */
export interface Translated {
  readonly scenario: Scenario;
  readonly model: Model;
}

/** The property of the global object that may hold where translations are kept. */
export const translationsKey: unique symbol = Symbol.for("lockdep-lab.translations");

const isPlace = (of: unknown): of is KeptTranslations =>
  typeof of === "object" && of !== null && "read" in of && "keep" in of;

/** Returns the place that the host has put up, or null: a page has none, and then all is made anew. */
export function hostTranslations(): KeptTranslations | null {
  const place: unknown = Reflect.get(globalThis, translationsKey);
  return isPlace(place) ? place : null;
}

/** Returns whether something is a scenario with its model. */
export const isTranslated = (of: object): of is Translated => "scenario" in of && "model" in of;

/** Scenarios are values: the model of one stays its model. */
const models = new WeakMap<Scenario, Model>();

/** The names of scenarios whose model is to be kept with them. */
const unkept = new WeakMap<Scenario, string>();

/** Returns the model of a scenario; it is made when it is first asked for. */
export function modelOnce(scenario: Scenario, make: (scenario: Scenario) => Model): Model {
  const known = models.get(scenario);
  if (known !== undefined) return known;
  const model = make(scenario);
  models.set(scenario, model);
  const name = unkept.get(scenario);
  if (name !== undefined) hostTranslations()?.keep(name, { scenario, model }, scenario);
  return model;
}

/** Returns a scenario whose model is known, with that. */
export function withModel<T extends Translated>(of: T): T {
  models.set(of.scenario, of.model);
  return of;
}

/**
 * Returns the scenario that was kept with its model, or else one that is made now and kept once it has a model.
 *
 * @param of all that it is made of
 */
export function scenarioOnce(of: unknown, make: () => Scenario): Scenario {
  const place = hostTranslations();
  if (place === null) return make();
  const name = `scenario ${JSON.stringify(of)}`;
  const known = place.read(name, isTranslated);
  if (known !== null) return withModel(known).scenario;
  const made = make();
  unkept.set(made, name);
  return made;
}

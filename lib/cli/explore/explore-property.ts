/** `lab explore --property`: the counterexample to one of the properties that are violated. */
import { inOptions } from "../frame/limit-options.js";
import { InvalidArgumentError } from "commander";
import {
  type Counterexample,
  type Property,
  type Result,
  properties as allProperties,
} from "../../explore/index.js";

/** What can be violated, by the names that the command line has. */
const names = ["deadlock", "livelock", "lost-wakeup", "corruption", "assert"] as const;

/** A property by the name that the command line has for it. */
export type ViolatedName = (typeof names)[number];

/** On the command line an assertion stands for every condition that a scenario states. */
const meant: Readonly<Record<ViolatedName, readonly Property[]>> = {
  deadlock: ["deadlock"],
  livelock: ["livelock"],
  "lost-wakeup": ["lost-wakeup"],
  corruption: ["corruption"],
  assert: ["assert", "invariant", "misuse"],
};

/** Returns the property that was named; commander prints what is thrown. */
export function propertyOption(text: string): ViolatedName {
  const found = names.find((name) => name === text);
  if (found !== undefined) return found;
  throw new InvalidArgumentError(`One of ${names.join(", ")} is wanted.`);
}

/** Returns the counterexample to a property, or to the first that is violated if none was named. */
export function counterexampleTo(
  { violations }: Result,
  name: ViolatedName | null,
): Counterexample | undefined {
  const wanted = name === null ? allProperties : meant[name];
  const first = wanted.find((property) => violations[property] !== undefined);
  return first === undefined ? undefined : violations[first];
}

/** Returns how many steps the counterexample to each property has; null where there is none. */
export function stepsTo(result: Result): Readonly<Record<ViolatedName, number | null>> {
  const steps = (name: ViolatedName): number | null =>
    counterexampleTo(result, name)?.schedule.length ?? null;
  return {
    deadlock: steps("deadlock"),
    livelock: steps("livelock"),
    "lost-wakeup": steps("lost-wakeup"),
    corruption: steps("corruption"),
    assert: steps("assert"),
  };
}

/** Returns why there is no counterexample to a property, and to which there is one. */
export function refusal(result: Result, name: ViolatedName): string {
  const violated = names.filter((other) => counterexampleTo(result, other) !== undefined);
  const others = violated.length === 0 ? "" : `; violated: ${violated.join(", ")}`;
  return `no counterexample to ${name} in what was seen: ${result.scenario.name}: ${inOptions(result.summary)}${others}`;
}

/**
 * What the locks of one figure are called: a letter for each instance, its colour by class, and a
 * legend, since names such as `&per_cpu(wakeup_vcpus_on_cpu_lock, cpu)` fit into no bar.
 */
import { partsOfId } from "../../primitives/lock.js";
import type { Tone } from "../draw/palette.js";
import type { Trace } from "./trace.js";

/** How an instance is shown. */
export interface LockName {
  readonly letter: string;
  /** Class and instance: `&rq->__lock @0`. */
  readonly full: string;
  readonly fill: Tone;
  readonly ink: Tone;
}

const tones: readonly (readonly [fill: Tone, ink: Tone])[] = [
  ["blueWash", "blue"],
  ["greenWash", "green"],
  ["purpleWash", "purple"],
  ["amberWash", "amber"],
  ["panel", "ink"],
];

const unknown: LockName = { letter: "?", full: "?", fill: "panel", ink: "ink" };

/** Returns the class name with the instance's number behind it, if the id has one. */
export function instanceName(id: string, name: string): string {
  const [, index] = partsOfId(id);
  return index === null ? name : `${name} @${index}`;
}

function letterOf(i: number): string {
  const letter = String.fromCharCode(65 + (i % 26));
  return i < 26 ? letter : `${letter}${Math.floor(i / 26)}`;
}

/** The names of all lock instances that a trace touches, in the order of their first event. */
export class LockNames {
  private readonly names = new Map<string, LockName>();

  constructor(trace: Trace) {
    const classes: string[] = [];
    for (const event of trace.steps.flatMap((step) => step.events)) {
      if (!("map" in event) || this.names.has(event.map.id)) continue;
      if (!classes.includes(event.map.name)) classes.push(event.map.name);
      const [fill, ink] = tones[classes.indexOf(event.map.name) % tones.length] ?? ["panel", "ink"];
      this.names.set(event.map.id, {
        letter: letterOf(this.names.size),
        full: instanceName(event.map.id, event.map.name),
        fill,
        ink,
      });
    }
  }

  of(id: string): LockName {
    return this.names.get(id) ?? { ...unknown, full: id };
  }

  /** All of them, with their ids. */
  all(): readonly (readonly [id: string, name: LockName])[] {
    return [...this.names];
  }

  /** One line for each: `A  &rq->__lock @0`. */
  legend(): readonly string[] {
    return [...this.names.values()].map(({ letter, full }) => `${letter}  ${full}`);
  }
}

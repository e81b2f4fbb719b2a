/**
 * What the locks of one figure are called, `rq[cpu0]` for each instance, in a colour for each class, and
 * a legend with the classes' own names.
 */
import type { Tone } from "../draw/palette.js";
import type { Trace } from "./trace.js";

/** How an instance is shown. */
export interface LockName {
  /** Class and instance in short: `rq[cpu0]`. */
  readonly short: string;
  /** The class in short: `rq`. */
  readonly word: string;
  /** The class as lockdep names it: `&rq->__lock`. */
  readonly class: string;
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

/** The three locks of the course have their places whichever of them a figure shows. */
const places: ReadonlyMap<string, number> = new Map([
  ["&p->pi_lock", 0],
  ["&per_cpu(wakeup_vcpus_on_cpu_lock, cpu)", 1],
  ["&rq->__lock", 2],
]);

/** Returns fill and ink of each class: a lock of the course its own in all figures, the others what is left, by name. */
export function lockTones(
  classes: readonly string[],
): ReadonlyMap<string, readonly [fill: Tone, ink: Tone]> {
  const bases = [...new Set(classes.map(baseOfClass))].sort();
  const taken = bases.flatMap((base) => places.get(base) ?? []);
  const free = tones.filter((_, place) => !taken.includes(place));
  const others = bases.filter((base) => !places.has(base));
  const toneOf = (base: string) => {
    const place = places.get(base);
    return place === undefined ? free[others.indexOf(base) % free.length] : tones[place];
  };
  return new Map(classes.map((name) => [name, toneOf(baseOfClass(name)) ?? ["panel", "ink"]]));
}

/** Returns a class name without what lockdep adds to keep classes apart: `#2`, and the subclass `/1`. */
export const baseOfClass = (name: string): string => name.replace(/(?:#\d+)?(?:\/\d+)?$/, "");

/** The names of all lock instances that a trace touches, in the order of their first event. */
export class LockNames {
  private readonly names = new Map<string, LockName>();
  private readonly touched: ReadonlySet<string>;

  constructor({ locks, steps }: Pick<Trace, "locks" | "steps">) {
    const met = steps
      .flatMap((step) => step.events)
      .flatMap((event) => ("map" in event ? [event.map] : []));
    this.touched = new Set(met.map(({ id }) => id));
    const known = new Set(locks.map(({ id }) => id));
    // A lockdep_map of its own is no lock of the machine.
    const maps = met.flatMap(({ id, name }) =>
      known.has(id) ? [] : [{ id, name, word: name, short: name }],
    );
    const looks = lockTones([...locks, ...maps].map(({ name }) => name));
    for (const { id, name, word, short } of [...locks, ...maps]) {
      const [fill, ink] = looks.get(name) ?? ["panel", "ink"];
      this.names.set(id, { short, word, class: name, fill, ink });
    }
  }

  of(id: string): LockName {
    return this.names.get(id) ?? { short: id, word: id, class: id, fill: "panel", ink: "ink" };
  }

  /** All of them, with their ids. */
  all(): readonly (readonly [id: string, name: LockName])[] {
    return [...this.touched].map((id) => [id, this.of(id)]);
  }

  /** One line for each class: `rq[cpu0], rq[cpu1]: &rq->__lock`; none where the short name says as much. */
  legend(): readonly string[] {
    const shown = this.all()
      .map(([, name]) => name)
      .filter(({ short, class: of }) => short !== of.replace(/^&/, ""));
    return [...new Set(shown.map((name) => name.class))].map((of) => {
      const instances = shown.filter((name) => name.class === of).map(({ short }) => short);
      return `${instances.sort().join(", ")}: ${of}`;
    });
  }
}

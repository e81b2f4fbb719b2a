/** Why lockdep sees no circle of classes where tasks wait for each other in one: in which class each took its lock. */
import { untilClosed } from "../../machine/run/until-cycle.js";
import type { Counterexample } from "../../explore/index.js";
import type { Scenario } from "../../machine/index.js";
import type { Event } from "../../primitives/event.js";
import { traceOf, type CpuView, type Trace } from "./trace.js";

/** Who waits on a CPU for whom, with the subclasses that lockdep was told. */
interface Waiter {
  readonly cpu: number;
  /** The function that asks. */
  readonly in: string;
  readonly wants: string;
  readonly short: string;
  readonly askedAs: readonly number[];
}

/**
 * Returns why no circle of classes stands behind a deadlock, in sentences; empty if the violation is none, or if
 * each lock was asked for in a class in which it is held.
 *
 * @example
 * const { scenario, violations } = explore(kvm({ fix: "final", changes: ["remote-cpu"] }));
 * whyNoCircle(scenario, violations.deadlock).includes("/1") // true
 */
export function whyNoCircle(scenario: Scenario, found: Counterexample | undefined): string {
  if (found?.property !== "deadlock") return "";
  const trace = traceOf(scenario, untilClosed(scenario, found.schedule));
  const last = trace.steps.at(-1)?.after ?? trace.start;
  const told = toldSubclasses(trace);
  const waiters = last.cpus.flatMap((view, cpu) => waiterOf(view, cpu));
  const gaps = waiters.flatMap((waiter) => {
    const holder = last.cpus.findIndex(({ held }) => held.some(({ id }) => id === waiter.wants));
    const heldAs = told.get(`${String(holder)} ${waiter.wants}`) ?? [];
    const apart = heldAs.length > 0 && heldAs.every((one) => !waiter.askedAs.includes(one));
    return apart ? [gapText(waiter, holder, heldAs)] : [];
  });
  if (gaps.length > 0) return gaps.join("\n");
  return last.cpus
    .flatMap(({ waits }, cpu) =>
      waits !== null && waits.lock === null
        ? [`CPU ${cpu} waits for "${waits.text}", which is no lock: lockdep has no class for it.`]
        : [],
    )
    .join("\n");
}

const classes = (word: string, subclasses: readonly number[]): string =>
  subclasses.map((one) => `${word}/${one}`).join(" and ");

function gapText(
  { cpu, in: asks, short, askedAs }: Waiter,
  holder: number,
  heldAs: readonly number[],
): string {
  const word = short.replace(/\[.*$/, "");
  return (
    `CPU ${cpu} asks for ${short} as ${classes(word, askedAs)} in ${asks}(); ` +
    `CPU ${holder} holds it as ${classes(word, heldAs)}. To lockdep these are two classes, and it sees no circle.`
  );
}

function waiterOf({ waits, running }: CpuView, cpu: number): readonly Waiter[] {
  const ask = waits?.asked.find((event) => event.kind === "acquire" && event.map.id === waits.lock);
  if (waits?.lock == null || ask === undefined) return [];
  const askedAs = waits.asked.flatMap((event) =>
    event.kind === "acquire" && event.map.id === waits.lock ? [event.subclass] : [],
  );
  return [{ cpu, in: ask.stack[0] ?? running, wants: waits.lock, short: waits.short, askedAs }];
}

/** For each CPU and lock, the subclasses in which lockdep has been told that it is held, at the end. */
function toldSubclasses({ steps }: Trace): ReadonlyMap<string, readonly number[]> {
  const told = new Map<string, readonly number[]>();
  for (const event of steps.flatMap((step) => step.events)) tell(told, event);
  return told;
}

function tell(told: Map<string, readonly number[]>, event: Event): void {
  if (event.kind !== "acquire" && event.kind !== "release") return;
  const key = `${String(event.cpu)} ${event.map.id}`;
  const before = told.get(key) ?? [];
  if (event.kind === "acquire") told.set(key, [...before, event.subclass]);
  else told.set(key, before.slice(0, -1));
}

/** Why lockdep sees no circle of classes where tasks wait for each other in one: in which class each took its lock. */
import { type Counterexample, untilAllStand } from "../../explore/index.js";
import type { Scenario } from "../../machine/index.js";
import type { Event } from "../../primitives/event.js";
import { traceOf, type CpuView, type Trace } from "./trace.js";

/** Which process waits on a CPU for which, with the subclasses that lockdep was told. */
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
 * const kernelC = await loadKernelC();
 * const { scenario, violations } = explore(kvm(kernelC, { fix: "final", changes: ["remote-cpu"] }));
 * whyNoCircle(scenario, violations.deadlock).includes("/1") // true
 */
export function whyNoCircle(scenario: Scenario, found: Counterexample | undefined): string {
  if (found?.property !== "deadlock") return "";
  const trace = traceOf(scenario, untilAllStand(scenario, found.schedule));
  const last = trace.steps.at(-1)?.after ?? trace.start;
  const told = toldSubclasses(trace);
  const waiters = last.cpus.flatMap((view, cpu) => waiterOf(view, cpu));
  const holderOf = (lock: string): number =>
    last.cpus.findIndex(({ held }) => held.some(({ id }) => id === lock));
  const gaps = waiters.flatMap((waiter) => {
    const holder = holderOf(waiter.wants);
    const heldAs = told.get(`${String(holder)} ${waiter.wants}`) ?? [];
    if (holder < 0 || heldAs.some((one) => waiter.askedAs.includes(one))) return [];
    const other = waiters.find(({ cpu }) => cpu === holder);
    const half = other === undefined ? "" : halfText(other, holderOf(other.wants));
    return [gapText(waiter, holder, heldAs) + half];
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
  const how =
    heldAs.length === 0
      ? "holds it, and has told lockdep that it does not. So lockdep sees no circle."
      : `holds it as ${classes(word, heldAs)}. To lockdep these are two classes, and it sees no circle.`;
  return `CPU ${cpu} asks for ${short} as ${classes(word, askedAs)} in ${asks}(); CPU ${holder} ${how}`;
}

/** What the holder waits for in its turn. */
const halfText = ({ cpu, in: asks, short }: Waiter, holder: number): string =>
  holder < 0
    ? ""
    : ` CPU ${cpu} in its turn asks for ${short} in ${asks}(), which CPU ${holder} holds.`;

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

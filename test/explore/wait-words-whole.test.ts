/** Whoever can stand anywhere in any story has words for it: a new call that waits is forced to have some. */
import { describe, expect, it } from "vitest";
import { stories } from "../../lib/atlas/stories/index.js";
import { inTheWay } from "../../lib/explore/counterexample/standing-words.js";
import {
  type Model,
  type State,
  enabled,
  hashState,
  initialState,
  replay,
  takeStep,
  translate,
  waiting,
} from "../../lib/machine/index.js";
import { waitReason } from "../../lib/machine/waits/index.js";

/** As many states of a story are looked at: enough for each place where somebody can wait. */
const most = 400;

interface Stands {
  readonly call: string;
  readonly number: number;
  readonly schedule: readonly number[];
}

/** The places where a process stands in the first states of a story, each once, with the way there. */
function standsOf(model: Model): readonly Stands[] {
  const found = new Map<string, Stands>();
  const first = initialState(model);
  const seen = new Set([hashState(first)]);
  const queue: { readonly state: State; readonly schedule: readonly number[] }[] = [
    { state: first, schedule: [] },
  ];
  for (const { state, schedule } of queue) {
    for (const { number, label, stack } of waiting(model, state)) {
      const call = stack[0] ?? /^\w*/.exec(label)?.[0] ?? "";
      const key = `${String(number)} ${label} ${stack.join()}`;
      if (!found.has(key)) found.set(key, { call, number, schedule });
    }
    if (seen.size > most) continue;
    for (const transition of enabled(model, state)) {
      const { state: next, violations } = takeStep(model, state, transition);
      const hash = hashState(next);
      if (violations.length > 0 || seen.has(hash)) continue;
      seen.add(hash);
      queue.push({ state: next, schedule: [...schedule, transition.id] });
    }
  }
  return [...found.values()];
}

const all = stories.map(({ name, scenario }) => [name, translate(scenario)] as const);
const stands = all.map(([name, model]) => [name, model, standsOf(model)] as const);

describe("who stands", () => {
  it.each(stands)("in %s has words for it wherever that is", (_, model, places) => {
    for (const { number, schedule, call } of places) {
      const trace = replay(model, schedule);
      const reason = waitReason(trace, number);
      expect(reason, call).not.toBeNull();
      if (reason === null) continue;
      expect(inTheWay(trace, reason), call).toMatch(
        /^(?:held by|because of|up to|it came too early|interrupted by|nobody|nothing|another)/,
      );
    }
  });

  it("has been seen in the calls that wait", () => {
    const calls = new Set(stands.flatMap(([, , places]) => places.map(({ call }) => call)));
    const expected = ["mutex_lock", "down", "wait_for_completion", "kthread_stop", "barrier_wait"];
    expect(expected.filter((name) => !calls.has(name))).toEqual([]);
  });
});

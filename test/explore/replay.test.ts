import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dining, lostWakeup, readTwice } from "../../lib/atlas/stories/index.js";
import { explore, printReplay } from "../../lib/explore/index.js";
import { replay, scheduleOf, tokenOf } from "../../lib/machine/index.js";
import {
  CPU,
  type Scenario,
  at,
  bool,
  down_read,
  down_write,
  downgrade_write,
  enabled,
  hardirq,
  initialState,
  not,
  raw_spin_lock,
  raw_spin_unlock,
  raw_spinlock,
  read_lock,
  read_unlock,
  rwlock,
  rwsem,
  scenario,
  send_ipi,
  set,
  step,
  takeStep,
  thread,
  translate,
  up_read,
  variable,
  write_lock,
  write_unlock,
} from "../../lib/machine/index.js";

const model = translate(dining(4));

function randomSchedule(choices: readonly number[]): number[] {
  let state = initialState(model);
  return choices.flatMap((choice) => {
    const possible = enabled(model, state);
    const taken = possible[choice % Math.max(1, possible.length)];
    if (taken === undefined) return [];
    ({ state } = takeStep(model, state, taken));
    return [taken.id];
  });
}

describe("a counterexample", () => {
  const schedule = explore(dining(4)).violations.deadlock?.schedule ?? [];

  it("replays to its end and prints who holds what and who waits", () => {
    const trace = replay(model, schedule);
    expect(trace.failedAt).toBeNull();
    expect(enabled(model, trace.final)).toEqual([]);
    const all = ["P0", "P1", "P2", "P3"];
    expect(printReplay(trace).slice(-7)).toEqual([
      "from here on nobody can get out",
      ...all.map((name, i) => {
        const next = (i + 1) % all.length;
        return `${name} waits: take right; because of step ${next + 1} (${all[next] ?? ""}: take left)`;
      }),
      `deadlock: ${all.map((name) => `${name} waits forever: take right`).join("; ")}`,
      "  forever: P0 waits for P1, which waits for P2, which waits for P3, which waits for P0: each would have to go first",
    ]);
  });

  it("stops at a step that is not possible", () => {
    const [first = 0] = schedule;
    expect(replay(model, [first, first]).failedAt).toBe(1);
  });
});

describe("who holds what", () => {
  /** What is held after each step of the only way through a scenario. */
  function held(of: Scenario): readonly string[] {
    const alone = translate(of);
    const schedule: number[] = [];
    let state = initialState(alone);
    for (let [next] = enabled(alone, state); next !== undefined; [next] = enabled(alone, state)) {
      schedule.push(next.id);
      ({ state } = takeStep(alone, state, next));
    }
    return printReplay(replay(alone, schedule)).map((line) => line.split("  held: ")[1] ?? "");
  }
  const alone = (...body: Parameters<typeof thread>[2]): Scenario =>
    scenario("alone", { sizes: { cpu: 1 }, processes: [thread("T", 0, body)] });

  it("names the readers of a lock, each as often as he holds it", () => {
    const lock = rwlock("lock");
    const read = "lock read by cpu0";
    const twice = [read_lock(lock), read_lock(lock), read_unlock(lock), read_unlock(lock)];
    const write = [write_lock(lock), write_unlock(lock)];
    const all = [read, `${read}, ${read}`, read, "", "lock by cpu0", ""];
    expect(held(alone(...twice, ...write))).toEqual(all);
  });

  it("names a lock of an array as the others, and is right where none is ever written", () => {
    const lock = rwlock("lock", { per: [CPU] });
    expect(held(alone(read_lock(lock, [0]), read_unlock(lock, [0])))[0]).toMatch(
      /^lock\S*0\S* read by cpu0$/,
    );
    const both = [read_lock(lock, [0]), read_unlock(lock, [0]), write_lock(lock, [0])];
    expect(held(alone(...both))[0]).toBe("lock[cpu0] read by cpu0");
  });

  it("knows a reader of a semaphore by name, one that has been its writer too", () => {
    const sem = rwsem("sem");
    expect(held(alone(down_write(sem), downgrade_write(sem), up_read(sem)))).toEqual([
      "sem by T",
      "sem read by T",
      "",
    ]);
    expect(held(alone(down_read(sem)))).toEqual(["sem read by T"]);
  });

  it("shows the reader for whom a writer waits", () => {
    const story = translate(readTwice());
    const { schedule: way = [] } = explore(readTwice()).violations.deadlock ?? {};
    expect(printReplay(replay(story, way))[1]).toMatch(
      /queues {2}held: tasklist_lock read by cpu0$/,
    );
  });
});

describe("the end of a trace", () => {
  const a = raw_spinlock("a");
  const body = [
    raw_spin_lock(a),
    ...["x", "y"].map((label) => step(label)),
    raw_spin_unlock(a),
    step("z"),
    raw_spin_lock(a),
  ];
  const alone = scenario("alone", { sizes: { cpu: 1 }, processes: [thread("T", 0, body)] });
  const model = translate(alone);
  const schedule = model.transitions.map(({ id }) => id);

  it("says what is held where that changes", () => {
    expect(printReplay(replay(model, schedule), 4)).toEqual([
      "... 2 steps before these",
      "3  T on cpu0  y  held: a by cpu0",
      "4  T on cpu0  raw_spin_unlock(&a)  held: nothing",
      "5  T on cpu0  z",
      "6  T on cpu0  raw_spin_lock(&a)  held: a by cpu0  misuse: T ends with a held; is an unlock missing? put stay() at the end if that is meant",
    ]);
  });

  it("is all of it where hardly anything would be left out", () => {
    const all = printReplay(replay(model, schedule));
    expect(printReplay(replay(model, schedule), 5)).toEqual(all);
    expect(all[1]).toMatch(/held: a by cpu0$/);
    expect(all[2]).toMatch(/held: a by cpu0$/);
  });
});

describe("the last line of a trace", () => {
  it("is the invariant that is violated, and there is none where all hold", () => {
    const flag = variable("flag", bool);
    const raised = scenario("a flag", {
      sizes: { cpu: 1 },
      processes: [thread("T", 0, [set(flag, true, "raise it")])],
      always: { "the flag is down": not(at(flag)) },
    });
    const schedule = explore(raised).violations.invariant?.schedule ?? [];
    const flagged = translate(raised);
    expect(printReplay(replay(flagged, schedule)).at(-1)).toBe(
      "invariant violated: the flag is down",
    );
    expect(printReplay(replay(flagged, []))).toEqual([]);
  });

  it("is the condition of a state at rest that is violated", () => {
    const story = lostWakeup();
    const watched = { ...story, quiescent: [{ name: "somebody sleeps", holds: not(true) }] };
    const { schedule = [] } = explore(watched).violations["lost-wakeup"] ?? {};
    const trace = replay(translate(watched), schedule);
    expect(printReplay(trace).at(-1)).toBe("lost-wakeup: somebody sleeps");
  });
});

describe("a token", () => {
  it("brings back a schedule of any length", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { maxLength: 300 }), (choices) => {
        const schedule = randomSchedule(choices);
        expect(scheduleOf(model, tokenOf(model, schedule))).toEqual(schedule);
      }),
    );
  });

  it("of another model, or damaged, says so", () => {
    const token = tokenOf(model, randomSchedule([0, 1, 2]));
    expect(() => scheduleOf(translate(dining(3)), token)).toThrow(/wrong check number/);
    expect(() => scheduleOf(model, `${token}!`)).toThrow(/not a token/);
    expect(() => scheduleOf(model, `${token}____`)).toThrow(/something follows after its 3 steps/);
  });

  it("says so where it was cut, wherever that was", () => {
    for (const length of [1, 5, 130]) {
      const token = tokenOf(model, randomSchedule(Array.from({ length }, (_, at) => at)));
      for (let end = 1; end < token.length; end++) {
        expect(() => scheduleOf(model, token.slice(0, end))).toThrow(/cut short/);
      }
    }
    const token = tokenOf(model, randomSchedule([0, 1, 2, 3]));
    expect(() => scheduleOf(model, token.slice(0, 8))).toThrow("2 of its 4 steps are there");
    expect(() => scheduleOf(model, "")).toThrow(/empty/);
  });

  it("of a few steps is short", () => {
    expect(tokenOf(model, randomSchedule([0, 1]))).toHaveLength(8);
  });
});

describe("the end of a trace", () => {
  it("tells who waits from who is only kept off its CPU", () => {
    const vector = variable("vector", bool, { per: [CPU] });
    const lock = raw_spinlock("lock");
    const of = scenario("irq", {
      sizes: { cpu: 1 },
      processes: [
        thread("T", 0, [raw_spin_lock(lock), send_ipi(vector, 0), raw_spin_unlock(lock)]),
        hardirq("irq", vector, () => [raw_spin_lock(lock), raw_spin_unlock(lock)]),
      ],
    });
    const { schedule = [] } = explore(of).violations.deadlock ?? {};
    const end = printReplay(replay(translate(of), schedule)).slice(schedule.length);
    expect(end).toEqual([
      "from here on nobody can get out",
      "T is not running: raw_spin_unlock(&lock), holding lock; interrupted by step 3 (irq0: <irq>)",
      "irq0 waits: raw_spin_lock(&lock) (lock); held by T since step 1",
      "deadlock: T never gets its CPU back: raw_spin_unlock(&lock); irq0 waits forever: raw_spin_lock(&lock)",
      "  forever: T is kept off its CPU by irq0, which waits for T: each would have to go first",
    ]);
  });
});

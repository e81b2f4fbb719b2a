/** What is refused when a statement is written or put into a scenario. */
import { describe, expect, it } from "vitest";
import {
  CPU,
  type Statement,
  at,
  choose,
  each,
  either,
  eq,
  every,
  fn,
  forever,
  hardirq,
  idOrNone,
  idle_until,
  if_,
  int,
  list,
  mutex,
  mutex_lock,
  mutex_trylock,
  raw_spin_lock,
  raw_spin_unlock,
  raw_spinlock,
  read_lock,
  rwsem,
  scheduler,
  scenario,
  set,
  softirq,
  spin_lock,
  step,
  tasks,
  thread,
  translate,
  variable,
  wait_until,
  while_,
} from "../../lib/machine/index.js";
import { explore } from "../../lib/explore/index.js";

const lock = raw_spinlock("lock");

const run = (...body: readonly Statement[]) =>
  scenario("misuse", { sizes: { cpu: 2 }, processes: [thread("T", 0, body)] });

describe("what is no lock, or not of the kind that a call takes, is refused by the call", () => {
  const n1 = variable("n1", int(0, 1));
  const sem = rwsem("sem");
  // As a notebook's cells may say it, which no type checker has read.
  const untyped = (value: unknown): never => value as never;
  const vector = variable("vector", int(0, 1), { per: [CPU] });
  it.each([
    [
      "undefined",
      () => raw_spin_lock(untyped(undefined)),
      /raw_spin_lock.*undefined is not a lock/,
    ],
    ["a name", () => mutex_lock(untyped("lock")), /mutex_lock.*"lock" is not a lock/],
    ["another variable", () => raw_spin_unlock(n1), /raw_spin_unlock.*n1 is not a lock/],
    ["a mutex", () => raw_spin_lock(mutex("m")), /&m is a mutex, and not a raw_spinlock/],
    ["a raw spinlock", () => spin_lock(lock), /&lock is a raw_spinlock, and not a spinlock/],
    ["a semaphore", () => read_lock(sem), /read_lock.*"sem" was not made by rwlock/],
    ["no subclass", () => raw_spin_lock(lock, { subclass: -1 }), /subclass -1/],
    ["no value", () => set(n1, untyped(undefined)), /undefined is no value/],
    ["half a CPU", () => thread("T", 0.5, []), /CPU 0\.5; CPUs are numbered/],
    ["no integers", () => int(5, 1), /no such integers/],
    ["no variable", () => at(untyped(undefined), 0), /at\(\): undefined is not a variable/],
    ["no domain", () => variable("x", untyped(undefined)), /"x"\): undefined is no domain/],
    ["no set", () => choose(untyped(undefined), () => step("x")), /undefined is not a set/],
    ["no list for a trylock", () => mutex_trylock(mutex("m"), untyped(step("x"))), /"x"/],
    ["a lock that is set", () => set(lock, 1), /lock is a raw_spinlock, and only the calls/],
    ["a semaphore that is set", () => set(untyped(sem), 1), /"sem" is no value/],
    [
      "nothing that is set",
      () => set(untyped(undefined), 1),
      /set\(\): undefined is nothing that can/,
    ],
    ["a value that is set", () => set(untyped(eq(n1, 1)), 1), /left side is not a variable/],
    ["a variable for a set", () => each(untyped(n1), () => []), /each\(\): "n1" is not a set/],
    ["a mistyped subclass", () => raw_spin_lock(lock, untyped({ subclas: 1 })), /subclass\?/],
    [
      "mistyped options of tasks",
      () =>
        tasks(
          "T",
          CPU,
          () => untyped({ cpu: 0, run: 0 }),
          () => [],
        ),
      /"T"\) is called "run".*runs\?/,
    ],
    ["a list for options", () => raw_spinlock("l", untyped([CPU])), /and not a list/],
    ["no condition to wait for", () => wait_until(untyped(undefined)), /undefined is no value/],
    ["no condition to idle for", () => idle_until(untyped(undefined)), /undefined is no value/],
    ["the opposite of an object", () => while_(!n1, []), /false, whatever happens; not\(x\)/],
    ["no options", () => scenario("s", untyped(undefined)), /scenario\("s"\): options are wanted/],
    ["a mistyped option", () => step("s", untyped({ whn: n1 })), /"s"\) is called "whn".*when\?/],
    ["a mistyped dimension", () => raw_spinlock("l", untyped({ pr: [CPU] })), /"pr".*per\?/],
    ["one dimension for a list", () => variable("x", n1.domain, untyped({ per: CPU })), /a list/],
    [
      "no dimension",
      () => raw_spinlock("l", untyped({ per: [undefined] })),
      /"l"\): per: undefined/,
    ],
    ["ids of no set", () => idOrNone(untyped(undefined)), /idOrNone\(\): undefined is not a set/],
    ["all of no set", () => every(untyped(undefined), () => true), /every\(\): undefined is not/],
    ["a list of nothing", () => list("l", untyped({ per: CPU })), /list\("l"\): of: undefined/],
    ["no handler", () => hardirq("irq", vector, untyped([])), /"irq"\): a function \(cpu\)/],
    ["no vector", () => hardirq("irq", n1, () => []), /a variable of each CPU.*not "n1"/],
    ["no softirq", () => softirq("s", vector, untyped([])), /softirq\("s"\): a function/],
    [
      "tasks of no set",
      () =>
        tasks(
          "T",
          untyped(0),
          () => ({ cpu: 0 }),
          () => [],
        ),
      /0 is not a set/,
    ],
    [
      "tasks in no words",
      () =>
        tasks(
          "T",
          CPU,
          untyped(() => undefined),
          () => [],
        ),
      /tasks\("T"\): options are wanted/,
    ],
    ["tasks without code", () => tasks("T", CPU, () => ({ cpu: 0 }), untyped([])), /\(me\) => \[/],
    ["a scheduler of nobody", () => scheduler(untyped({})), /tasks: undefined is not a set/],
  ] as const)("%s", (_, call, message) => {
    expect(call).toThrow(message);
    expect(call).toThrow(TypeError);
  });
});

describe("what is no statement is refused with its place", () => {
  const lists = (value: unknown): readonly Statement[] => value as readonly Statement[];
  const take = raw_spin_lock(lock);
  it.each([
    [
      "a function that is not called",
      [fn("f", lists([take, raw_spin_lock]))],
      /T > f, statement 2/,
    ],
    ["nothing", lists([undefined]), /T, statement 1: undefined; does a function lack its return/],
    ["text", lists(["raw_spin_lock(lock)"]), /is not a statement/],
    ["a list in the list", lists([[take]]), /put \.\.\. before it/],
    ["no list", [fn("f", lists(take))], /T > f: a list.*not "raw_spin_lock\(&lock\)"; put it into/],
    ["no list in a branch", [if_(true, lists(take))], /statement 1, if_: a list/],
    ["no list in an arm", [either([take], lists(take))], /statement 1, either arm 2: a list/],
    ["no list in a loop", [forever(lists(take))], /statement 1, loop: a list/],
    [
      "no step to choose for",
      [choose(CPU, () => [take] as never)],
      /choose\(\) picks for one step/,
    ],
    ["no effect", [step("x", { then: [take as never] })], /"x"\): effect 1 is "raw_spin_lock/],
  ] as const)("%s", (_, body, message) => {
    expect(() => translate(run(...body))).toThrow(message);
    expect(() => translate(run(...body))).toThrow(/^process T/);
  });

  it.each([
    [
      "in a function",
      (inner) => [fn("f", inner)],
      /T > f: this list of statements contains itself/,
    ],
    ["in a loop", (inner) => [forever(inner)], /T, statement 1, loop: this list .* forever\(\)/],
    ["in a branch", (inner) => [take, if_(true, [], inner)], /statement 2, if_ otherwise: this/],
  ] as readonly (readonly [string, (inner: Statement[]) => Statement[], RegExp])[])(
    "a list that contains itself %s",
    (_, around, message) => {
      const list: Statement[] = [];
      list.push(...around(list));
      expect(() => translate(run(...list))).toThrow(TypeError);
      expect(() => translate(run(fn("f", list)))).toThrow(/contains itself/);
      const process = { ...thread("T", 0, []), body: list };
      const made = scenario("s", { sizes: { cpu: 1 }, processes: [process] });
      expect(() => translate(made)).toThrow(message);
    },
  );

  it("silent where a list is there several times", () => {
    const list = [step("x")];
    const several = run(fn("f", list), ...list, if_(true, list, list), forever(list));
    expect(translate(several).transitions.length).toBeGreaterThan(4);
  });

  it.each([
    ["no process", [take], /process 1 is "raw_spin_lock/],
    ["no processes", [], /has no processes/],
    ["no list of processes", take, /a list of processes is wanted/],
  ] as const)("%s", (_, processes, message) => {
    const made = scenario("s", { sizes: { cpu: 1 }, processes: processes as never });
    expect(() => translate(made)).toThrow(message);
    expect(() => translate(made)).toThrow(/^scenario "s"/);
  });

  it("no name of a function", () => {
    const nameless = fn(lists([take]) as never, []);
    expect(() => translate(run(nameless))).toThrow(/T, statement 1: a list where the name/);
  });

  it("no scenario", () => {
    expect(() => explore(undefined as never)).toThrow(/a scenario is wanted, not undefined/);
  });

  it("a CPU that two threads have for themselves", () => {
    const processes = [thread("A", 1, [take]), thread("B", 1, [take])];
    const made = scenario("s", { sizes: { cpu: 2 }, processes });
    expect(() => explore(made)).toThrow(/"s": A and B each have CPU 1.*scheduler\(\)/);
    const all = tasks(
      "T",
      CPU,
      (cpu) => ({ cpu }),
      () => [take],
    );
    const one = scenario("s", { sizes: { cpu: 2 }, processes: [all, thread("A", 0, [take])] });
    expect(() => explore(one)).toThrow(/T0 and A each have CPU 0/);
  });

  it("no sizes", () => {
    const made = scenario("s", { sizes: undefined as never, processes: [] });
    expect(() => explore(made)).toThrow(/"s": sizes, such as \{ cpu: 2 \}/);
  });

  it("a mistyped option of the search", () => {
    expect(() => explore(run(take), { maxstates: 9 } as never)).toThrow(/did you mean maxStates/);
  });

  it.each([-1, 0, 1.5, Number.NaN, "2", 100_000])("%s CPUs", (cpu) => {
    const sizes = { cpu: cpu as number };
    const made = scenario("s", { sizes, processes: [thread("T", 0, [take])] });
    expect(() => translate(made)).toThrow(/scenario "s": sizes.cpu is .* 1 to 64 is wanted/);
  });
});

/** What somebody without a type checker may write: each is refused where it stands, by call and name, with a way out. */
import { describe, expect, it } from "vitest";
import { explore } from "../../lib/explore/index.js";
import { bothOn } from "../../lib/verdict/index.js";
import {
  CPU,
  type Statement,
  add,
  assert,
  assign,
  bool,
  check,
  choose,
  completion,
  cond,
  device,
  div,
  either,
  eq,
  hardirq,
  hrtimer,
  idSet,
  if_,
  int,
  irq_line,
  max,
  mod,
  mutex,
  not,
  raw_spinlock,
  request_irq,
  rwlock,
  scenario,
  semaphore,
  set,
  softirq,
  step,
  tasks,
  thread,
  timer,
  variable,
  wait_until,
  work_struct,
  workqueue,
} from "../../lib/machine/index.js";

/** A value under a type that it does not have, as JavaScript lets it. */
const untyped = (value: unknown): never => value as never;
const n = variable("n", int(0, 3));
const vector = variable("vector", bool, { per: [CPU] });
const one = (...body: readonly Statement[]) =>
  scenario("one", { sizes: { cpu: 1 }, processes: [thread("T0", 0, body)] });

describe("a value that is none", () => {
  it.each<readonly [string, () => unknown, RegExp]>([
    ["eq", () => eq(n, untyped(undefined)), /^eq\(\): undefined is no value; a whole number/],
    ["add", () => add(untyped("1"), 1), /^add\(\): "1" is no value/],
    ["max", () => max(untyped(null), 1), /^max\(\): null is no value/],
    ["not", () => not(untyped(() => true)), /^not\(\): the function/],
    ["cond", () => cond(n, untyped(undefined), 1), /^cond\(\): undefined/],
    ["set", () => set(n, untyped(undefined)), /^set\(\) of n: undefined is no value/],
    ["assign", () => assign(n, untyped("x")), /^assign\(\) of n: "x"/],
    ["assign to text", () => assign(untyped("n"), 1), /^assign\(\): "n" is no value/],
    ["check", () => check(untyped(undefined), "m"), /^check\(\): undefined/],
    ["assert", () => assert(untyped(undefined)), /^assert\(\): undefined/],
    ["if_", () => if_(untyped("n == 0"), []), /^if_\(\): "n == 0" is no value/],
    ["wait_until", () => wait_until(untyped(undefined)), /^wait_until\(\): undefined/],
    ["step", () => step("x", { when: untyped("n") }), /^step\("x"\): when: "n" is no value/],
    [
      "a condition of the scenario",
      () => scenario("s", { sizes: {}, processes: [], always: { holds: untyped(() => true) } }),
      /^scenario\("s"\): "holds": the function/,
    ],
    ["a division", () => mod(n, 0), /^mod\(\): a division by 0/],
    ["another", () => div(n, 0), /^div\(\): a division by 0/],
  ])("%s", (_, make, says) => {
    expect(make).toThrow(says);
  });

  it("a division by what is 0 only then is a misuse of the program", () => {
    expect(explore(one(set(n, 1), assert(eq(mod(n, variable("z", int(0, 3))), 0)))).verdict).toBe(
      "misuse",
    );
  });
});

describe("a name that is none", () => {
  it.each<readonly [string, () => unknown]>([
    ["mutex", () => mutex(untyped(3))],
    ["raw_spinlock", () => raw_spinlock(untyped(undefined))],
    ["rwlock", () => rwlock("")],
    ["variable", () => variable(untyped(bool), bool)],
    ["idSet", () => idSet(untyped(undefined))],
    ["thread", () => thread(untyped([step("x")]), [])],
    ["tasks", () => tasks(untyped(CPU), CPU, untyped(null), untyped(null))],
    ["device", () => device(untyped([]), [])],
    ["hardirq", () => hardirq(untyped(vector), vector, () => [])],
    ["softirq", () => softirq(untyped(vector), vector, () => [])],
    ["semaphore", () => semaphore(untyped({ count: 2 }))],
    ["completion", () => completion(untyped(undefined))],
    ["timer", () => timer(untyped(undefined))],
    ["hrtimer", () => hrtimer(untyped(undefined))],
    ["irq_line", () => irq_line(untyped(1))],
    ["workqueue", () => workqueue(untyped([]), [])],
    ["scenario", () => scenario(untyped({ sizes: {} }), { sizes: {}, processes: [] })],
  ])("%s", (call, make) => {
    expect(make).toThrow(new RegExp(`^${call}\\(\\): a name is wanted first, as in ${call}\\("a"`));
  });
});

describe("an option that is none", () => {
  it.each<readonly [string, () => unknown, RegExp]>([
    ["a number for options", () => semaphore("s", untyped(-1)), /semaphore\("s"\): options/],
    ["semaphore", () => semaphore("s", untyped({ cuont: 2 })), /cuont.*did you mean count/],
    ["completion", () => completion("c", untyped({ mots: 2 })), /mots.*did you mean most/],
    ["timer", () => timer("t", untyped({ cup: 0 })), /"cup"; there are cpu/],
    ["hrtimer", () => hrtimer("t", untyped({ herd: true })), /herd.*did you mean hard/],
    ["irq_line", () => irq_line("i", untyped({ cup: 0 })), /"cup"; there are cpu/],
    [
      "request_irq",
      () => request_irq(irq_line("i"), "h", [], untyped({ IRQF_NO_THREADS: true })),
      /IRQF_NO_THREADS.*did you mean IRQF_NO_THREAD/,
    ],
    [
      "workqueue",
      () => workqueue("w", [work_struct("a")], untyped({ maxactive: 1 })),
      /maxactive.*did you mean max_active/,
    ],
    ["a length", () => variable("x", bool, { per: [-1] }), /variable\("x"\): per has -1 elements/],
    ["a fraction", () => variable("x", bool, { per: [1.5] }), /per has 1\.5 elements/],
    ["a CPU", () => thread("T", -1, []), /thread\("T"\): CPU -1; CPUs are numbered from 0/],
    ["no arm", () => either(), /either\(\): one arm or more/],
    ["no way to choose", () => choose(CPU, untyped(step("x"))), /choose\(\): what is done with/],
    ["nothing to choose", () => choose([], () => step("x")), /choose\(\): there is nothing/],
    ["a limit", () => explore(one(step("x")), { maxStates: untyped("9") }), /maxStates is "9"/],
  ])("%s", (_, make, says) => {
    expect(make).toThrow(says);
  });
});

describe("what is still to come", () => {
  const promised = untyped(Promise.resolve(one(step("x"))));
  it.each<readonly [string, () => unknown]>([
    ["explore", () => explore(promised)],
    ["bothOn", () => bothOn(promised)],
  ])("%s asks whether an await is missing", (_, make) => {
    expect(make).toThrow(/a promise \(is an await missing\?\)/);
  });
});

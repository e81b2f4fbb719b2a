import { describe, expect, it } from "vitest";
import { explore, printReplay } from "../../lib/explore/index.js";
import {
  type Process,
  CPU,
  assign,
  at,
  bool,
  device,
  eq,
  forever,
  hardirq,
  if_,
  int,
  mutex,
  mutex_lock,
  mutex_unlock,
  raw_spin_lock,
  raw_spin_unlock,
  raw_spinlock,
  replay,
  scenario,
  send_ipi,
  set,
  step,
  thread,
  translate,
  variable,
  wait_until,
} from "../../lib/machine/index.js";

const of = (...processes: readonly Process[]) =>
  scenario("stuck", { sizes: { cpu: 2 }, processes });
const irq = variable("irq", bool, { per: [CPU] });
const done = variable("done", bool);
const request = variable("request", bool);
const nothing = "which nothing ever makes possible";
const message = (...processes: readonly Process[]) =>
  explore(of(...processes)).violations.deadlock?.message;

describe("a deadlock that a device could end", () => {
  const driver = thread("driver", 0, [set(request, true), wait_until(done, "wait_for_completion")]);
  const handler = hardirq("irq", irq, () => [set(done, true)]);
  const answers = [wait_until(request), send_ipi(irq, 0)];

  it("says so, with the way to write one that never falls silent", () => {
    expect(message(driver, handler, device("disk", answers))).toMatch(
      /^driver waits forever: wait_for_completion; unless disk goes on: .* thread\("disk", \[\.\.\.\]\)$/,
    );
    expect(explore(of(driver, handler, thread("disk", answers))).verdict).toBe("safe");
  });

  it("says so of no deadlock that the device cannot end", () => {
    const other = device("other", [forever([set(request, false), set(request, true)])]);
    const never = thread("driver", 0, [wait_until(done, "wait_for_completion")]);
    expect(message(never, other)).toBe(`driver waits forever: wait_for_completion, ${nothing}`);
    expect(message(never)).toBe(`driver waits forever: wait_for_completion, ${nothing}`);
  });

  it("says so of an interrupt that the task keeps off while it waits for the lock", () => {
    const l = raw_spinlock("l");
    const task = thread("task", 0, [raw_spin_lock(l), step("work"), raw_spin_unlock(l)]);
    const takes = hardirq("irq", irq, () => [raw_spin_lock(l), raw_spin_unlock(l)]);
    expect(message(task, takes, device("disk", [send_ipi(irq, 0)]))).not.toMatch(/unless/);
  });
});

describe("a trace to where somebody is doomed", () => {
  const lines = (...processes: readonly Process[]) => {
    const found = explore(of(...processes));
    const { schedule = [] } = found.violations.deadlock ?? {};
    return printReplay(replay(translate(found.scenario), schedule)).filter((line) =>
      line.includes("forever: "),
    );
  };
  const flags = variable("flags", bool, { per: [2] });
  const entered = variable("entered", bool, { per: [2] });
  const m = mutex("m");

  it("goes on until the others wait, too, and says who waits for whom", () => {
    const t = (me: number) => [
      set(at(entered, me), true),
      if_(at(entered, 1 - me), [wait_until(at(flags, 1 - me))]),
      step("count++"),
      set(at(flags, me), true),
    ];
    expect(lines(thread("T0", 0, t(0)), thread("T1", 1, t(1)))).toEqual([
      "deadlock: T0 waits forever: wait until flags[1]; T1 waits forever: wait until flags[0]",
      "  forever: T0 waits for T1, which waits for T0: each would have to go first",
    ]);
  });

  it("says that who holds the lock is not going to drop it", () => {
    const forgets = thread("A", 0, [mutex_lock(m), step("work"), step("more work")]);
    expect(lines(forgets, thread("B", 1, [mutex_lock(m), mutex_unlock(m)]))).toEqual([
      "deadlock: B waits forever: mutex_lock(&m)",
      "  forever: B waits for A: it has come to the end of its code",
    ]);
  });

  it("says that nobody does it", () => {
    const other = thread("B", 1, [step("work"), step("more work")]);
    expect(lines(thread("A", 0, [wait_until(done)]), other)).toEqual([
      `deadlock: A waits forever: wait until done, ${nothing}`,
      "  forever: A waits for what nobody will do: nothing ever makes that possible",
    ]);
  });

  it("says that what came too early does not come again", () => {
    const late = thread("B", 1, [set(done, true), set(done, false)]);
    expect(lines(thread("A", 0, [wait_until(done)]), late).at(-1)).toBe(
      "  forever: A waits for what nobody will do: it came too early, with step 1 (B: done = 1)",
    );
  });

  it("says that a server has used up what its client gave, and how it may rest", () => {
    const items = variable("items", int(0, 1));
    const server = thread("server", 0, [
      forever([step("take", { when: eq(items, 1), then: [assign(items, 0)] })]),
    ]);
    const client = thread("client", 1, [set(items, 1)]);
    expect(lines(server, client)).toEqual([
      "deadlock: server waits forever: take",
      "  forever: server waits for what nobody will do: what step 1 (client: items = 1) gave it took with step 2 (its own: take), and nobody gives it again; where it may rest, idle_until(CONDITION) before this says so",
    ]);
  });
});

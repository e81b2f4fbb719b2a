import { describe, expect, it } from "vitest";
import {
  CPU,
  type LockRef,
  bool,
  device,
  down_read,
  down_write,
  forever,
  hardirq,
  idle_until,
  sequentialRun,
  local_irq_disable,
  local_irq_enable,
  lockdepOn,
  raw_spin_lock,
  raw_spin_unlock,
  raw_spinlock,
  read_lock,
  rwsem,
  rwlock,
  scenario,
  send_ipi,
  thread,
  variable,
  wait_until,
  write_lock,
} from "../../../lib/index.js";

const [rw, sem] = [rwlock("rw"), rwsem("sem")];
const a = raw_spinlock("a");
const b = raw_spinlock("b");
const c = raw_spinlock("c");
const inside = (first: LockRef, second: LockRef) => [
  raw_spin_lock(first),
  raw_spin_lock(second),
  raw_spin_unlock(second),
  raw_spin_unlock(first),
];
const abba = scenario("AB/BA", {
  sizes: { cpu: 2 },
  processes: [thread("T0", 0, [forever(inside(a, b))]), thread("T1", 1, [forever(inside(b, a))])],
});

const vector = variable("vector", bool, { per: [CPU] });
const interrupted = (irqsOff: boolean) =>
  scenario("a lock shared with a handler", {
    sizes: { cpu: 1 },
    processes: [
      thread("task", 0, [
        ...(irqsOff ? [local_irq_disable()] : []),
        raw_spin_lock(a),
        raw_spin_unlock(a),
        ...(irqsOff ? [local_irq_enable()] : []),
      ]),
      hardirq("handler", vector, () => [raw_spin_lock(a), raw_spin_unlock(a)]),
      device("device", [send_ipi(vector, 0)]),
    ],
  });

const takers = (scene: Parameters<typeof sequentialRun>[0], options = {}) =>
  sequentialRun(scene, options)
    .events.filter(({ kind }) => kind === "locked")
    .map(({ task, ...fact }) => `${String(task)}:${"map" in fact ? fact.map.id : ""}`);

describe("sequentialRun", () => {
  it("runs each process once through its loop, without a race", () => {
    expect(takers(abba)).toEqual(["0:a", "0:b", "1:b", "1:a"]);
    expect(sequentialRun(abba).stuck).toEqual([]);
  });

  it("takes the processes in the order that it is told", () => {
    expect(takers(abba, { order: ["T1"] })).toEqual(["1:b", "1:a", "0:a", "0:b"]);
  });

  it("delivers a handler when the task waits or is done, on the CPU that was interrupted", () => {
    const { events } = sequentialRun(interrupted(true));
    expect(
      events
        .map(({ kind }) => kind)
        .filter((kind) => kind !== "locked" && kind !== "return_to_user"),
    ).toEqual([
      "hardirqs",
      "acquire",
      "release",
      "unlocked",
      "hardirqs",
      "hardirqs",
      "enter",
      "acquire",
      "release",
      "unlocked",
      "exit",
      "hardirqs",
    ]);
  });

  it("says who was left waiting, unless waiting there is fine", () => {
    const flag = variable("flag", bool);
    const waits = (body: ReturnType<typeof wait_until>) =>
      sequentialRun(scenario("waits", { sizes: { cpu: 1 }, processes: [thread("T", 0, [body])] }))
        .stuck;
    expect(waits(wait_until(flag))).toEqual(["T"]);
    expect(waits(idle_until(flag))).toEqual([]);
  });
});

describe("lockdepOn", () => {
  it("reports an order that deadlocked nobody", () => {
    const { report } = lockdepOn(abba);
    expect(report).toMatchObject({ kind: "circular", task: { comm: "T1" } });
  });

  it("is silent on one order", () => {
    const same = scenario("AB/AB", {
      sizes: { cpu: 2 },
      processes: [thread("T0", 0, inside(a, b)), thread("T1", 1, inside(a, b))],
    });
    expect(lockdepOn(same).report).toBeNull();
  });

  it("reports a lock that a handler takes and a task holds with IRQs on, and only that", () => {
    expect(lockdepOn(interrupted(false)).report).toMatchObject({ kind: "inconsistent" });
    expect(lockdepOn(interrupted(true)).report).toBeNull();
  });

  it("hears of a lock before the wait for it, which may never end", () => {
    const twice = [raw_spin_lock(a), raw_spin_lock(a), raw_spin_unlock(a)];
    const alone = scenario("twice", { sizes: { cpu: 1 }, processes: [thread("T", 0, twice)] });
    expect(sequentialRun(alone).stuck).toEqual(["T"]);
    expect(lockdepOn(alone).report).toMatchObject({ kind: "recursive" });
  });

  it.each([
    ["a reader below a writer", write_lock(rw), read_lock(rw)],
    ["a writer below a reader", read_lock(rw), write_lock(rw)],
    ["a writer below a writer", write_lock(rw), write_lock(rw)],
    ["a reader of a semaphore below a writer", down_write(sem), down_read(sem)],
    ["a writer of a semaphore below a reader", down_read(sem), down_write(sem)],
  ])("hears of a reader-writer lock before the wait for it: %s", (_, first, second) => {
    const self = scenario("self", {
      sizes: { cpu: 1 },
      processes: [thread("T", 0, [first, second])],
    });
    expect(lockdepOn(self).report?.kind).toBe("recursive");
  });

  it("adds to what a lockdep knows already", () => {
    const chain = (name: string, first: LockRef, second: LockRef) =>
      scenario(name, { sizes: { cpu: 1 }, processes: [thread("T", 0, inside(first, second))] });
    const lockdep = lockdepOn(chain("AB", a, b));
    lockdepOn(chain("BC", b, c), { lockdep });
    expect(lockdep.report).toBeNull();
    expect(lockdepOn(chain("CA", c, a), { lockdep }).report).toMatchObject({ kind: "circular" });
  });
});

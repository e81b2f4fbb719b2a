import { describe, expect, it } from "vitest";
import { explore } from "../../lib/explore/index.js";
import { lockdepOn } from "../../lib/verdict/index.js";
import {
  CPU,
  type Process,
  type Statement,
  bool,
  down_read_trylock,
  down_write,
  down_write_trylock,
  downgrade_write,
  eq,
  fn,
  hardirq,
  int,
  raw_spin_lock,
  raw_spin_lock_irq,
  raw_spin_lock_irqsave,
  raw_spin_unlock,
  raw_spin_unlock_irq,
  raw_spin_unlock_irqrestore,
  raw_spinlock,
  read_lock,
  read_lock_bh,
  read_lock_irq,
  read_lock_irqsave,
  read_trylock,
  read_unlock,
  read_unlock_bh,
  read_unlock_irq,
  read_unlock_irqrestore,
  rwlock,
  rwsem,
  scenario,
  section,
  send_ipi,
  set,
  softirq,
  spin_lock,
  spin_lock_bh,
  spin_unlock,
  spin_unlock_bh,
  spinlock,
  stay,
  step,
  thread,
  translate,
  up_read,
  up_write,
  variable,
  write_lock,
  write_lock_bh,
  write_lock_irq,
  write_lock_irqsave,
  write_trylock,
  write_unlock,
  write_unlock_bh,
  write_unlock_irq,
  write_unlock_irqrestore,
} from "../../lib/machine/index.js";
import { agree } from "../explore/agreement.js";

const on = (...processes: readonly Process[]) =>
  scenario("locks", { sizes: { cpu: processes.length }, processes });

const verdict = (...processes: readonly Process[]) => {
  const result = explore(on(...processes));
  expect(result.complete).toBe(true);
  return result.verdict;
};

describe("calls that switch IRQs off with the lock", () => {
  const lock = raw_spinlock("lock");
  const vector = variable("vector", bool, { per: [CPU] });
  const flags = variable("flags", bool);
  const handler = hardirq("handler", vector, () => [raw_spin_lock(lock), raw_spin_unlock(lock)]);
  const story = (body: readonly Statement[]) =>
    scenario("irq", {
      sizes: { cpu: 1 },
      processes: [thread("T", 0, [send_ipi(vector, 0), ...body]), handler],
    });

  it.each([
    ["raw_spin_lock", [raw_spin_lock(lock), raw_spin_unlock(lock)], "deadlock"],
    ["raw_spin_lock_irq", [raw_spin_lock_irq(lock), raw_spin_unlock_irq(lock)], "safe"],
    [
      "raw_spin_lock_irqsave",
      [raw_spin_lock_irqsave(lock, flags), raw_spin_unlock_irqrestore(lock, flags)],
      "safe",
    ],
  ] as const)("%s and a handler that takes the lock: %s", (_, body, expected) => {
    expect(explore(story(body)).verdict).toBe(expected);
    expect(lockdepOn(story(body)).report?.kind ?? "safe").toBe(
      expected === "safe" ? "safe" : "inconsistent",
    );
  });

  it("give IRQs back as they were: nested saves leave them off until the outer one", () => {
    const inner = variable("inner", bool);
    const other = raw_spinlock("other");
    const nested = [
      raw_spin_lock_irqsave(lock, flags),
      raw_spin_lock_irqsave(other, inner),
      raw_spin_unlock_irqrestore(other, inner),
      raw_spin_unlock_irqrestore(lock, flags),
    ];
    expect(explore(story(nested)).verdict).toBe("safe");
    const wrong = [
      raw_spin_lock_irq(lock),
      raw_spin_lock_irq(other),
      raw_spin_unlock_irq(other), // IRQs are on again, and the lock is held
      raw_spin_unlock_irq(lock),
    ];
    expect(explore(story(wrong)).verdict).toBe("deadlock");
  });

  const rw = rwlock("rw");
  const writing = hardirq("handler", vector, () => [write_lock(rw), write_unlock(rw)]);
  const reading = hardirq("handler", vector, () => [read_lock(rw), read_unlock(rw)]);
  const above = (handler: Process, ...body: readonly Statement[]) =>
    scenario("rw irq", {
      sizes: { cpu: 1 },
      processes: [thread("T", 0, [send_ipi(vector, 0), ...body]), handler],
    });
  it.each([
    ["read_lock", writing, [read_lock(rw), read_unlock(rw)], "deadlock"],
    ["read_lock", reading, [read_lock(rw), read_unlock(rw)], "safe"],
    ["read_lock_irq", writing, [read_lock_irq(rw), read_unlock_irq(rw)], "safe"],
    [
      "read_lock_irqsave",
      writing,
      [read_lock_irqsave(rw, flags), read_unlock_irqrestore(rw, flags)],
      "safe",
    ],
    ["write_lock", reading, [write_lock(rw), write_unlock(rw)], "deadlock"],
    ["write_lock_irq", reading, [write_lock_irq(rw), write_unlock_irq(rw)], "safe"],
    [
      "write_lock_irqsave",
      reading,
      [write_lock_irqsave(rw, flags), write_unlock_irqrestore(rw, flags)],
      "safe",
    ],
  ] as const)("%s and a handler that takes it, too", (_, handler, body, expected) => {
    const of = above(handler, ...body);
    expect(agree(of)).toEqual(expected === "safe" ? [] : [expected]);
  });

  it("drop the lock before IRQs come on, and take it after they went off", () => {
    const off = [read_lock_irq(rw), read_unlock_irq(rw)];
    const labels = translate(above(writing, ...off))
      .transitions.filter(({ process }) => process === 0)
      .map(({ label }) => label);
    expect(labels.slice(1)).toEqual([
      "local_irq_disable()",
      "read_lock(&rw)",
      "read_unlock(&rw)",
      "local_irq_enable()",
    ]);
  });

  it("take one lock of an array", () => {
    const each = rwlock("each", { per: [CPU] });
    const taken = [write_lock_irqsave(each, flags, [0]), write_lock_irq(each, [1]), stay()];
    const of = scenario("array", { sizes: { cpu: 2 }, processes: [thread("T", 0, taken)] });
    expect(agree(of)).toEqual([]);
    const kept = [write_lock_bh(each, [1]), write_lock_bh(each, [1])];
    expect(verdict(thread("T", 0, kept), thread("U", 1, []))).toBe("deadlock");
  });

  it("read_lock_bh and write_lock_bh keep softirqs out, the others do not", () => {
    const pending = variable("pending", bool, { per: [CPU] });
    const raise = set({ op: "read", variable: pending, index: [{ op: "cpu" }] }, true, "raise");
    const serving = softirq("tasklet", pending, () => [write_lock(rw), write_unlock(rw)]);
    const with_ = (...body: readonly Statement[]) =>
      scenario("bh", { sizes: { cpu: 1 }, processes: [thread("T", 0, [raise, ...body]), serving] });
    expect(agree(with_(read_lock(rw), read_unlock(rw)))).toEqual(["deadlock"]);
    expect(agree(with_(read_lock_bh(rw), read_unlock_bh(rw)))).toEqual([]);
    expect(agree(with_(write_lock(rw), write_unlock(rw)))).toEqual(["deadlock"]);
    expect(agree(with_(write_lock_bh(rw), write_unlock_bh(rw)))).toEqual([]);
  });

  it("spin_lock_bh keeps softirqs out, spin_lock does not", () => {
    const soft = spinlock("soft");
    const pending = variable("pending", bool, { per: [CPU] });
    const serving = softirq("tasklet", pending, () => [spin_lock(soft), spin_unlock(soft)]);
    const raise = set({ op: "read", variable: pending, index: [{ op: "cpu" }] }, true, "raise");
    const with_ = (...body: readonly Statement[]) =>
      scenario("bh", {
        sizes: { cpu: 1 },
        processes: [thread("T", 0, [raise, ...body]), serving],
      });
    expect(explore(with_(spin_lock(soft), spin_unlock(soft))).verdict).toBe("deadlock");
    expect(explore(with_(spin_lock_bh(soft), spin_unlock_bh(soft))).verdict).toBe("safe");
  });
});

describe("reader-writer locks", () => {
  const rw = rwlock("rw");
  const sem = rwsem("sem");

  it("let readers in together, and a writer alone", () => {
    const reads = [read_lock(rw), section("reading", [step("r")]), read_unlock(rw)];
    const writes = [write_lock(rw), section("writing", [step("w")]), write_unlock(rw)];
    expect(verdict(thread("R0", 0, reads), thread("R1", 1, reads))).toBe("invariant");
    expect(verdict(thread("W0", 0, writes), thread("W1", 1, writes))).toBe("safe");
    const both = [write_lock(rw), section("reading", [step("w")]), write_unlock(rw)];
    expect(verdict(thread("R", 0, reads), thread("W", 1, both))).toBe("safe");
  });

  it("keep a reader out while a writer waits, unless the reader is an interrupt", () => {
    const again = [read_lock(rw), read_lock(rw), read_unlock(rw), read_unlock(rw)];
    const writer = thread("W", 1, [write_lock(rw), write_unlock(rw)]);
    expect(verdict(thread("R", 0, again), writer)).toBe("deadlock");

    const vector = variable("vector", bool, { per: [CPU] });
    const reads = [read_lock(rw), read_unlock(rw)];
    const handler = hardirq("handler", vector, () => reads);
    const reader = thread("R", 0, [send_ipi(vector, 0), ...reads]);
    const interrupted = scenario("rw", { sizes: { cpu: 2 }, processes: [reader, writer, handler] });
    expect(explore(interrupted)).toMatchObject({ verdict: "safe", complete: true });
  });

  it.each([
    ["read_trylock", [read_lock(rw), read_trylock(rw, [read_unlock(rw)]), read_unlock(rw)]],
    ["write_trylock", [read_lock(rw), write_trylock(rw, [write_unlock(rw)]), read_unlock(rw)]],
  ])("%s never waits, for a writer in the queue neither", (_, body) => {
    const writer = thread("W", 1, [write_lock(rw), write_unlock(rw)]);
    expect(verdict(thread("T", 0, body), writer)).toBe("safe");
  });

  it("down_read_trylock and down_write_trylock never wait, and exclude as the others do", () => {
    const read = [down_read_trylock(sem, [section("s", [step("r")]), up_read(sem)])];
    const write = [down_write_trylock(sem, [section("s", [step("w")]), up_write(sem)])];
    const waits = [down_write(sem), section("s", [step("w")]), up_write(sem)];
    for (const tried of [read, write]) {
      expect(verdict(thread("T", 0, tried), thread("W", 1, waits))).toBe("safe");
    }
  });

  it("downgrade_write lets nobody write in between, and readers in after it", () => {
    const done = variable("done", int(0, 1));
    const down = [
      down_write(sem),
      set(done, 0, "write"),
      downgrade_write(sem),
      fn("read", [step("done is what was written", { when: eq(done, 0) })]),
      up_read(sem),
    ];
    const other = [down_write(sem), set(done, 1, "write"), up_write(sem)];
    expect(verdict(thread("T", 0, down), thread("W", 1, other))).toBe("safe");
    expect(verdict(thread("T", 0, [downgrade_write(sem)]))).toBe("misuse");
    expect(lockdepOn(on(thread("T", 0, down))).report).toBeNull();
  });
});

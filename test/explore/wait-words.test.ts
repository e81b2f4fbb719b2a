/** Every call that can wait, waited in: the end of a trace says in which, and who or what is in the way. */
import { describe, expect, it } from "vitest";
import { stories } from "../../lib/atlas/stories/index.js";
import { explore, printReplay } from "../../lib/explore/index.js";
import {
  type Process,
  type Statement,
  barrier_wait,
  bit_spin_lock,
  bit_spinlock,
  blk_mq_freeze_queue,
  blk_queue_enter,
  bool,
  barrier,
  cpus_read_lock,
  cpus_write_lock,
  completion,
  dma_fence,
  dma_fence_wait,
  down,
  down_read,
  down_write,
  join,
  mutex,
  mutex_lock,
  percpu_down_read,
  percpu_down_write,
  percpu_rwsem,
  raw_spin_lock,
  raw_spin_lock_irq,
  raw_spinlock,
  read_lock,
  replay,
  request_queue,
  rt_mutex,
  rt_mutex_lock,
  rwlock,
  rwsem,
  scenario,
  semaphore,
  sequentialRun,
  set,
  spin_lock,
  spin_lock_bh,
  spin_lock_irq,
  spinlock,
  srcu_read_lock,
  srcu_struct,
  stay,
  synchronize_srcu,
  thread,
  translate,
  variable,
  wait_event,
  wait_for_completion,
  wait_queue,
  wait_until,
  wake_up,
  write_lock,
} from "../../lib/machine/index.js";

const m = mutex("m");
const rt = rt_mutex("rt");
const raw = raw_spinlock("raw");
const spin = spinlock("spin");
const bit = bit_spinlock("bit");
const rw = rwlock("rw");
const sem = rwsem("sem");
const percpu = percpu_rwsem("percpu");
const count = semaphore("count");
const done = completion("done");
const wq = wait_queue("wq");
const ready = variable("ready", bool);
const srcu = srcu_struct("srcu");
const queue = request_queue("sda");
const fence = dma_fence("fence");
const phase = barrier("phase", 2);

/** What the holder does and keeps, what the waiter then stands in, and as what the step is labelled. */
const held: readonly (readonly [call: string, holds: Statement, waits: Statement])[] = [
  ["mutex_lock", mutex_lock(m), mutex_lock(m)],
  ["rt_mutex_lock", rt_mutex_lock(rt), rt_mutex_lock(rt)],
  ["raw_spin_lock", raw_spin_lock(raw), raw_spin_lock(raw)],
  ["raw_spin_lock", raw_spin_lock_irq(raw), raw_spin_lock_irq(raw)],
  ["spin_lock", spin_lock(spin), spin_lock(spin)],
  ["spin_lock", spin_lock_irq(spin), spin_lock_bh(spin)],
  ["bit_spin_lock", bit_spin_lock(bit), bit_spin_lock(bit)],
  ["read_lock", write_lock(rw), read_lock(rw)],
  ["write_lock", read_lock(rw), write_lock(rw)],
  ["down_read", down_write(sem), down_read(sem)],
  ["down_write", down_read(sem), down_write(sem)],
  ["percpu_down_read", percpu_down_write(percpu), percpu_down_read(percpu)],
  ["percpu_down_write", percpu_down_read(percpu), percpu_down_write(percpu)],
  ["percpu_down_read", cpus_write_lock(), cpus_read_lock()],
  ["percpu_down_write", cpus_read_lock(), cpus_write_lock()],
  ["down", down(count), down(count)],
  ["synchronize_srcu", srcu_read_lock(srcu), synchronize_srcu(srcu)],
  ["blk_queue_enter", blk_mq_freeze_queue(queue), blk_queue_enter(queue)],
  ["blk_mq_freeze_queue", blk_queue_enter(queue), blk_mq_freeze_queue(queue)],
];

const nobody: readonly (readonly [call: string, waits: Statement])[] = [
  ["wait_for_completion", wait_for_completion(done)],
  ["schedule", wait_event(wq, ready)],
  ["dma_fence_wait", dma_fence_wait(fence)],
  ["barrier_wait", barrier_wait(phase)],
  ["wait until ready", wait_until(ready)],
];

const endOf = (...processes: readonly Process[]): readonly string[] => {
  const of = scenario("waits", { sizes: {}, processes });
  const { schedule } = sequentialRun(of, { order: processes.map(({ name }) => name) });
  return printReplay(replay(translate(of), schedule));
};

describe("who waits for what somebody holds", () => {
  it.each(held)("says in %s by whom, since which step", (call, holds, waits) => {
    const lines = endOf(thread("holder", [holds, stay()]), thread("waiter", [waits]));
    const line = lines.find((one) => one.startsWith("waiter waits: "));
    expect(line).toContain(call);
    expect(line).toMatch(/; (?:held by holder since step \d|because of step \d \(holder: )/);
    expect(lines.at(-1)).toContain("forever: waiter waits for holder");
  });
});

describe("who waits for what nobody has done", () => {
  it.each(nobody)("says in %s that nobody will", (call, waits) => {
    const line = endOf(thread("waiter", [waits])).find((one) => one.startsWith("waiter waits: "));
    expect(line).toContain(call);
    expect(line).toMatch(
      /; (?:nobody does that any more|nothing ever makes that possible|because of step \d \(its own: )/,
    );
  });

  it("says whose it is to do where somebody stands before it", () => {
    const lines = endOf(
      thread("waiter", [mutex_lock(m), wait_event(wq, ready)]),
      thread("doer", [mutex_lock(m), set(ready, true, "ready = 1"), wake_up(wq)]),
    );
    expect(lines.find((one) => one.startsWith("waiter waits: "))).toContain(
      "; up to doer: wake_up(&wq)",
    );
    expect(lines.at(-1)).toContain("doer waits for waiter, which waits for doer");
  });

  it("says of one that joins another where that stands", () => {
    const lines = endOf(
      thread("waiter", [mutex_lock(m), join("doer")]),
      thread("doer", [mutex_lock(m)]),
    );
    expect(lines.at(-1)).toContain("waiter waits for doer, which waits for waiter");
  });
});

describe("the end of each story that ends badly", () => {
  const bad = stories.filter(({ verdict }) => verdict === "deadlock");
  it.each(bad.map(({ name, scenario: of }) => [name, of] as const))(
    "%s: everybody who stands has a line that ends in who or what is in the way",
    (_, of) => {
      const { schedule = [] } = explore(of).violations.deadlock ?? {};
      const lines = printReplay(replay(translate(of), schedule));
      const from = lines.findIndex((line) => line.startsWith("from here on"));
      expect(from).toBeGreaterThanOrEqual(0);
      const stands = lines.filter((line) =>
        /^\S.* (?:waits|is not running|goes round): /.test(line),
      );
      expect(stands.length).toBeGreaterThan(0);
      for (const line of stands) {
        expect(line).toMatch(
          /; (?:held by|because of|up to|it came too early|interrupted by|nobody|nothing|another)/,
        );
      }
      expect(lines.some((line) => line.startsWith("  forever: "))).toBe(true);
    },
  );
});

import { describe, expect, it } from "vitest";
import { explore } from "../../lib/explore/index.js";
import { bothOn, type Verdicts } from "../../lib/verdict/index.js";
import {
  CPU,
  bool,
  device,
  down_read,
  down_write,
  forever,
  hardirq,
  local_bh_disable,
  local_bh_enable,
  local_irq_disable,
  local_irq_enable,
  read_lock,
  read_unlock,
  rwlock,
  rwsem,
  scenario,
  send_ipi,
  softirq,
  thread,
  up_read,
  up_write,
  variable,
  write_lock,
  write_unlock,
  type Process,
  type Statement,
} from "../../lib/machine/index.js";

const tasklist = rwlock("tasklist_lock");
const once = [read_lock(tasklist), read_unlock(tasklist)];
const bottomHalvesOff = (body: readonly Statement[]): Statement[] => [
  local_bh_disable(),
  ...body,
  local_bh_enable(),
];

function judged(
  reader: readonly Statement[],
  writer: readonly Statement[],
  more: readonly Process[] = [],
): Verdicts {
  return bothOn(
    scenario("readers", {
      sizes: { cpu: 2 },
      processes: [
        thread("reader", 0, [forever(reader)]),
        thread("writer", 1, [forever(writer)]),
        ...more,
      ],
    }),
  );
}

const write = [write_lock(tasklist), write_unlock(tasklist)];

describe("a queued rwlock", () => {
  it("lets a task that reads twice wait behind a writer: both judges see it", () => {
    const twice = [read_lock(tasklist), ...once, read_unlock(tasklist)];
    const { quadrant, report } = judged(twice, write);
    expect([quadrant, report?.kind]).toEqual(["both find it", "recursive"]);
  });

  it("lets a reader in a softirq pass the waiting writer, and lockdep knows", () => {
    const pending = variable("PENDING", bool, { per: [CPU] });
    const { quadrant, report } = judged(once, bottomHalvesOff(write), [
      softirq("handler", pending, () => once),
      device("device", [forever([send_ipi(pending, 0)])]),
    ]);
    expect([quadrant, report]).toEqual(["both find nothing", null]);
  });

  it("takes bottom halves off for an interrupt, as in_interrupt() does", () => {
    const inner = bottomHalvesOff(once);
    const { quadrant, report } = judged(
      [read_lock(tasklist), ...inner, read_unlock(tasklist)],
      write,
    );
    expect([quadrant, report]).toEqual(["both find nothing", null]);
  });

  it("is a sleeping lock with PREEMPT_RT, so lockdep alone objects to it in a hardirq that no thread runs", () => {
    const vector = variable("VECTOR", bool, { per: [CPU] });
    const quiet = [local_irq_disable(), ...write, local_irq_enable()];
    const { quadrant, report } = judged(once, quiet, [
      hardirq("handler", vector, () => once, { IRQF_NO_THREAD: true }),
      device("device", [forever([send_ipi(vector, 0)])]),
    ]);
    expect([quadrant, report?.kind]).toEqual(["not the explorer's question", "wait-context"]);
  });
});

describe("a reader-writer semaphore", () => {
  const sem = rwsem("mmap_lock");
  const read = [down_read(sem), up_read(sem)];

  it("may be read by one and written by another", () => {
    const { quadrant } = judged(read, [down_write(sem), up_write(sem)]);
    expect(quadrant).toBe("both find nothing");
  });

  it("must not be read twice by one task: a writer comes between", () => {
    const twice = [down_read(sem), ...read, up_read(sem)];
    const { quadrant, report } = judged(twice, [down_write(sem), up_write(sem)]);
    expect([quadrant, report?.kind]).toEqual(["both find it", "recursive"]);
  });
});

describe("as many readers as there are", () => {
  const sem = rwsem("sem");
  it.each([
    ["of an rwlock", [read_lock(tasklist), read_unlock(tasklist)]],
    ["of an rwsem", [down_read(sem), up_read(sem)]],
  ])("may be in at once: ten %s", (_, body) => {
    const ten = Array.from({ length: 10 }, (_unused, at) => thread(`T${String(at)}`, body));
    const scene = scenario("readers", { sizes: {}, processes: ten });
    expect(explore(scene, { reductions: { local: true } }).verdict).toBe("safe");
  });
});

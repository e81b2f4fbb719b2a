import { describe, expect, it } from "vitest";
import {
  type Process,
  type Statement,
  CPU,
  bool,
  device,
  hardirq,
  local_irq_disable,
  local_irq_enable,
  nmi,
  raw_spin_lock,
  raw_spin_lock_irqsave,
  raw_spin_trylock,
  raw_spin_unlock,
  raw_spin_unlock_irqrestore,
  raw_spinlock,
  scenario,
  section,
  send_ipi,
  might_sleep,
  thread,
  variable,
} from "../../lib/machine/index.js";
import { bothOn } from "../../lib/verdict/index.js";
import { agree } from "../explore/agreement.js";
import { agreeWithSpin, hasSpin } from "../explore/spin.js";

const vector = variable("nmi", bool, { per: [CPU] });
const irq = variable("irq", bool, { per: [CPU] });
const other = variable("other", bool, { per: [CPU] });
const flags = variable("flags", bool);
const l = raw_spinlock("l");
const of = (...processes: readonly Process[]) => scenario("nmi", { sizes: { cpu: 1 }, processes });
const perf = device("perf", [send_ipi(vector, 0)]);
const disk = device("disk", [send_ipi(irq, 0)]);
const irqsave = [raw_spin_lock_irqsave(l, flags), raw_spin_unlock_irqrestore(l, flags)];
const inside = [section("data", [])];
const takes = [raw_spin_lock(l), raw_spin_unlock(l)];
const comes = (body: readonly Statement[]) => nmi("perf_nmi", vector, () => body);

describe("an NMI", () => {
  it("comes though IRQs are off, and waits for a lock that it interrupted", () => {
    const scene = of(thread("task", 0, irqsave), comes(takes), perf);
    expect(agree(scene)).toEqual(["deadlock"]);
    const both = bothOn(scene);
    expect(both.report?.kind).toBe("inconsistent");
    expect(both.quadrant).toBe("both find it");
  });

  it("that only tries is fine with both", () => {
    const tries = [raw_spin_trylock(l, [raw_spin_unlock(l)])];
    const scene = of(thread("task", 0, irqsave), comes(tries), perf);
    expect(agree(scene)).toEqual([]);
    expect(bothOn(scene).quadrant).toBe("both find nothing");
  });

  it("comes into a handler, too, and never into itself", () => {
    const scene = of(
      hardirq("irq", irq, () => inside),
      disk,
      comes(inside),
      perf,
    );
    expect(agree(scene)).toEqual(["invariant"]);
    const again = device("perf", [send_ipi(vector, 0), send_ipi(vector, 0)]);
    expect(agree(of(comes(inside), again))).toEqual([]);
  });

  it("may not sleep", () => {
    expect(agree(of(comes([might_sleep()]), perf))).toEqual(["misuse"]);
  });
});

describe("a handler that nests", () => {
  const enables = (body: readonly Statement[]) => [
    local_irq_enable(),
    ...body,
    local_irq_disable(),
  ];
  const nesting = (first: readonly Statement[], nests: boolean) =>
    of(
      hardirq("irq", irq, () => first),
      disk,
      hardirq("other", other, () => [section("data", [])], { nests }),
      device("net", [send_ipi(other, 0)]),
    );

  it("interrupts another that has enabled IRQs", () => {
    expect(agree(nesting(enables(inside), true))).toEqual(["invariant"]);
  });

  it("waits while IRQs are off, and as any other if it does not nest", () => {
    expect(agree(nesting(inside, true))).toEqual([]);
    expect(agree(nesting(enables(inside), false))).toEqual([]);
  });
});

describe.skipIf(!hasSpin)("SPIN and the lab", () => {
  it("agree about an NMI in a handler", async () => {
    const handler = hardirq("irq", irq, () => takes);
    await agreeWithSpin(
      of(
        thread("task", 0, irqsave),
        handler,
        disk,
        comes([raw_spin_trylock(l, [raw_spin_unlock(l)])]),
        perf,
      ),
    );
  });

  it.each([
    ["with IRQs off", inside],
    ["with IRQs on", [local_irq_enable(), ...inside, local_irq_disable()]],
  ] as const)("agree about a handler that nests in another %s", async (_, first) => {
    await agreeWithSpin(
      of(
        thread("task", 0, irqsave),
        hardirq("irq", irq, () => first),
        disk,
        hardirq("other", other, () => inside, { nests: true }),
        device("net", [send_ipi(other, 0)]),
      ),
    );
  });
});

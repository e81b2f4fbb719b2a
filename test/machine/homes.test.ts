import { describe, expect, it } from "vitest";
import { explore } from "../../lib/explore/index.js";
import {
  CPU,
  type Process,
  type Scenario,
  type Statement,
  cpuCount,
  forever,
  idSet,
  local_irq_disable,
  mutex,
  mutex_lock,
  mutex_unlock,
  raw_spin_lock,
  raw_spin_unlock,
  raw_spinlock,
  scenario,
  section,
  tasks,
  thread,
  translate,
} from "../../lib/machine/index.js";
import { agree } from "../explore/agreement.js";
import { agreeWithSpin, hasSpin } from "../explore/spin.js";

const lock = raw_spinlock("lock");
const m = mutex("m");
const W = idSet("worker");
const spin = [raw_spin_lock(lock), section("data", []), raw_spin_unlock(lock)];
const sleep = [mutex_lock(m), section("data", []), mutex_unlock(m)];
const workers = (body: readonly Statement[]) =>
  tasks(
    "worker",
    W,
    () => ({}),
    () => body,
  );
const onCpus = (body: readonly Statement[]) =>
  tasks(
    "bound",
    CPU,
    (cpu) => ({ cpu }),
    () => body,
  );
const of = (sizes: Scenario["sizes"], ...processes: Process[]) =>
  scenario("homes", { sizes, processes });

describe("a thread without a CPU", () => {
  it("runs beside symmetric tasks that have all CPUs, which stay symmetric", () => {
    const mixed = of({ cpu: 3 }, onCpus(spin), thread("main", spin));
    expect(cpuCount(mixed)).toBe(4);
    expect(translate(mixed).named.get("cpu")).toBeUndefined();
    expect(agree(mixed)).toEqual([]);
    const states = (symmetry: boolean) =>
      explore(mixed, { reductions: { local: false, symmetry } }).states;
    expect([states(false), states(true)]).toEqual([112, 38]);
  });

  it("is one of a set that can change names, its own CPU with it", () => {
    const alike = of({ worker: 3 }, workers([forever(spin)]));
    expect(agree(alike)).toEqual([]);
    const states = (symmetry: boolean) =>
      explore(alike, { reductions: { local: false, symmetry } }).states;
    // Nobody has the lock, or one of three has it in one of three places.
    expect([states(false), states(true)]).toEqual([1 + 3 * 3, 1 + 3]);
  });

  it("has an IRQ flag of its own: what is no misuse on one CPU is one on the other", () => {
    const careless = thread("careless", [local_irq_disable(), ...sleep]);
    expect(explore(of({}, careless, thread("other", sleep))).verdict).toBe("misuse");
    expect(explore(of({}, thread("T", sleep), thread("other", sleep))).verdict).toBe("safe");
  });

  it("says of how many processes it is, where there is no set", () => {
    expect(explore(of({}, thread("T", sleep), thread("U", sleep))).summary).toMatch(
      /states of 2 processes$/,
    );
  });

  it.skipIf(!hasSpin)("has as many states in SPIN", async () => {
    await agreeWithSpin(of({ cpu: 2, worker: 2 }, onCpus(spin), workers(sleep), thread("U", spin)));
  });
});

import { describe, expect, it } from "vitest";
import { otherPastes } from "../../../lib/splat/others/named.js";

describe("what other tools print", () => {
  it.each([
    ["BUG: sleeping function called from invalid context at mm/slab.h:420", "sleeping functions"],
    ["BUG: spinlock bad magic on CPU#0, swapper/1", "spinlocks"],
    ["watchdog: BUG: soft lockup - CPU#1 stuck for 22s! [a:1]", "lockup detector"],
    ["lock order reversal:", "WITNESS"],
    ["BUG: scheduling while atomic", "scheduler"],
    [
      "DEBUG_RWSEMS_WARN_ON(tmp < 0): count = 0xffffffffffffff00, magic = 0x1, owner = 0x1",
      "rwsems",
    ],
    [" *** DEADLOCK ***", "lockdep"],
    [" print_deadlock_bug+0x258/0x348", "lockdep"],
    [
      "WARNING: ThreadSanitizer: lock-order-inversion (potential deadlock) (pid=1)",
      "ThreadSanitizer",
    ],
  ])("is named: %s", (text, what) => {
    expect(otherPastes(`one\n[  1.000000] ${text}\n`)).toMatchObject([
      { line: 2, what: expect.stringContaining(what) as unknown },
    ]);
    expect(otherPastes("nothing of the kind\n")).toEqual([]);
  });
});

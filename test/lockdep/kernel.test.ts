import { describe, expect, it } from "vitest";
import { Lockdep, printReport } from "../../lib/index.js";
import { KERNEL_NAMES, type KernelName, kernelOfVersion } from "../../lib/lockdep/index.js";
import { OneTask } from "./one-task.js";

describe("a kernel", () => {
  it("is one of those that differ, each with PROVE_RAW_LOCK_NESTING and without", () => {
    expect(KERNEL_NAMES).toEqual(
      ["6.12", "6.13", "6.16", "7.0"].flatMap((name) => [name, `${name}-no-raw-nesting`]),
    );
  });

  it("that is not known is refused, with the names of those that are", () => {
    const unknown = "5.4" as KernelName;
    expect(() => new Lockdep({ kernel: unknown })).toThrow(/no kernel "5.4".*6\.12-no-raw-nesting/);
  });

  it.each([
    ["6.12.117", "6.12"],
    ["6.13.0-rc1+", "6.13"],
    ["6.15", "6.13"],
    ["6.16.0-next-20250801", "6.16"],
    ["6.19.2", "6.16"],
    ["7.1.0-rc3", "7.0"],
    ["no number", "6.12"],
  ] as const)("of version %s is %s, where raw locks nest", (version, name) => {
    expect(kernelOfVersion(version, true)).toBe(name);
    expect(kernelOfVersion(version, false)).toBe(`${name}-no-raw-nesting`);
  });

  it("nests raw locks as is the default of its version, unless it is told", () => {
    expect(kernelOfVersion("6.12.9")).toBe("6.12-no-raw-nesting");
    expect(kernelOfVersion("4.19.0")).toBe("6.12-no-raw-nesting");
    expect(kernelOfVersion("6.13")).toBe("6.13");
    expect(kernelOfVersion("7.0.0")).toBe("7.0");
  });
});

describe("without PROVE_RAW_LOCK_NESTING", () => {
  const kernel = "6.12-no-raw-nesting";

  it("a spinlock may be taken under a raw one, and a mutex may not", () => {
    const t = new OneTask({ kernel });
    t.nest(t.lock("raw", "raw"), t.lock("spin", "spin"));
    expect(t.kinds).toEqual([]);
    t.nest(t.lock("raw", "raw"), t.lock("mutex", "mutex"));
    expect(printReport(t.only("wait-context"))).toContain("(mutex){....}-{3:3}");
  });
});

describe("from 6.16 on", () => {
  it("a subclass of 8 is a warning of its own, before anything is looked up", () => {
    const t = new OneTask({ kernel: "6.16" });
    t.take(t.lock("a"), 0, 8);
    expect(t.only("debug-locks-warn").condition).toBe("subclass >= MAX_LOCKDEP_SUBCLASSES");
  });

  it("/proc/lockdep_stats counts the dynamic keys that are registered", () => {
    const row = (kernel: KernelName): string | undefined => {
      const lockdep = new Lockdep({ kernel });
      for (const key of ["one", "two", "three"]) lockdep.lockdep_register_key(key);
      lockdep.lockdep_unregister_key("two");
      return lockdep
        .proc_lockdep_stats()
        .split("\n")
        .find((line) => line.includes("dynamic-keys"));
    };
    expect(row("6.12")).toBeUndefined();
    expect(row("6.16")).toBe(" dynamic-keys:                            2");
  });
});

describe("from 7.0 on", () => {
  it("a warning begins with its place", () => {
    const t = new OneTask({ kernel: "7.0" });
    t.lockdep.lock_downgrade(t.lock("a"), ["f"]);
    const report = t.only("debug-locks-warn");
    expect(printReport(report, "7.0")).toContain("WARNING: at __lock_downgrade, CPU#0: task/0\n");
    expect(printReport(report)).toContain("WARNING: CPU: 0 PID: 0 at __lock_downgrade\n");
  });
});

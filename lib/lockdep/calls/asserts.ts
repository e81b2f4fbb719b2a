/**
 * What code asserts about its own locks and interrupts; a failed assert warns and leaves lockdep on.
 *
 * Follows `lockdep_assert()` and its users in include/linux/lockdep.h. Those about locks are silent
 * under `lockdep_off()`, those about interrupts are not.
 */
import { LockdepContext } from "./context.js";
import type { Core } from "../state/core.js";
import { isHeld } from "../state/held.js";
import type { LockdepMap } from "../state/map.js";
import type { Stack } from "../report/report.js";

/** The part of a lockdep that answers asserts. */
export abstract class LockdepAsserts extends LockdepContext {
  /** `lockdep_assert_held()`, or `_write()` or `_read()` by `by`. */
  lockdep_assert_held(map: LockdepMap, ip: Stack, by: "any" | "reader" | "writer" = "any"): void {
    const suffix = { any: "", reader: "_read", writer: "_write" }[by];
    this.each(ip, `lockdep_assert_held${suffix}`, (core) => !core.enabled || isHeld(core, map, by));
  }

  /** `lockdep_assert_not_held()`. */
  lockdep_assert_not_held(map: LockdepMap, ip: Stack): void {
    this.each(ip, "lockdep_assert_not_held", (core) => !core.enabled || !isHeld(core, map));
  }

  /** `lockdep_assert_none_held_once()`. */
  lockdep_assert_none_held(ip: Stack): void {
    this.once(ip, "lockdep_assert_none_held_once", (core) => core.task.depth === 0);
  }

  /** `lockdep_assert_irqs_disabled()`. */
  lockdep_assert_irqs_disabled(ip: Stack): void {
    this.once(ip, "lockdep_assert_irqs_disabled", (core) => !core.cpu.hardirqsEnabled);
  }

  /** `lockdep_assert_irqs_enabled()`. */
  lockdep_assert_irqs_enabled(ip: Stack): void {
    this.once(ip, "lockdep_assert_irqs_enabled", (core) => core.cpu.hardirqsEnabled);
  }

  /** `lockdep_assert_in_irq()`. */
  lockdep_assert_in_irq(ip: Stack): void {
    this.once(ip, "lockdep_assert_in_irq", (core) => core.cpu.hardirqContext > 0);
  }

  /** `lockdep_assert_no_hardirq()`: neither in a hardirq nor with hardirqs off. */
  lockdep_assert_no_hardirq(ip: Stack): void {
    this.once(
      ip,
      "lockdep_assert_no_hardirq",
      ({ cpu }) => cpu.hardirqContext === 0 && cpu.hardirqsEnabled,
    );
  }

  /** `lockdep_assert_in_softirq()`: softirqs served or disabled, and not in a hardirq. */
  lockdep_assert_in_softirq(ip: Stack): void {
    this.once(
      ip,
      "lockdep_assert_in_softirq",
      ({ task, cpu }) => task.softirqCount > 0 && cpu.hardirqContext === 0,
    );
  }

  /** `RCU_LOCKDEP_WARN()` of a condition that is true: "suspicious RCU usage"; lockdep stays on. */
  rcu_lockdep_warn(message: string, ip: Stack): void {
    this.enter(ip, (core) => {
      core.warnOnce(
        `suspicious RCU usage: ${message}`,
        "lockdep_rcu_suspicious",
        `${ip[0] ?? ""} ${message}`,
      );
    });
  }

  /**
   * `DEBUG_LOCKS_WARN_ON()` of a condition that is true, in the code of a lock: lockdep goes off.
   *
   * @param condition as the source spells it
   * @param where the function that checks it
   */
  debug_locks_warn_on(condition: string, where: string, ip: Stack): void {
    this.at(ip, (core) => {
      core.debugLocksWarn(condition, where);
    });
  }

  /** `WARN_ON()`: each time. */
  private each(ip: Stack, name: string, holds: (core: Core) => boolean): void {
    this.at(ip, (core) => {
      if (!holds(core)) core.warnOn(`${name}()`, ip[0] ?? "");
    });
  }

  /** `WARN_ON_ONCE()`: once a caller. */
  private once(ip: Stack, name: string, holds: (core: Core) => boolean): void {
    this.at(ip, (core) => {
      if (!holds(core)) core.warnOnOnce(`${name}()`, ip[0] ?? "");
    });
  }
}

/** `cpu_hotplug_lock`: kernel/cpu.c, a percpu_rwsem, taken for writing to bring a CPU up or down. */
import { lockdep_assert_held } from "./lockdep-hooks.js";
import { percpu_rwsem } from "./rwlock.js";
import {
  percpu_down_read,
  percpu_down_write,
  percpu_up_read,
  percpu_up_write,
} from "./rwlock-calls.js";
import { percpu_down_read_trylock } from "./rwlock-trylock.js";
import type { Statement, Step } from "../language/statement.js";

const cpu_hotplug_lock = percpu_rwsem("cpu_hotplug_lock", { className: "cpu_hotplug_lock" });

/** `cpus_read_lock()`: no CPU comes or goes. A misuse in atomic context. */
export const cpus_read_lock = (): Statement => percpu_down_read(cpu_hotplug_lock);
/** `if (cpus_read_trylock()) then else otherwise` */
export const cpus_read_trylock = (
  then: readonly Statement[],
  otherwise: readonly Statement[] = [],
): Statement => percpu_down_read_trylock(cpu_hotplug_lock, then, otherwise);
/** `lockdep_assert_cpus_held()` */
export const lockdep_assert_cpus_held = (): Statement =>
  lockdep_assert_held(cpu_hotplug_lock.writer);
/** `cpus_read_unlock()` */
export const cpus_read_unlock = (): Step => percpu_up_read(cpu_hotplug_lock);
/** `cpus_write_lock()`: taken to bring a CPU up or down. */
export const cpus_write_lock = (): Statement => percpu_down_write(cpu_hotplug_lock);
/** `cpus_write_unlock()` */
export const cpus_write_unlock = (): Step => percpu_up_write(cpu_hotplug_lock);

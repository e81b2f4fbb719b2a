/** What interrupts a task, and what a task waits for: timers, tasklets, irq_work, a device's line. */
import {
  type Scenario,
  type Statement,
  bool,
  device,
  disable_irq,
  hrtimer,
  hrtimer_cancel,
  hrtimer_start,
  irq_line,
  irq_work,
  irq_work_fn,
  irq_work_queue,
  mod_timer,
  mutex,
  mutex_lock,
  mutex_unlock,
  raise_irq,
  raising,
  raw_spin_lock,
  raw_spin_lock_irqsave,
  raw_spin_unlock,
  raw_spin_unlock_irqrestore,
  raw_spinlock,
  request_irq,
  request_threaded_irq,
  scenario,
  section,
  spin_lock,
  spin_lock_bh,
  spin_lock_irqsave,
  spin_unlock,
  spin_unlock_bh,
  spin_unlock_irqrestore,
  spinlock,
  tasklet,
  tasklet_fn,
  tasklet_schedule,
  thread,
  timer,
  timer_delete_sync,
  timer_fn,
  variable,
} from "../../machine/index.js";
import { type Story, type StoryOptions, bad, safe, title } from "./story.js";

const lock = spinlock("dev->lock");
const raw = raw_spinlock("dev->raw_lock");
const flags = variable("flags", bool);
const take = [spin_lock(lock), spin_unlock(lock)];

/** The wait under the lock, or after it. */
const around = (
  [outer, inner]: readonly [Statement, Statement],
  wait: Statement,
  { fixed = false }: StoryOptions,
): readonly Statement[] => (fixed ? [outer, inner, wait] : [outer, wait, inner]);

const watchdog = timer("dev->timer");

/** Returns a task that deletes a timer under the lock that the timer takes; `fixed`, after it. */
export function timerUnderLock(options: StoryOptions = {}): Scenario {
  const locked = [spin_lock_bh(lock), spin_unlock_bh(lock)] as const;
  return scenario(title("a timer deleted under its lock", options), {
    sizes: { cpu: 1 },
    processes: [
      thread("close", [
        mod_timer(watchdog),
        ...around(locked, timer_delete_sync(watchdog), options),
      ]),
      timer_fn(watchdog, "dev_timeout", take),
    ],
  });
}

const precise = hrtimer("dev->hrtimer");

/** Returns the same with an hrtimer, of which lockdep has no map. */
export function hrtimerUnderLock(options: StoryOptions = {}): Scenario {
  const locked = [spin_lock_irqsave(lock, flags), spin_unlock_irqrestore(lock, flags)] as const;
  return scenario(title("an hrtimer cancelled under its lock", options), {
    sizes: { cpu: 1 },
    processes: [
      thread("close", [
        hrtimer_start(precise),
        ...around(locked, hrtimer_cancel(precise), options),
      ]),
      timer_fn(precise, "dev_expired", take),
    ],
  });
}

/** Returns a task whose lock keeps softirqs away, and an hrtimer that comes in a hardirq; `fixed`, in a softirq. */
export function hrtimerAboveBottomHalves(options: StoryOptions = {}): Scenario {
  const tick = hrtimer("dev->hrtimer", { soft: options.fixed ?? false });
  return scenario(title("an hrtimer where softirqs are off", options), {
    sizes: {},
    processes: [
      thread("task", [hrtimer_start(tick), spin_lock_bh(lock), spin_unlock_bh(lock)]),
      timer_fn(tick, options.fixed ? "dev_expired_soft" : "dev_expired", take),
    ],
  });
}

const bottom = tasklet("dev->tasklet");

/** Returns a task that takes the lock of its tasklet with bottom halves on; `fixed`, off. */
export function taskletOnLock(options: StoryOptions = {}): Scenario {
  const locked = options.fixed ? [spin_lock_bh(lock), spin_unlock_bh(lock)] : take;
  return scenario(title("a tasklet on a held lock", options), {
    sizes: {},
    processes: [
      thread("task", [tasklet_schedule(bottom), ...locked]),
      tasklet_fn(bottom, "dev_tasklet", take),
    ],
  });
}

const deferred = irq_work("dev->irq_work");

/** Returns a task that takes the lock of its irq_work with IRQs on; `fixed`, off. */
export function irqWorkOnLock(options: StoryOptions = {}): Scenario {
  const inside = [raw_spin_lock(raw), raw_spin_unlock(raw)];
  const quiet = [raw_spin_lock_irqsave(raw, flags), raw_spin_unlock_irqrestore(raw, flags)];
  return scenario(title("irq_work on a held lock", options), {
    sizes: {},
    processes: [
      thread("task", [irq_work_queue(deferred), ...(options.fixed ? quiet : inside)]),
      irq_work_fn(deferred, "dev_work", inside),
    ],
  });
}

const line = irq_line("dev");

/** Returns a driver whose line's handler takes the `spinlock_t` of its task; `fixed`, the task has IRQs off. */
export function lineOnLock(options: StoryOptions = {}): Scenario {
  const quiet = [spin_lock_irqsave(lock, flags), spin_unlock_irqrestore(lock, flags)];
  return scenario(title("a device's line on a held lock", options), {
    sizes: {},
    processes: [
      thread("task", options.fixed ? quiet : take),
      request_irq(line, "dev_interrupt", take),
      device("device", [raise_irq(line)]),
    ],
  });
}

/** Returns a line whose handler needs no lock against itself, on two CPUs. */
export function oneLine(): Scenario {
  return scenario("a line that comes to any CPU", {
    sizes: { cpu: 2 },
    processes: [
      request_irq(line, "dev_interrupt", [section("its own data", [])]),
      device("device", raising(line)),
    ],
  });
}

const state = mutex("dev->mutex");

/** Returns a task that disables a line under the mutex of its threaded handler; `fixed`, after it. */
export function disableUnderMutex(options: StoryOptions = {}): Scenario {
  const locked = [mutex_lock(state), mutex_unlock(state)] as const;
  return scenario(title("a line disabled under its mutex", options), {
    sizes: {},
    processes: [
      thread("suspend", around(locked, disable_irq(line), options)),
      ...request_threaded_irq(line, "dev_thread_fn", [], locked),
      device("device", [raise_irq(line)]),
    ],
  });
}

const fixed = { fixed: true };

/** The stories of interrupts. */
export const interruptStories: readonly Story[] = [
  bad("timer", timerUnderLock(), "deadlock", [24, 4], "circular"),
  safe("timer-fixed", timerUnderLock(fixed), 37),
  bad("hrtimer", hrtimerUnderLock(), "deadlock", [24, 4]),
  safe("hrtimer-fixed", hrtimerUnderLock(fixed), 37),
  bad("hrtimer-soft", hrtimerAboveBottomHalves(), "deadlock", [24, 4], "inconsistent"),
  safe("hrtimer-soft-fixed", hrtimerAboveBottomHalves(fixed), 17),
  bad("tasklet", taskletOnLock(), "deadlock", [14, 3], "inconsistent"),
  safe("tasklet-fixed", taskletOnLock(fixed), 17),
  bad("irq-work", irqWorkOnLock(), "deadlock", [14, 3], "inconsistent"),
  safe("irq-work-fixed", irqWorkOnLock(fixed), 17),
  bad("irq-line", lineOnLock(), "deadlock", [16, 3], "inconsistent"),
  safe("irq-line-fixed", lineOnLock(fixed), 21),
  safe("one-line", oneLine(), 15),
  bad("disable-irq", disableUnderMutex(), "deadlock", [35, 4]),
  safe("disable-irq-fixed", disableUnderMutex(fixed), 42),
];

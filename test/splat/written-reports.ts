/** Short reports in the kernel's form, written for the tests of explanations. */
import { readAll, type ReadReport } from "./read-report.js";

/** Reads the one report of a text. */
export function only(text: string): ReadReport {
  const [report] = readAll(text);
  if (report === undefined) throw new Error("no report was read");
  return report;
}

const stack = (names: readonly string[]): string =>
  names.map((name) => `  ${name}+0x10/0x40`).join("\n");

/** An inconsistent lock state: the timer takes what an open takes with softirqs on. */
export const timerAndOpen = (open: readonly string[]): string => `
================================
WARNING: inconsistent lock state
6.12.0 #1 Not tainted
--------------------------------
inconsistent {SOFTIRQ-ON-W} -> {IN-SOFTIRQ-W} usage.
swapper/2/0 [HC0[0]:SC1[1]:HE1:SE0] takes:
ffff888000000010 (&dev->lock){+.?.}-{3:3}, at: dev_timer+0x10/0x40
{SOFTIRQ-ON-W} state was registered at:
${stack(open)}
irq event stamp: 10

other info that might help us debug this:
 Possible unsafe locking scenario:

       CPU0
       ----
  lock(&dev->lock);
  <Interrupt>
    lock(&dev->lock);

 *** DEADLOCK ***

no locks held by swapper/2/0.

stack backtrace:
CPU: 2 UID: 0 PID: 0 Comm: swapper/2 Not tainted 6.12.0 #1
Call Trace:
 <IRQ>
${stack(["lock_acquire", "_raw_spin_lock", "dev_timer", "call_timer_fn", "__do_softirq"])}
 </IRQ>
`;

/** Safe to unsafe through a lock in the middle, the unsafe one in the hands of readers alone. */
export const middleLock = `
=====================================================
WARNING: HARDIRQ-safe -> HARDIRQ-unsafe lock order detected
5.11.0 #1 Not tainted
-----------------------------------------------------
writer/17 [HC0[0]:SC0[0]:HE0:SE1] is trying to acquire:
ffff888000000030 (&f->lock){.+.+}-{2:2}, at: tell_readers+0x10/0x40

and this task is already holding:
ffff888000000020 (&c->lock){....}-{2:2}, at: pass_values+0x10/0x40
which would create a new lock dependency:
 (&c->lock){....}-{2:2} -> (&f->lock){.+.+}-{2:2}

but this new dependency connects a HARDIRQ-irq-safe lock:
 (&d->lock){-...}-{2:2}

... which became HARDIRQ-irq-safe at:
${stack(["lock_acquire", "_raw_spin_lock_irqsave", "device_event", "handle_irq_event"])}

to a HARDIRQ-irq-unsafe lock:
 (&f->lock){.+.+}-{2:2}

... which became HARDIRQ-irq-unsafe at:
...
${stack(["lock_acquire", "_raw_read_lock", "wake_all", "__x64_sys_close"])}

other info that might help us debug this:

Chain exists of:
  &d->lock --> &c->lock --> &f->lock

 Possible interrupt unsafe locking scenario:

       CPU0                    CPU1
       ----                    ----
  lock(&f->lock);
                               local_irq_disable();
                               lock(&d->lock);
                               lock(&c->lock);
  <Interrupt>
    lock(&d->lock);

 *** DEADLOCK ***

2 locks held by writer/17:
 #0: ffff888000000010 (&d->lock){-...}-{2:2}, at: device_write+0x10/0x40
 #1: ffff888000000020 (&c->lock){....}-{2:2}, at: pass_values+0x10/0x40

stack backtrace:
CPU: 1 PID: 17 Comm: writer Not tainted 5.11.0 #1
Call Trace:
${stack(["lock_acquire", "_raw_read_lock", "tell_readers", "pass_values", "__x64_sys_write"])}
`;

/** A lock that was taken under one of a timer is taken with softirqs on. */
export const inversion = `
========================================================
WARNING: possible irq lock inversion dependency detected
6.1.0 #1 Not tainted
--------------------------------------------------------
worker/7 just changed the state of lock:
ffff888000000010 (state_lock){+.+.}-{2:2}, at: dev_teardown+0x10/0x40
but this lock was taken by another, SOFTIRQ-safe lock in the past:
 (hub_lock){..-.}-{2:2}


and interrupts could create inverse lock ordering between them.

other info that might help us debug this:
 Possible interrupt unsafe locking scenario:

       CPU0                    CPU1
       ----                    ----
  lock(state_lock);
                               local_irq_disable();
                               lock(hub_lock);
                               lock(state_lock);
  <Interrupt>
    lock(hub_lock);

 *** DEADLOCK ***

no locks held by worker/7.

stack backtrace:
CPU: 1 PID: 7 Comm: worker Not tainted 6.1.0 #1
Call Trace:
${stack(["lock_acquire", "_raw_spin_lock", "dev_teardown", "process_one_work"])}
`;

/** A wait/wound mutex taken without the context that is open. */
export const wound = `
============================================
WARNING: possible recursive locking detected
6.10.0 #1 Not tainted
--------------------------------------------
gears/46 is trying to acquire lock:
ffff888000000020 (buffer_ww_class_mutex){+.+.}-{3:3}, at: buffer_detach+0x10/0x40

but task is already holding lock:
ffff888000000010 (buffer_ww_class_mutex){+.+.}-{3:3}, at: exec_pin+0x10/0x40

other info that might help us debug this:
2 locks held by gears/46:
 #0: ffff888000000001 (buffer_ww_class_acquire){+.+.}-{0:0}, at: exec_ioctl+0x10/0x40
 #1: ffff888000000010 (buffer_ww_class_mutex){+.+.}-{3:3}, at: exec_pin+0x10/0x40

stack backtrace:
CPU: 1 PID: 46 Comm: gears Not tainted 6.10.0 #1
Call Trace:
${stack(["lock_acquire", "__ww_mutex_lock", "buffer_detach", "exec_ioctl", "__x64_sys_ioctl"])}
`;

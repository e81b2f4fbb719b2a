/** Readers without a lock: RCU, SRCU, sequence locks. */
import {
  type Scenario,
  type Statement,
  assert,
  bool,
  call_rcu,
  call_srcu,
  device,
  if_,
  irq_line,
  local_irq_disable,
  local_irq_enable,
  loop_until,
  mutex,
  mutex_lock,
  mutex_unlock,
  not,
  raise_irq,
  rcu_barrier,
  rcu_callback,
  rcu_head,
  rcu_dereference,
  rcu_read_lock,
  rcu_read_unlock,
  read_seqbegin,
  read_seqretry,
  request_irq,
  scenario,
  seqlock,
  set,
  srcu_barrier,
  srcu_callback,
  srcu_read_lock,
  srcu_read_unlock,
  srcu_struct,
  step,
  synchronize_rcu,
  synchronize_srcu,
  thread,
  variable,
  write_seqlock,
  write_sequnlock,
} from "../../machine/index.js";
import { type Story, type StoryOptions, bad, safe, title } from "./story.js";

const published = variable("published", bool, { init: 1 });
const freed = variable("freed", bool);
const read = (inside: readonly Statement[]): readonly Statement[] => [
  rcu_read_lock(),
  rcu_dereference(),
  if_(published, inside),
  rcu_read_unlock(),
];

/** Returns an object that is unpublished and freed while a reader may have it; `fixed`, after a grace period. */
export function freedTooEarly(options: StoryOptions = {}): Scenario {
  const free = set(freed, true, "kfree(obj)");
  return scenario(title("an object freed under a reader", options), {
    sizes: {},
    processes: [
      thread("reader", read([assert(not(freed), "the object is used after it was freed")])),
      thread("updater", [
        set(published, false, "rcu_assign_pointer(ptr, NULL)"),
        ...(options.fixed ? [synchronize_rcu()] : []),
        free,
      ]),
    ],
  });
}

const m = mutex("m");

/** Returns a reader that takes a mutex; `fixed`, before it reads. */
export function sleepInRcu(options: StoryOptions = {}): Scenario {
  const wrong = [rcu_read_lock(), mutex_lock(m), mutex_unlock(m), rcu_read_unlock()];
  const right = [mutex_lock(m), rcu_read_lock(), rcu_read_unlock(), mutex_unlock(m)];
  return scenario(title("a mutex in an RCU section", options), {
    sizes: {},
    processes: [thread("reader", options.fixed ? right : wrong)],
  });
}

/** Returns a reader that waits for a grace period inside its section; `fixed`, after it. */
export function waitInRcu(options: StoryOptions = {}): Scenario {
  const wrong = [rcu_read_lock(), synchronize_rcu(), rcu_read_unlock()];
  const right = [rcu_read_lock(), rcu_read_unlock(), synchronize_rcu()];
  return scenario(title("a grace period waited for by a reader", options), {
    sizes: {},
    processes: [thread("reader", options.fixed ? right : wrong)],
  });
}

const srcu = srcu_struct("kvm->srcu");
const slots = mutex("kvm->slots_lock");

/** Returns a task that waits for SRCU readers under a mutex that a reader takes; `fixed`, after it. */
export function srcuUnderMutex(options: StoryOptions = {}): Scenario {
  const wait = synchronize_srcu(srcu);
  const update = options.fixed
    ? [mutex_lock(slots), mutex_unlock(slots), wait]
    : [mutex_lock(slots), wait, mutex_unlock(slots)];
  return scenario(title("SRCU readers waited for under a mutex", options), {
    sizes: {},
    processes: [
      thread("reader", [
        srcu_read_lock(srcu),
        mutex_lock(slots),
        mutex_unlock(slots),
        srcu_read_unlock(srcu),
      ]),
      thread("updater", update),
    ],
  });
}

const head = rcu_head("obj->rcu");
const unloaded = variable("unloaded", bool);

/** Returns a module that is unloaded while its callback is to come; `fixed`, after `rcu_barrier()`. */
export function callbackAfterUnload(options: StoryOptions = {}): Scenario {
  return scenario(title("a module unloaded before its callback", options), {
    sizes: {},
    processes: [
      thread("exit", [
        call_rcu(head),
        ...(options.fixed ? [rcu_barrier(head)] : []),
        set(unloaded, true, "the code is gone"),
      ]),
      ...rcu_callback(head, "obj_free", [assert(not(unloaded), "the callback's code is gone")]),
    ],
  });
}

/** Returns a module that is unloaded while its callback of SRCU is to come; `fixed`, after `srcu_barrier()`. */
export function srcuCallbackAfterUnload(options: StoryOptions = {}): Scenario {
  return scenario(title("a module unloaded before its callback of SRCU", options), {
    sizes: {},
    processes: [
      thread("exit", [
        call_srcu(srcu, head),
        ...(options.fixed ? [srcu_barrier(srcu, head)] : []),
        set(unloaded, true, "the code is gone"),
      ]),
      srcu_callback(srcu, head, "obj_free", [assert(not(unloaded), "the callback's code is gone")]),
    ],
  });
}

const clock = seqlock("clock");
const tick = irq_line("tick", { cpu: 0 });

/** Returns a handler that reads a clock which the task that it interrupts writes; `fixed`, with IRQs off. */
export function readerAboveWriter(options: StoryOptions = {}): Scenario {
  const write = [write_seqlock(clock), step("tv_sec++"), write_sequnlock(clock)];
  const quiet = [local_irq_disable(), ...write, local_irq_enable()];
  const again = read_seqretry(clock);
  const reads = [
    read_seqbegin(clock),
    loop_until([{ test: not(again), then: [] }], [read_seqbegin(clock)]),
  ];
  return scenario(title("a clock read above its writer", options), {
    sizes: { cpu: 1 },
    processes: [
      thread("writer", 0, options.fixed ? quiet : write),
      request_irq(tick, "tick_interrupt", reads),
      device("timer chip", [raise_irq(tick)]),
    ],
  });
}

const fixed = { fixed: true };

/** The stories of readers without a lock. */
export const rcuStories: readonly Story[] = [
  bad("rcu-free", freedTooEarly(), "assert", [15, 5]),
  safe("rcu-free-fixed", freedTooEarly(fixed), 25),
  bad("rcu-sleep", sleepInRcu(), "misuse", [5, 2], "wait-context"),
  safe("rcu-sleep-fixed", sleepInRcu(fixed), 5),
  bad("rcu-wait", waitInRcu(), "deadlock", [3, 2], "warn"),
  safe("rcu-wait-fixed", waitInRcu(fixed), 5),
  bad("srcu", srcuUnderMutex(), "deadlock", [22, 2], "circular"),
  safe("srcu-fixed", srcuUnderMutex(fixed), 27),
  bad("rcu-barrier", callbackAfterUnload(), "assert", [23, 7]),
  safe("rcu-barrier-fixed", callbackAfterUnload(fixed), 16),
  bad("srcu-barrier", srcuCallbackAfterUnload(), "assert", [15, 6]),
  safe("srcu-barrier-fixed", srcuCallbackAfterUnload(fixed), 10),
  bad("seqlock", readerAboveWriter(), "deadlock", [34, 4], "inconsistent"),
  safe("seqlock-fixed", readerAboveWriter(fixed), 31),
];

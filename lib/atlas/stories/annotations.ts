/** What is said to lockdep alone, and what a signal ends. */
import {
  type Scenario,
  bool,
  lock_map_acquire,
  lock_map_release,
  lock_set_subclass,
  lockdep_map,
  lockdep_set_lock_cmp_fn,
  lockdep_set_novalidate_class,
  might_lock,
  mutex,
  mutex_lock,
  mutex_lock_killable,
  mutex_unlock,
  at,
  raw_spin_lock,
  raw_spin_unlock,
  raw_spinlock,
  scenario,
  set,
  signals,
  spin_acquire,
  spin_release,
  thread,
  variable,
  wait_until,
} from "../../machine/index.js";
import { type Story, type StoryOptions, bad, safe, title } from "./story.js";

const [a, b] = [mutex("a"), mutex("b")] as const;
const raw = raw_spinlock("raw");

/** Returns an order that lockdep is told of a map alone, taken the other way round too; `fixed`, in one order. */
export function toldOfAMap(options: StoryOptions = {}): Scenario {
  const map = lockdep_map("map");
  const inside = [spin_acquire(map), raw_spin_lock(raw), raw_spin_unlock(raw), spin_release(map)];
  const around = [raw_spin_lock(raw), spin_acquire(map), spin_release(map), raw_spin_unlock(raw)];
  return scenario(title("an order of what is no lock", options), {
    sizes: {},
    processes: [thread("T0", inside), thread("T1", options.fixed ? inside : around)],
  });
}

/** Returns a wait that a map stands for, under a mutex that the awaited thread takes; `fixed`, without it. */
export function waitBehindAMap(options: StoryOptions = {}): Scenario {
  const map = lockdep_map("job");
  const done = variable("done", bool);
  const waits = [lock_map_acquire(map), lock_map_release(map), wait_until(done)];
  return scenario(title("a wait that a map stands for", options), {
    sizes: {},
    processes: [
      thread("waiter", options.fixed ? waits : [mutex_lock(a), ...waits, mutex_unlock(a)]),
      thread("job", [
        lock_map_acquire(map),
        mutex_lock(a),
        mutex_unlock(a),
        set(done, true),
        lock_map_release(map),
      ]),
    ],
  });
}

/** Returns a function that says which lock it might take, and does not take it; `fixed`, called before the other lock. */
export function mightTake(options: StoryOptions = {}): Scenario {
  const calls = options.fixed
    ? [might_lock(a), mutex_lock(b), mutex_unlock(b)]
    : [mutex_lock(b), might_lock(a), mutex_unlock(b)];
  return scenario(title("a lock that might be taken", options), {
    sizes: {},
    processes: [
      thread("caller", calls),
      thread("other", [mutex_lock(a), mutex_lock(b), mutex_unlock(b), mutex_unlock(a)]),
    ],
  });
}

/** Returns locks of one class taken hand over hand as 0, 1, 1; `fixed`, the one held becomes 0 first. */
export function handOverHand(options: StoryOptions = {}): Scenario {
  const rq = raw_spinlock("rq", { per: [3], className: "&rq->__lock" });
  const first = options.fixed ? [lock_set_subclass(at(rq, 1), 0)] : [];
  return scenario(title("hand over hand", options), {
    sizes: {},
    processes: [
      thread("walker", [
        raw_spin_lock(at(rq, 0)),
        raw_spin_lock(at(rq, 1), { subclass: 1 }),
        raw_spin_unlock(at(rq, 0)),
        ...first,
        raw_spin_lock(at(rq, 2), { subclass: 1 }),
        raw_spin_unlock(at(rq, 2)),
        raw_spin_unlock(at(rq, 1)),
      ]),
    ],
  });
}

/** Returns two locks of one class in the order of their numbers; `fixed`, lockdep is told of that order. */
export function numberedLocks(options: StoryOptions = {}): Scenario {
  const declared = mutex("node", { per: [2], className: "&node->lock" });
  const node = options.fixed
    ? lockdep_set_lock_cmp_fn(declared, ([one = 0], [other = 0]) => one - other)
    : declared;
  const both = [
    mutex_lock(at(node, 0)),
    mutex_lock(at(node, 1)),
    mutex_unlock(at(node, 1)),
    mutex_unlock(at(node, 0)),
  ];
  return scenario(title("locks in the order of their numbers", options), {
    sizes: {},
    processes: [thread("T0", both), thread("T1", both)],
  });
}

/** Returns AB/BA of which lockdep checks nothing, since one class is not validated; `fixed`, in one order. */
export function notValidated(options: StoryOptions = {}): Scenario {
  const dev = lockdep_set_novalidate_class(mutex("dev->mutex"));
  const down = [mutex_lock(dev), mutex_lock(b), mutex_unlock(b), mutex_unlock(dev)];
  const up = [mutex_lock(b), mutex_lock(dev), mutex_unlock(dev), mutex_unlock(b)];
  return scenario(title("a class that is not validated", options), {
    sizes: {},
    processes: [thread("T0", down), thread("T1", options.fixed ? down : up)],
  });
}

/** Returns AB/BA where a fatal signal could end each wait, and need not come; `fixed`, in one order. */
export function killable(options: StoryOptions = {}): Scenario {
  const order = (first: typeof a, second: typeof a) =>
    mutex_lock_killable(first, [
      mutex_lock_killable(second, [mutex_unlock(second)]),
      mutex_unlock(first),
    ]);
  return scenario(title("waits that a signal could end", options), {
    sizes: {},
    processes: [
      thread("T0", [order(a, b)]),
      thread("T1", [options.fixed ? order(a, b) : order(b, a)]),
      signals(),
    ],
  });
}

const fixed = { fixed: true };

/** The stories of lockdep's own calls, and of signals. */
export const annotationStories: readonly Story[] = [
  safe("spin-acquire", toldOfAMap(), 8, "circular"),
  safe("spin-acquire-fixed", toldOfAMap(fixed), 8),
  bad("lock-map", waitBehindAMap(), "deadlock", [9, 1], "circular"),
  safe("lock-map-fixed", waitBehindAMap(fixed), 5),
  safe("might-lock", mightTake(), 14, "circular"),
  safe("might-lock-fixed", mightTake(fixed), 14),
  safe("set-subclass", handOverHand(), 7, "recursive"),
  safe("set-subclass-fixed", handOverHand(fixed), 7),
  safe("cmp-fn", numberedLocks(), 16, "recursive"),
  safe("cmp-fn-fixed", numberedLocks(fixed), 16),
  bad("novalidate", notValidated(), "deadlock", [19, 2]),
  safe("novalidate-fixed", notValidated(fixed), 16),
  bad("killable", killable(), "deadlock", [78, 2], "circular"),
  safe("killable-fixed", killable(fixed), 64),
];

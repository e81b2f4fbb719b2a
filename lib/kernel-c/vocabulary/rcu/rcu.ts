/** RCU, SRCU and sequence locks: include/linux/rcupdate.h, srcu.h, seqlock.h. */
import {
  type Seqlock,
  type Srcu,
  type Statement,
  bool,
  rcu_read_lock,
  rcu_read_lock_bh,
  rcu_read_lock_sched,
  rcu_read_unlock,
  rcu_read_unlock_bh,
  rcu_read_unlock_sched,
  read_seqbegin,
  read_seqretry,
  seqlock,
  spin_lock,
  spin_unlock,
  srcu_read_lock,
  srcu_read_unlock,
  srcu_struct,
  synchronize_rcu,
  synchronize_srcu,
  write_seqlock,
  write_sequnlock,
} from "../../../machine/index.js";
import {
  type Call,
  type CallRow,
  type Family,
  type ObjectType,
  does,
  gives,
} from "../row/index.js";

/** Refuses an array of what the machine has one of. */
function alone<T>(call: Call, type: ObjectType<T>): T {
  const { object, index } = call.object(0, type);
  if (index.length > 0) call.refuse(`an array of ${type.names[0] ?? ""} is not in the subset`, 0);
  return object;
}

export const srcuType: ObjectType<Srcu> = {
  names: ["struct srcu_struct", "srcu_t"],
  definers: ["DEFINE_SRCU", "DEFINE_STATIC_SRCU"],
  initializers: ["init_srcu_struct"],
  declare: (name) => srcu_struct(name),
};

const seqlockType: ObjectType<Seqlock> = {
  names: ["seqlock_t"],
  definers: ["DEFINE_SEQLOCK"],
  initializers: ["seqlock_init"],
  declare: (name) => seqlock(name),
};

const step = <T>(type: ObjectType<T>, run: (of: T) => Statement): CallRow =>
  does("x", (call) => [run(alone(call, type))]);

/** What a reader begins with is kept by the lock; the number that C carries along is 0. */
const begins = <T>(type: ObjectType<T>, run: (of: T) => Statement): CallRow =>
  gives("x", (call) => {
    call.emit(run(alone(call, type)));
    return { op: "const", value: 0 };
  });

const retries = <T>(
  type: ObjectType<T>,
  test: (of: T) => ReturnType<typeof read_seqretry>,
): CallRow =>
  gives("x, start", (call) => {
    return call.reads(test(alone(call, type)), bool);
  });

export const rcuFamily: Family = {
  name: "rcu",
  types: [srcuType, seqlockType],
  calls: {
    rcu_read_lock: does("", () => [rcu_read_lock()]),
    rcu_read_unlock: does("", () => [rcu_read_unlock()]),
    rcu_read_lock_bh: does("", () => [rcu_read_lock_bh()]),
    rcu_read_unlock_bh: does("", () => [rcu_read_unlock_bh()]),
    rcu_read_lock_sched: does("", () => [rcu_read_lock_sched()]),
    rcu_read_unlock_sched: does("", () => [rcu_read_unlock_sched()]),
    rcu_read_lock_sched_notrace: does("", () => [rcu_read_lock_sched()]),
    rcu_read_unlock_sched_notrace: does("", () => [rcu_read_unlock_sched()]),
    synchronize_rcu: does("", () => [synchronize_rcu()]),
    synchronize_net: does("", () => [synchronize_rcu()]),
    synchronize_rcu_expedited: does("", () => [synchronize_rcu()]),
    srcu_read_lock: begins(srcuType, srcu_read_lock),
    srcu_read_unlock: does("ssp, idx", (call) => [srcu_read_unlock(alone(call, srcuType))]),
    srcu_read_lock_nmisafe: begins(srcuType, srcu_read_lock),
    srcu_read_unlock_nmisafe: does("ssp, idx", (call) => [srcu_read_unlock(alone(call, srcuType))]),
    synchronize_srcu: step(srcuType, synchronize_srcu),
    synchronize_srcu_expedited: step(srcuType, synchronize_srcu),
    read_seqbegin: begins(seqlockType, read_seqbegin),
    read_seqretry: retries(seqlockType, read_seqretry),
    write_seqlock: step(seqlockType, write_seqlock),
    write_sequnlock: step(seqlockType, write_sequnlock),
    // A reader that keeps the writers away, and other readers as well.
    read_seqlock_excl: does("sl", (call) => [spin_lock(alone(call, seqlockType).lock)]),
    read_sequnlock_excl: does("sl", (call) => [spin_unlock(alone(call, seqlockType).lock)]),
  },
};

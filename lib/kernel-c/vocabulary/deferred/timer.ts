/** Timers: include/linux/timer.h, and of high resolution, include/linux/hrtimer.h. */
import {
  type Statement,
  type Timer,
  at,
  bool,
  cond,
  hrtimer,
  hrtimer_cancel,
  hrtimer_start,
  hrtimer_try_to_cancel,
  int,
  mod_timer,
  timer,
  timer_delete,
  timer_delete_sync,
  timer_delete_sync_try,
  timer_fn,
} from "../../../machine/index.js";
import {
  type Call,
  type CallRow,
  type Family,
  type ObjectType,
  gives,
  returning,
  setsUp,
} from "../row/index.js";

export const timerType: ObjectType<Timer> = {
  names: ["struct timer_list", "timer_t"],
  definers: ["DEFINE_TIMER"],
  initializers: [],
  single: true,
  declare: (name, { initialized, at }) =>
    timer(name, {
      className: initialized === null ? `${at.file}:${String(at.line)}` : `(${initialized})`,
    }),
};

export const hrtimerType: ObjectType<Timer> = {
  names: ["struct hrtimer"],
  definers: [],
  initializers: [],
  single: true,
  declare: (name) => hrtimer(name),
};

const started = (call: Call, type: ObjectType<Timer>): Timer => {
  const { object, id } = call.object(0, type);
  call.world.note("raised", id, "yes");
  if (call.world.functionOf(id) !== null) return object;
  const how = type === timerType ? "timer_setup" : "hrtimer_setup";
  return call.refuse(`${id}: what it does is not said; ${how}(&${id}, function, ...) says it`, 0);
};

/** Whether it was pending before. */
const starts = (takes: string, type: ObjectType<Timer>, run: (of: Timer) => Statement): CallRow =>
  gives(takes, (call) => {
    const timer = started(call, type);
    return returning(call, run(timer), at(timer.pending));
  });

/** Whether it was pending. */
const ends = (takes: string, type: ObjectType<Timer>, run: (of: Timer) => Statement): CallRow =>
  gives(takes, (call) => {
    const { object } = call.object(0, type);
    return returning(call, run(object), at(object.pending));
  });

/** One that runs is left: -1; else whether it was pending. */
const tries = (takes: string, type: ObjectType<Timer>, run: (of: Timer) => Statement): CallRow =>
  gives(takes, (call) => {
    const { object } = call.object(0, type);
    const was = cond(object.running, -1, cond(object.pending, 1, 0));
    return returning(call, run(object), was, int(-1, 1));
  });

const pending = (type: ObjectType<Timer>): CallRow =>
  gives("timer", (call) => {
    const { object } = call.object(0, type);
    return call.reads({ op: "read", variable: object.pending, index: [] }, bool);
  });

const setup = (takes: string, type: ObjectType<Timer>): CallRow =>
  setsUp(takes, (call) => {
    const { id } = call.object(0, type);
    call.initializes(0);
    call.world.note("function", id, call.functionName(1));
  });

const fires =
  (type: ObjectType<Timer>): NonNullable<Family["processes"]> =>
  (world) =>
    world.instances(type).flatMap(({ id, object }) => {
      const name = world.functionOf(id);
      // Nobody starts it: it never comes.
      return name === null || world.noted("raised", id).length === 0
        ? []
        : [timer_fn(object, name, world.body(name, [{ kind: "object", id }]))];
    });

export const timerFamily: Family = {
  name: "timer",
  types: [timerType],
  calls: {
    timer_setup: setup("timer, function, flags", timerType),
    timer_setup_on_stack: setup("timer, function, flags", timerType),
    mod_timer: starts("timer, expires", timerType, mod_timer),
    mod_timer_pending: starts("timer, expires", timerType, mod_timer),
    timer_reduce: starts("timer, expires", timerType, mod_timer),
    add_timer: starts("timer", timerType, mod_timer),
    timer_delete: ends("timer", timerType, timer_delete),
    del_timer: ends("timer", timerType, timer_delete),
    timer_delete_sync: ends("timer", timerType, timer_delete_sync),
    del_timer_sync: ends("timer", timerType, timer_delete_sync),
    timer_shutdown_sync: ends("timer", timerType, timer_delete_sync),
    try_to_del_timer_sync: tries("timer", timerType, timer_delete_sync_try),
    timer_delete_sync_try: tries("timer", timerType, timer_delete_sync_try),
    timer_shutdown: ends("timer", timerType, timer_delete),
    timer_pending: pending(timerType),
  },
  constants: { TIMER_DEFERRABLE: 0, TIMER_PINNED: 0, TIMER_IRQSAFE: 0, HZ: 250, jiffies: 0 },
  processes: fires(timerType),
};

export const hrtimerFamily: Family = {
  name: "hrtimer",
  types: [hrtimerType],
  calls: {
    hrtimer_setup: setup("timer, function, clock, mode", hrtimerType),
    hrtimer_init: setsUp("timer, clock, mode", (call) => {
      call.object(0, hrtimerType);
    }),
    hrtimer_start: starts("timer, time, mode", hrtimerType, hrtimer_start),
    hrtimer_start_range_ns: starts("timer, time, range, mode", hrtimerType, hrtimer_start),
    hrtimer_cancel: ends("timer", hrtimerType, hrtimer_cancel),
    hrtimer_try_to_cancel: tries("timer", hrtimerType, hrtimer_try_to_cancel),
    hrtimer_active: pending(hrtimerType),
  },
  constants: {
    HRTIMER_NORESTART: 0,
    HRTIMER_RESTART: 1,
    CLOCK_REALTIME: 0,
    CLOCK_MONOTONIC: 1,
    HRTIMER_MODE_ABS: 0,
    HRTIMER_MODE_REL: 1,
    HRTIMER_MODE_REL_PINNED: 3,
    HRTIMER_MODE_REL_HARD: 9,
    HRTIMER_MODE_ABS_HARD: 8,
  },
  processes: fires(hrtimerType),
};

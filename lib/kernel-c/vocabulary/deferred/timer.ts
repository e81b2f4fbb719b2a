/** Timers: include/linux/timer.h. */
import {
  type Statement,
  type Timer,
  add_timer_on,
  mod_timer,
  timer,
  timer_delete,
  timer_delete_sync,
  timer_delete_sync_try,
} from "../../../machine/index.js";
import { type CallRow, type Family, type ObjectType, does, setsUp } from "../row/index.js";
import { type Where, ends, fires, pending, started, starts, tries } from "./timer-calls.js";

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

const flags = { TIMER_DEFERRABLE: 0x80000, TIMER_PINNED: 0x100000, TIMER_IRQSAFE: 0x200000 };

const setup: CallRow = setsUp("timer, function, flags", (call) => {
  const { id } = call.object(0, timerType);
  call.initializes(0);
  call.world.note("function", id, call.functionName(1));
  const given = call.constant(2);
  if ((given & flags.TIMER_IRQSAFE) !== 0) {
    call.refuse("TIMER_IRQSAFE, which runs with IRQs off, is not modelled", 2);
  }
  if ((given & flags.TIMER_PINNED) !== 0) call.world.note("expires", id, "local");
});

const how = "timer_setup";

/** Starts one where it was set up to expire, or where the call says. */
const begins = (takes: string, where?: () => Where): CallRow =>
  starts(takes, timerType, how, mod_timer, where);

const deletes = (run: (of: Timer) => Statement): CallRow => ends("timer", timerType, run);

export const timerFamily: Family = {
  name: "timer",
  types: [timerType],
  calls: {
    timer_setup: setup,
    timer_setup_on_stack: setup,
    mod_timer: begins("timer, expires"),
    mod_timer_pending: begins("timer, expires"),
    timer_reduce: begins("timer, expires"),
    add_timer: begins("timer"),
    add_timer_local: begins("timer", () => "local"),
    add_timer_global: begins("timer", () => "any"),
    add_timer_on: does("timer, cpu", (call) => [
      add_timer_on(started(call, timerType, how), call.cpu(1)),
    ]),
    timer_delete: deletes(timer_delete),
    del_timer: deletes(timer_delete),
    timer_delete_sync: deletes(timer_delete_sync),
    del_timer_sync: deletes(timer_delete_sync),
    timer_shutdown_sync: deletes(timer_delete_sync),
    del_singleshot_timer_sync: deletes(timer_delete_sync),
    try_to_del_timer_sync: tries("timer", timerType, timer_delete_sync_try),
    timer_delete_sync_try: tries("timer", timerType, timer_delete_sync_try),
    timer_shutdown: deletes(timer_delete),
    timer_pending: pending(timerType),
  },
  constants: { ...flags, HZ: 250, jiffies: 0 },
  processes: fires(timerType),
};

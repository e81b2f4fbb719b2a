/** Timers of high resolution: include/linux/hrtimer.h. */
import {
  type Expr,
  type Statement,
  type Timer,
  at,
  bool,
  hrtimer,
  hrtimer_cancel,
  hrtimer_start,
  hrtimer_try_to_cancel,
  ne,
  or,
  smp_processor_id,
} from "../../../machine/index.js";
import {
  type Call,
  type CallRow,
  type Family,
  type ObjectType,
  type World,
  gives,
  setsUp,
} from "../row/index.js";
import { type Where, ends, fires, pending, starts, tries } from "./timer-calls.js";

export const hrtimerType: ObjectType<Timer> = {
  names: ["struct hrtimer"],
  definers: [],
  initializers: [],
  single: true,
  declare: (name) => hrtimer(name),
};

/** `enum hrtimer_mode`: a bit for each word of a name, but for ABS, which is 0. */
const mode = { REL: 1, PINNED: 2, SOFT: 4, HARD: 8 };

const modes = Object.fromEntries(
  Array.from({ length: 16 }, (_, bits): readonly [string, number] => {
    const words = Object.entries(mode).flatMap(([word, bit]) => ((bits & bit) === 0 ? [] : [word]));
    const named = (bits & mode.REL) === 0 ? ["ABS", ...words] : words;
    return [`HRTIMER_MODE_${named.join("_")}`, bits];
  }),
);

/** Notes in which context an hrtimer expires. */
function noteMode(call: Call, which: number): void {
  const { id } = call.object(0, hrtimerType);
  const given = call.constant(which);
  if ((given & mode.HARD) !== 0) call.world.note("context", id, "hard");
  if ((given & mode.SOFT) !== 0) call.world.note("context", id, "soft");
}

const hrtimerSetup: CallRow = setsUp("timer, function, clock, mode", (call) => {
  const { id } = call.object(0, hrtimerType);
  call.initializes(0);
  call.world.note("function", id, call.functionName(1));
  noteMode(call, 3);
});

const pinned =
  (which: number) =>
  (call: Call): Where =>
    (call.constant(which) & mode.PINNED) === 0 ? "any" : "local";

const HRTIMER_NORESTART = 0;

/** What a function returns starts its timer again, or does not. */
const restarts = (timer: Timer, returned: Expr): readonly Statement[] => {
  // It runs: so it comes again on the same CPU.
  const again = [hrtimer_start({ ...timer, on: smp_processor_id() })];
  if (returned.op === "const") return returned.value === HRTIMER_NORESTART ? [] : again;
  return [{ kind: "if", test: ne(returned, HRTIMER_NORESTART), then: again, else: [] }];
};

/** Returns a timer as its mode says that it expires. */
function inContext(world: World, id: string, timer: Timer): Timer {
  const [context] = world.noted("context", id);
  return { ...timer, hard: context === "hard", soft: context === "soft" };
}

const begins = (takes: string, which: number): CallRow =>
  starts(takes, hrtimerType, "hrtimer_setup", hrtimer_start, pinned(which));

/** Moves the time at which it expires, which may be any as it is; returns by how many intervals: one. */
const forwards = (takes: string): CallRow => gives(takes, () => ({ op: "const", value: 1 }));

export const hrtimerFamily: Family = {
  name: "hrtimer",
  types: [hrtimerType],
  calls: {
    hrtimer_setup: hrtimerSetup,
    hrtimer_setup_on_stack: hrtimerSetup,
    hrtimer_init: setsUp("timer, clock, mode", (call) => {
      noteMode(call, 2);
    }),
    hrtimer_init_on_stack: setsUp("timer, clock, mode", (call) => {
      noteMode(call, 2);
    }),
    hrtimer_start: begins("timer, time, mode", 2),
    hrtimer_start_range_ns: begins("timer, time, range, mode", 3),
    hrtimer_start_expires: begins("timer, mode", 1),
    hrtimer_restart: starts("timer", hrtimerType, "hrtimer_setup", hrtimer_start),
    hrtimer_forward: forwards("timer, now, interval"),
    hrtimer_forward_now: forwards("timer, interval"),
    hrtimer_is_queued: pending(hrtimerType),
    hrtimer_callback_running: gives("timer", (call) => {
      const { object } = call.object(0, hrtimerType);
      return call.reads({ op: "read", variable: object.running, index: [] }, bool);
    }),
    hrtimer_cancel: ends("timer", hrtimerType, hrtimer_cancel),
    hrtimer_try_to_cancel: tries("timer", hrtimerType, hrtimer_try_to_cancel),
    // Enqueued, or its function runs: kernel/time/hrtimer.c.
    hrtimer_active: gives("timer", (call) => {
      const { pending: queued, running } = call.object(0, hrtimerType).object;
      return call.reads(or(at(queued), at(running)), bool);
    }),
  },
  constants: {
    HRTIMER_NORESTART,
    HRTIMER_RESTART: 1,
    CLOCK_REALTIME: 0,
    CLOCK_MONOTONIC: 1,
    ...modes,
    HRTIMER_MODE_PINNED: mode.PINNED,
    HRTIMER_MODE_SOFT: mode.SOFT,
    HRTIMER_MODE_HARD: mode.HARD,
  },
  processes: fires(hrtimerType, inContext, restarts),
};

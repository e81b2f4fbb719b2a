/** Wait queues: include/linux/wait.h. A condition that is one step is looked at as one, any other read by read. */
import {
  TASK_INTERRUPTIBLE,
  TASK_RUNNING,
  assign,
  type Expr,
  type Statement,
  type WaitQueue,
  bool,
  finish_wait,
  int,
  may_sleep,
  check,
  prepare_to_wait,
  prepare_to_wait_exclusive,
  set,
  signal_pending,
  step,
  wait_event,
  wait_event_exclusive,
  wait_event_interruptible,
  wait_event_timeout,
  wait_queue,
  waitqueue_active,
  wake_up,
  wake_up_all,
  schedule_on,
  not,
  either,
} from "../../../machine/index.js";
import {
  type Call,
  type CallRow,
  type Family,
  type ObjectType,
  does,
  gives,
} from "../row/index.js";

export const waitQueueType: ObjectType<WaitQueue> = {
  names: ["wait_queue_head_t", "struct wait_queue_head", "wait_queue_t"],
  definers: ["DECLARE_WAIT_QUEUE_HEAD", "DECLARE_WAIT_QUEUE_HEAD_ONSTACK"],
  initializers: ["init_waitqueue_head"],
  declare: (name, { per, initialized }) =>
    wait_queue(name, { per, ...(initialized === null ? {} : { className: initialized }) }),
};

/** include/linux/swait.h: its lock is raw, and its waiters have no functions of their own. */
export const simpleQueueType: ObjectType<WaitQueue> = {
  names: ["struct swait_queue_head", "swait_queue_t"],
  definers: ["DECLARE_SWAIT_QUEUE_HEAD"],
  initializers: ["init_swait_queue_head"],
  declare: (name, { per, initialized }) => {
    const named = initialized === null ? {} : { className: initialized };
    return wait_queue(name, { per, ...named, raw: true });
  },
};

/** A waiter's entry: the waiter is the task itself. */
const entryType: ObjectType<null> = {
  names: ["wait_queue_entry_t", "struct wait_queue_entry", "wait_entry"],
  definers: ["DEFINE_WAIT", "DECLARE_WAITQUEUE", "DEFINE_WAIT_FUNC"],
  initializers: ["init_wait", "init_waitqueue_entry"],
  ofCurrent: true,
  declare: () => null,
};

const queueOf = (call: Call) => call.object(0, waitQueueType, simpleQueueType);

/** In `wait_event()` and its kin the queue stands by its name, and not by its address. */
const queueNamed = (call: Call) => call.objectNamed(0, waitQueueType, simpleQueueType);

const plain = (takes: string, run: (of: WaitQueue, index: readonly Expr[]) => Statement): CallRow =>
  does(takes, (call) => {
    const { object, index } = queueOf(call);
    return [run(object, index)];
  });

/** Joins the queue, and sets the state where somebody looks at that: from here on a wakeup is not missed. */
const joins = (run: typeof prepare_to_wait): CallRow =>
  does("wq_head, wq_entry, state", (call) => {
    const queue = queueOf(call);
    call.joins(queue);
    const joined = run(queue.object, queue.index);
    const state = call.taskState();
    if (state === null) return [joined];
    return [{ ...joined, effects: [...joined.effects, assign(state, TASK_INTERRUPTIBLE)] }];
  });

const ERESTARTSYS = -512;

/** What ends a wait beside its condition. */
type Ending = "none" | "signal" | "timeout";

/** Returns a wait whose condition takes several steps, as the macro has it (`___wait_event()`). */
function stepByStep(
  call: Call,
  { object, index }: { readonly object: WaitQueue; readonly index: readonly Expr[] },
  exclusive: boolean,
  ending: Ending,
  done: readonly Statement[],
  ended: readonly Statement[],
): readonly Statement[] {
  const out = call.label("out");
  const jump: Statement = { kind: "goto", name: out };
  const join = exclusive ? prepare_to_wait_exclusive : prepare_to_wait;
  const looks = (then: readonly Statement[]): readonly Statement[] =>
    call.apart(() => {
      const holds = call.truth(1);
      call.emit({ kind: "if", test: holds, then: [...then, ...done, jump], else: [] });
    });
  const leave = finish_wait(object, index);
  const end: readonly Statement[] =
    ending === "none"
      ? []
      : [
          either(
            [
              step(ending === "signal" ? "signal_pending()" : "the time is up", {
                when: ending === "signal" ? signal_pending() : true,
              }),
              leave,
              ...ended,
              jump,
            ],
            [
              step("schedule()?", {
                when: ending === "signal" ? not(signal_pending()) : true,
              }),
            ],
          ),
        ];
  const asleep = schedule_on(object, index);
  return [
    step("might_sleep()", {
      then: [check(may_sleep(), `${call.text} in atomic context`, "misuse")],
    }),
    ...looks([]),
    {
      kind: "while",
      test: null,
      body: [join(object, index), ...looks([leave]), ...end, asleep],
    },
    { kind: "label", name: out },
  ];
}

const waits = (exclusive: boolean): CallRow => ({
  takes: "wq_head, condition",
  run: (call) => {
    const given = queueNamed(call);
    const condition = call.condition(1);
    const run = exclusive ? wait_event_exclusive : wait_event;
    call.emit(
      ...(condition === null
        ? stepByStep(call, given, exclusive, "none", [], [])
        : [run(given.object, condition, given.index)]),
    );
    return undefined;
  },
});

/** A wait that returns a number: `got` where the condition came, `otherwise` where a signal or the time did. */
const ended = (takes: string, ending: "signal" | "timeout"): CallRow =>
  gives(takes, (call) => {
    const given = queueNamed(call);
    const [got, otherwise] = ending === "signal" ? [0, ERESTARTSYS] : [1, 0];
    const result = call.temporary(int(Math.min(got, otherwise), Math.max(got, otherwise)));
    const condition = call.condition(1);
    const [then, not_] = [[set(result, got)], [set(result, otherwise)]];
    const run = ending === "signal" ? wait_event_interruptible : wait_event_timeout;
    call.emit(
      ...(condition === null
        ? stepByStep(call, given, false, ending, then, not_)
        : [run(given.object, condition, then, not_, given.index)]),
    );
    return result;
  });

const active: CallRow = gives("wq_head", (call) => {
  const { object, index } = queueOf(call);
  return call.reads(waitqueue_active(object, index), bool);
});

const wakes = plain("wq_head", wake_up);
const wakesAll = plain("wq_head", wake_up_all);

export const waitQueueFamily: Family = {
  name: "wait-queue",
  types: [waitQueueType, simpleQueueType, entryType],
  calls: {
    wait_event: waits(false),
    wait_event_freezable: ended("wq_head, condition", "signal"),
    wait_event_idle: waits(false),
    wait_event_exclusive: waits(true),
    wait_event_idle_exclusive: waits(true),
    io_wait_event: waits(false),
    wait_event_interruptible: ended("wq_head, condition", "signal"),
    wait_event_killable: ended("wq_head, condition", "signal"),
    wait_event_interruptible_exclusive: ended("wq_head, condition", "signal"),
    wait_event_killable_exclusive: ended("wq_head, condition", "signal"),
    wait_event_timeout: ended("wq_head, condition, timeout", "timeout"),
    wait_event_idle_timeout: ended("wq_head, condition, timeout", "timeout"),
    prepare_to_wait: joins(prepare_to_wait),
    prepare_to_wait_exclusive: joins(prepare_to_wait_exclusive),
    finish_wait: does("wq_head, wq_entry", (call) => {
      const { object, index } = queueOf(call);
      const left = finish_wait(object, index);
      const state = call.taskState();
      if (state === null) return [left];
      return [{ ...left, effects: [...left.effects, assign(state, TASK_RUNNING)] }];
    }),
    wake_up: wakes,
    wake_up_interruptible: wakes,
    wake_up_all_locked: wakesAll,
    wake_up_nr: does("wq_head, nr", (call) => {
      const { object, index } = queueOf(call);
      const nr = call.constant(1);
      return nr === 0
        ? [wake_up_all(object, index)]
        : Array.from({ length: nr }, () => wake_up(object, index));
    }),
    wake_up_interruptible_sync_poll: plain("wq_head, mask", wake_up),
    wake_up_locked_poll: plain("wq_head, mask", wake_up),
    wake_up_locked: wakes,
    wake_up_sync: wakes,
    wake_up_interruptible_sync: wakes,
    wake_up_poll: plain("wq_head, mask", wake_up),
    wake_up_interruptible_poll: plain("wq_head, mask", wake_up),
    swake_up_one: wakes,
    swake_up_locked: wakes,
    swake_up_all: wakesAll,
    swait_event_exclusive: waits(true),
    swait_event_idle_exclusive: waits(true),
    swait_event_interruptible_exclusive: ended("wq_head, condition", "signal"),
    swait_event_timeout_exclusive: ended("wq_head, condition, timeout", "timeout"),
    swait_active: active,
    swq_has_sleeper: active,
    wake_up_all: wakesAll,
    wake_up_interruptible_all: wakesAll,
    waitqueue_active: active,
    wq_has_sleeper: active,
  },
  instead: {
    ...Object.fromEntries(
      [
        "wait_event_lock_irq_timeout",
        "wait_event_interruptible_lock_irq",
        "wait_event_interruptible_locked",
        "wait_event_interruptible_locked_irq",
      ].map((name) => [
        name,
        "write the loop: prepare_to_wait(), the condition, unlock, schedule(), lock, finish_wait()",
      ]),
    ),
    ...Object.fromEntries(
      ["wait_event_freezable_timeout", "wait_event_killable_timeout"].map((name) => [
        name,
        "one ending each: wait_event_interruptible(), or wait_event_timeout()",
      ]),
    ),
    wait_woken: "prepare_to_wait(), the condition, schedule(), finish_wait()",
    prepare_to_wait_event: "prepare_to_wait(), and signal_pending(current)",
    init_waitqueue_func_entry: "a thread that waits, and does there what the function does",
    wait_event_interruptible_timeout:
      "one ending each: wait_event_interruptible(), or wait_event_timeout()",
    swait_event: "swait_event_exclusive()",
    rcuwait_wait_event: "wait_event() on a wait queue of the file",
    rcuwait_wake_up: "wake_up() of a wait queue of the file",
    add_wait_queue_exclusive: "prepare_to_wait_exclusive() joins a queue and sets the state",
    add_wait_queue: "prepare_to_wait() joins a queue and sets the state",
    remove_wait_queue: "finish_wait() leaves the queue",
  },
};

/** Threads that are started, and asked to stop: include/linux/kthread.h. */
import {
  type Expr,
  type Kthread,
  type Statement,
  type Variable,
  assign,
  at,
  bool,
  check,
  eq,
  id,
  kthread,
  kthread_should_stop,
  kthread_stop,
  not,
  step,
  variable,
  wait_until,
} from "../../../machine/index.js";
import {
  type Call,
  type CallRow,
  type Family,
  type ObjectType,
  type PassedArgument,
  type World,
  gives,
} from "../row/index.js";
import { wakes } from "./task-state.js";

/** What is kept of each thread, once somebody asks. */
const kthreadType: ObjectType<Kthread> = {
  names: ["kthread"],
  definers: [],
  initializers: [],
  declare: (name) => kthread(name),
};

function kthreadOf(call: Call, task: number): Kthread {
  const name = call.world.tasks[task];
  if (name === undefined) {
    return call.refuse("which threads there are is said by lab: thread FUNCTION alone");
  }
  return call.world.once(kthreadType, name, () => kthread(name));
}

const shouldStop: CallRow = gives("", (call) => {
  const me = call.current();
  if (me.op !== "const") return call.refuse("it is asked by a thread of lab: thread FUNCTION");
  return call.reads(kthread_should_stop(kthreadOf(call, me.value)), bool);
});

/** Stops the thread that a pointer leads to; returns 0, whatever that returned. */
const stop: CallRow = gives("k", (call) => {
  const task = call.pointer(0, "task_struct");
  const stops = (which: number): Statement => {
    const woken: Expr = { op: "const", value: which };
    return kthread_stop(
      kthreadOf(call, which),
      call.apart(() => {
        wakes(call, woken);
      }),
    );
  };
  if (task.op === "const") call.emit(stops(task.value));
  else {
    const all = call.world.tasks.map((_, which) => which);
    const [chain] = all.reduceRight<readonly Statement[]>(
      (rest, which) => [
        { kind: "if", test: eq(task, which), then: [stops(which)], else: [...rest] },
      ],
      [],
    );
    if (chain !== undefined) call.emit(chain);
  }
  return { op: "const", value: 0 };
});

/** Whether `kthread_run()` was called; of threads that something starts. */
const startedType: ObjectType<Variable> = {
  names: ["started"],
  definers: [],
  initializers: [],
  declare: (name) => variable(`${name} is started`, bool),
};

const startedOf = (world: World, name: string): Variable =>
  world.once(startedType, name, () => variable(`${name} is started`, bool));

/** What is noted of a function that `kthread_run()` starts a thread with, where that runs. */
export const startedThread = "started thread";

/** Returns what a thread waits for before it begins: nothing, unless something starts it. */
export const untilStarted = (world: World, name: string): readonly Statement[] =>
  world.noted(startedThread, name).length === 0
    ? []
    : [wait_until(at(startedOf(world, name)), `kthread_run(${name})`)];

/** Returns what a thread is given; null where nothing is known of that. */
export function threadData(world: World, name: string): PassedArgument | null {
  const [what] = world.noted("thread data", name);
  return what === undefined ? null : { kind: "passed", what };
}

/** Starts the one thread of a function, which is there from the beginning and waits. */
const starts: CallRow = gives("threadfn, data, namefmt, ...", (call) => {
  const name = call.functionName(0);
  const { world } = call;
  const task = world.tasks.indexOf(name);
  if (task < 0) {
    call.refuse(
      `a comment says what runs: lab: thread ${name}; several threads of it begin at once`,
    );
  }
  const data = call.passed(1);
  if (data !== null) world.note("thread data", name, data);
  world.note(startedThread, name, "");
  const started = at(startedOf(world, name));
  const result = call.temporary(id(call.poolOf("task_struct")), "task_struct");
  const twice = `${name}() is one thread, and is started again; lab: thread ${name} once for each says that there are several`;
  call.emit(
    step(call.text, {
      then: [check(not(started), twice, "misuse"), assign(started, true), assign(result, task)],
    }),
  );
  return result;
});

const ownEnd =
  "a thread ends itself in its own function, with a statement of its own: return to that, and end there";

export const kthreadFamily: Family = {
  name: "kthread",
  calls: {
    kthread_should_stop: shouldStop,
    kthread_freezable_should_stop: { ...shouldStop, takes: "was_frozen" },
    kthread_stop: stop,
    kthread_run: starts,
  },
  instead: {
    do_exit: ownEnd,
    kthread_exit: ownEnd,
    complete_and_exit: ownEnd,
    kthread_complete_and_exit: ownEnd,
    kthread_create: "kthread_run(), which starts the thread as well",
    kthread_park: "a flag of the file, and a wait queue",
  },
};

/** Threads that are asked to stop: include/linux/kthread.h. Which there are, comments say: `lab: thread FUNCTION`. */
import {
  type Expr,
  type Kthread,
  type Statement,
  bool,
  eq,
  kthread,
  kthread_should_stop,
  kthread_stop,
} from "../../../machine/index.js";
import { type Call, type CallRow, type Family, type ObjectType, gives } from "../row/index.js";
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

export const kthreadFamily: Family = {
  name: "kthread",
  calls: { kthread_should_stop: shouldStop, kthread_stop: stop },
  instead: {
    kthread_run: "a comment says what runs: lab: thread FUNCTION",
    kthread_create: "a comment says what runs: lab: thread FUNCTION",
    kthread_park: "a flag of the file, and a wait queue",
  },
};

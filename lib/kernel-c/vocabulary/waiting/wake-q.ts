/**
 * Tasks to be woken later: include/linux/sched/wake_q.h. A task that is on one is not put on another: the waker of that one
 * wakes it. The order in which they are woken is left open.
 */
import {
  type Dimension,
  type IdSet,
  type Variable,
  and,
  assign,
  at,
  bool,
  break_,
  choose,
  either,
  every,
  expr,
  forever,
  idOrNone,
  not,
  or,
  step,
  variable,
} from "../../../machine/index.js";
import { type Call, type Family, type ObjectType, does, gives } from "../row/index.js";
import { wakes } from "./task-state.js";

interface WakeQ {
  readonly name: string;
  readonly per: readonly Dimension[];
}

const wakeQType: ObjectType<WakeQ> = {
  names: ["struct wake_q_head", "wake_q"],
  definers: ["DEFINE_WAKE_Q"],
  initializers: ["wake_q_init"],
  declare: (name, { per }) => ({ name, per }),
};

/** Which tasks are on a queue, or on any: known when the set of tasks is. */
const tasksType: ObjectType<Variable> = {
  names: ["tasks of a wake_q"],
  definers: [],
  initializers: [],
  declare: (name, { per }) => variable(name, bool, { per }),
};

/** `task->wake_q.next`: whether it is on a queue. */
const node = (call: Call, tasks: IdSet): Variable =>
  call.world.once(tasksType, "wake_q.next", () => variable("wake_q.next", bool, { per: [tasks] }));

function queueOf(call: Call, tasks: IdSet) {
  const { object, index } = call.object(0, wakeQType);
  const { name, per } = object;
  const queued = call.world.once(tasksType, name, () =>
    variable(name, bool, { per: [...per, tasks] }),
  );
  return { queued, index };
}

export const wakeQFamily: Family = {
  name: "wake-q",
  types: [wakeQType],
  calls: {
    wake_q_add: does("head, task", (call) => {
      const task = call.pointer(1, "task_struct");
      const tasks = call.poolOf("task_struct");
      const { queued, index } = queueOf(call, tasks);
      const [here, anywhere] = [at(queued, ...index, task), at(node(call, tasks), task)];
      return [
        step(call.text, {
          then: [assign(here, or(here, not(anywhere))), assign(anywhere, expr(true))],
        }),
      ];
    }),
    wake_q_empty: gives("head", (call) => {
      const { queued, index } = queueOf(call, call.poolOf("task_struct"));
      const tasks = call.poolOf("task_struct");
      return call.reads(
        every(tasks, (task) => not(at(queued, ...index, task))),
        bool,
      );
    }),
    wake_up_q: does("head", (call) => {
      const tasks = call.poolOf("task_struct");
      const { queued, index } = queueOf(call, tasks);
      const next = call.temporary(idOrNone(tasks), "task_struct");
      const taken = choose(tasks, (task) =>
        step(call.text, {
          when: and(at(queued, ...index, task)),
          then: [
            assign(next, task),
            assign(at(queued, ...index, task), false),
            assign(at(node(call, tasks), task), false),
          ],
        }),
      );
      const none = step(`${call.text}: no more`, {
        when: every(tasks, (task) => not(at(queued, ...index, task))),
      });
      const woken = call.apart(() => {
        wakes(call, next);
      });
      return [forever([either([taken, ...woken], [none, break_])])];
    }),
  },
};

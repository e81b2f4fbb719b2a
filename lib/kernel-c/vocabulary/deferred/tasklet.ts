/** Tasklets and irq_works: include/linux/interrupt.h, include/linux/irq_work.h. */
import {
  type Expr,
  type IrqWork,
  type Process,
  type Statement,
  type Tasklet,
  at,
  bool,
  irq_work,
  irq_work_fn,
  irq_work_is_busy,
  irq_work_queue_on,
  irq_work_queue,
  irq_work_sync,
  not,
  tasklet,
  tasklet_fn,
  tasklet_kill,
  tasklet_schedule,
  tasklet_unlock_wait,
} from "../../../machine/index.js";
import {
  type Call,
  type CallRow,
  type Family,
  type ObjectType,
  type PassedArgument,
  type World,
  does,
  gives,
  returning,
  setsUp,
} from "../row/index.js";

export const taskletType: ObjectType<Tasklet> = {
  names: ["struct tasklet_struct", "tasklet_t"],
  definers: ["DECLARE_TASKLET", "DECLARE_TASKLET_OLD", "DECLARE_TASKLET_DISABLED"],
  initializers: [],
  single: true,
  declare: (name) => tasklet(name),
};

export const irqWorkType: ObjectType<IrqWork> = {
  names: ["struct irq_work", "irq_work_t"],
  definers: ["DEFINE_IRQ_WORK"],
  initializers: [],
  single: true,
  declare: (name) => irq_work(name),
};

const on = <T>(type: ObjectType<T>, run: (of: T) => Statement): CallRow =>
  does("x", (call) => [run(call.object(0, type).object)]);

const raises = <T>(type: ObjectType<T>, how: string, run: (of: T) => Statement): CallRow =>
  does("x", (call) => [run(raised(call, type, how))]);

function raised<T>(call: Call, type: ObjectType<T>, how: string): T {
  const { object, id } = call.object(0, type);
  call.world.note("raised", id, "yes");
  if (call.world.functionOf(id) !== null) return object;
  return call.refuse(`${id}: what it does is not said; ${how}(&${id}, function) says it`, 0);
}

const setup = <T>(takes: string, type: ObjectType<T>): CallRow =>
  setsUp(takes, (call) => {
    const { id } = call.object(0, type);
    call.world.note("function", id, call.functionName(1));
    if (call.count > 2) call.world.note("data", id, call.passed(2) ?? "0");
  });

const runs =
  <T>(type: ObjectType<T>, make: (of: T, name: string, body: readonly Statement[]) => Process) =>
  (world: World): readonly Process[] =>
    world.instances(type).flatMap(({ id, object }) => {
      const name = world.functionOf(id);
      // Nobody raises it: it never comes.
      if (name === null || world.noted("raised", id).length === 0) return [];
      const [data] = world.noted("data", id);
      const arg: PassedArgument =
        data === undefined ? { kind: "object", id } : { kind: "passed", what: data };
      return [make(object, name, world.body(name, [arg]))];
    });

export const taskletFamily: Family = {
  name: "tasklet",
  types: [taskletType],
  calls: {
    tasklet_setup: setup("t, callback", taskletType),
    tasklet_init: setup("t, func, data", taskletType),
    tasklet_schedule: raises(taskletType, "tasklet_setup", tasklet_schedule),
    tasklet_hi_schedule: raises(taskletType, "tasklet_setup", tasklet_schedule),
    tasklet_kill: on(taskletType, tasklet_kill),
    tasklet_unlock_wait: on(taskletType, tasklet_unlock_wait),
  },
  processes: runs(taskletType, tasklet_fn),
};

const asks = (test: (of: IrqWork) => Expr): CallRow =>
  gives("work", (call) => call.reads(test(call.object(0, irqWorkType).object), bool));

export const irqWorkFamily: Family = {
  name: "irq-work",
  types: [irqWorkType],
  calls: {
    init_irq_work: setup("work, func", irqWorkType),
    irq_work_queue: gives("work", (call) => {
      const work = raised(call, irqWorkType, "init_irq_work");
      return returning(call, irq_work_queue(work), not(work.pending));
    }),
    irq_work_queue_on: gives("work, cpu", (call) => {
      const work = raised(call, irqWorkType, "init_irq_work");
      return returning(call, irq_work_queue_on(work, call.cpu(1)), not(work.pending));
    }),
    irq_work_is_pending: asks(({ pending }) => at(pending)),
    irq_work_is_busy: asks(irq_work_is_busy),
    irq_work_sync: on(irqWorkType, irq_work_sync),
  },
  processes: runs(irqWorkType, irq_work_fn),
};

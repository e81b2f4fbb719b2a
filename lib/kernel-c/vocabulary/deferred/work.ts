/** Works and workqueues: include/linux/workqueue.h. A work is queued on one queue, and has one function. */
import {
  type Expr,
  type Statement,
  type Work,
  type Workqueue,
  at,
  bool,
  cancel_work,
  cancel_work_sync,
  drain_workqueue,
  flush_work,
  flush_workqueue,
  kworkers,
  mayQueue,
  queue_delayed_work,
  queue_work,
  work_busy,
  work_struct,
  workqueue,
} from "../../../machine/index.js";
import {
  type Call,
  type CallRow,
  type Family,
  type ObjectType,
  type World,
  does,
  gives,
  returning,
  setsUp,
} from "../row/index.js";

export const workType: ObjectType<Work> = {
  names: ["struct work_struct", "work_t"],
  definers: ["DECLARE_WORK"],
  initializers: [],
  single: true,
  declare: (name, { initialized, className }) =>
    work_struct(name, {
      className: initialized === null ? className : `(work_completion)(${initialized})`,
    }),
};

export const delayedWorkType: ObjectType<Work> = {
  names: ["struct delayed_work", "dwork_t"],
  definers: ["DECLARE_DELAYED_WORK", "DECLARE_DEFERRABLE_WORK"],
  initializers: [],
  single: true,
  declare: (name, { initialized, className }) =>
    work_struct(name, {
      className:
        initialized === null ? `(${className}).work` : `(work_completion)(&(${initialized})->work)`,
    }),
};

export const workqueueType: ObjectType<null> = {
  names: ["struct workqueue_struct"],
  definers: [],
  initializers: [],
  single: true,
  handle: true,
  declare: () => null,
};

/** The queue itself, once all works are known that are queued there. */
const queueType: ObjectType<Workqueue> = {
  names: ["workqueue"],
  definers: [],
  initializers: [],
  declare: (name) => workqueue(name, [work_struct(name)]),
};

const systemQueue = "system_wq";
const systemQueues: readonly string[] = [
  systemQueue,
  "system_highpri_wq",
  "system_long_wq",
  "system_unbound_wq",
  "system_freezable_wq",
  "system_power_efficient_wq",
  "system_percpu_wq",
  "system_dfl_wq",
];

const WQ_MEM_RECLAIM = 8;
const ordered = 1 << 17;

const worksOf = (world: World) => [
  ...world.instances(workType),
  ...world.instances(delayedWorkType),
];

const queueIdOf = (world: World, work: string): string =>
  world.noted("queue", work)[0] ?? systemQueue;

/** Returns a queue with all works that are known to be queued there. */
function queueOf(world: World, id: string): Workqueue {
  return world.once(queueType, id, () => {
    const works = worksOf(world).filter((work) => queueIdOf(world, work.id) === id);
    const [name = id] = world.noted("workqueue name", id);
    const [active = "0"] = world.noted("workqueue max_active", id);
    const [reclaim = "no"] = world.noted("workqueue WQ_MEM_RECLAIM", id);
    return workqueue(
      name,
      works.map(({ object }) => object),
      { max_active: Number(active), WQ_MEM_RECLAIM: reclaim === "yes" },
    );
  });
}

/** The work that an argument is the address of, and the queue that it is put on. */
function workAndQueue(call: Call, which: number): { work: Work; wq: Workqueue; id: string } {
  const { object: work, id } = call.object(which, workType, delayedWorkType);
  const wq = queueOf(call.world, queueIdOf(call.world, id));
  if (!wq.works.includes(work)) call.refuse(`${id}: which queue it is put on is not known yet`);
  return { work, wq, id };
}

/** The name of a queue that an argument is. */
function queueId(call: Call, which: number): string {
  const text = call.argument(which);
  return systemQueues.includes(text) ? text : call.object(which, workqueueType).id;
}

/** Queues a work; returns whether it was not queued yet, and nobody was cancelling it. */
function queued(
  call: Call,
  wq: string,
  which: number,
  run: (wq: Workqueue, work: Work) => Statement,
): Expr {
  const { id } = call.object(which, workType, delayedWorkType);
  const { world } = call;
  world.note("queue", id, wq);
  const [first = wq, other] = world.noted("queue", id);
  if (other !== undefined) {
    call.refuse(`${id} is put on ${first} elsewhere, and on ${wq} here: a work has one queue`);
  }
  if (world.functionOf(id) === null) {
    call.refuse(`${id}: what it does is not said; INIT_WORK(&${id}, function) says it`, which);
  }
  const { work, wq: queue } = workAndQueue(call, which);
  const modifies = call.name.startsWith("mod_");
  return returning(call, run(queue, work), modifies ? at(work.pending) : mayQueue(work));
}

const queues = (takes: string, wq: number, work: number, run: typeof queue_work): CallRow =>
  gives(takes, (call) => queued(call, queueId(call, wq), work, run));

const schedules = (takes: string, run: typeof queue_work): CallRow =>
  gives(takes, (call) => queued(call, systemQueue, takes.startsWith("cpu") ? 1 : 0, run));

/** Takes a work out of its queue; returns whether it was there. */
const cancels = (run: (wq: Workqueue, work: Work) => Statement): CallRow =>
  gives("work", (call) => {
    const { wq, work } = workAndQueue(call, 0);
    return returning(call, run(wq, work), at(work.pending));
  });

/** Waits for a work; returns whether there was something to wait for. */
const flushes: CallRow = gives("work", (call) => {
  const { wq, work } = workAndQueue(call, 0);
  return returning(call, flush_work(wq, work), work_busy(work));
});

const onQueue = (run: (wq: Workqueue) => Statement): CallRow =>
  does("wq", (call) => {
    const { world } = call;
    const id = queueId(call, 0);
    if (!worksOf(world).some((work) => queueIdOf(world, work.id) === id)) {
      call.refuse(`no work is ever put on ${call.argument(0)}`, 0);
    }
    return [run(queueOf(world, id))];
  });

const initializes: CallRow = setsUp("work, function", (call) => {
  const { id } = call.object(0, workType, delayedWorkType);
  call.initializes(0);
  call.world.note("function", id, call.functionName(1));
});

/** Notes what a queue is called and how many of its works may run at once. */
function allocated(call: Call, flags: number, maxActive: number): void {
  const id = call.assignedTo;
  if (id === null) return call.refuse("what it returns is kept in a struct workqueue_struct *");
  const [, name] = /^"([^"%]*)"$/.exec(call.argument(0)) ?? [];
  const { world } = call;
  if (name !== undefined && name !== "") world.note("workqueue name", id, name);
  world.note("workqueue max_active", id, String(maxActive));
  if ((flags & WQ_MEM_RECLAIM) !== 0) world.note("workqueue WQ_MEM_RECLAIM", id, "yes");
}

export const workFamily: Family = {
  name: "work",
  types: [workType, delayedWorkType, workqueueType],
  calls: {
    INIT_WORK: initializes,
    INIT_WORK_ONSTACK: initializes,
    INIT_DELAYED_WORK: initializes,
    INIT_DEFERRABLE_WORK: initializes,
    INIT_DELAYED_WORK_ONSTACK: initializes,
    alloc_workqueue: setsUp("name, flags, max_active, ...", (call) => {
      const flags = call.constant(1);
      allocated(call, flags, (flags & ordered) === 0 ? call.constant(2) : 1);
    }),
    alloc_ordered_workqueue: setsUp("name, flags, ...", (call) => {
      allocated(call, call.constant(1), 1);
    }),
    create_singlethread_workqueue: setsUp("name", (call) => {
      allocated(call, WQ_MEM_RECLAIM, 1);
    }),
    create_freezable_workqueue: setsUp("name", (call) => {
      allocated(call, WQ_MEM_RECLAIM, 1);
    }),
    create_workqueue: setsUp("name", (call) => {
      allocated(call, WQ_MEM_RECLAIM, 0);
    }),
    queue_work: queues("wq, work", 0, 1, queue_work),
    queue_work_on: queues("cpu, wq, work", 1, 2, queue_work),
    queue_work_node: queues("node, wq, work", 1, 2, queue_work),
    queue_delayed_work_on: queues("cpu, wq, dwork, delay", 1, 2, queue_delayed_work),
    mod_delayed_work_on: queues("cpu, wq, dwork, delay", 1, 2, queue_delayed_work),
    queue_delayed_work: queues("wq, dwork, delay", 0, 1, queue_delayed_work),
    mod_delayed_work: queues("wq, dwork, delay", 0, 1, queue_delayed_work),
    schedule_work: schedules("work", queue_work),
    schedule_work_on: schedules("cpu, work", queue_work),
    schedule_delayed_work_on: schedules("cpu, dwork, delay", queue_delayed_work),
    schedule_delayed_work: schedules("dwork, delay", queue_delayed_work),
    flush_work: flushes,
    flush_delayed_work: flushes,
    cancel_work: cancels(cancel_work),
    cancel_delayed_work: cancels(cancel_work),
    cancel_work_sync: cancels(cancel_work_sync),
    cancel_delayed_work_sync: cancels(cancel_work_sync),
    disable_work_sync: cancels(cancel_work_sync),
    disable_delayed_work_sync: cancels(cancel_work_sync),
    delayed_work_pending: gives("dwork", (call) => {
      const { object } = call.object(0, delayedWorkType);
      return call.reads({ op: "read", variable: object.pending, index: [] }, bool);
    }),
    work_pending: gives("work", (call) => {
      const { object } = call.object(0, workType);
      return call.reads({ op: "read", variable: object.pending, index: [] }, bool);
    }),
    work_busy: gives("work", (call) => {
      const { object } = call.object(0, workType);
      return call.reads(work_busy(object), bool);
    }),
    flush_workqueue: onQueue(flush_workqueue),
    __flush_workqueue: onQueue(flush_workqueue),
    drain_workqueue: onQueue(drain_workqueue),
    destroy_workqueue: onQueue(drain_workqueue),
    flush_scheduled_work: does("", (call) => [flush_workqueue(queueOf(call.world, systemQueue))]),
  },
  constants: {
    WQ_UNBOUND: 2,
    WQ_FREEZABLE: 4,
    WQ_MEM_RECLAIM,
    WQ_HIGHPRI: 16,
    WQ_CPU_INTENSIVE: 32,
    WQ_SYSFS: 64,
    WQ_POWER_EFFICIENT: 128,
    __WQ_ORDERED: ordered,
    WQ_DFL_ACTIVE: 1024,
    WORK_CPU_UNBOUND: 64,
  },
  instead: {
    disable_work: "a flag of the file that the work looks at, and cancel_work()",
    enable_work: "a flag of the file that the work looks at",
    enable_and_queue_work: "a flag of the file that the work looks at, and queue_work()",
    INIT_RCU_WORK: "call_rcu() with a function that queues the work",
    queue_rcu_work: "call_rcu() with a function that queues the work",
    schedule_on_each_cpu: "a work for each CPU, each of which is queued and flushed",
    work_on_cpu: "a work that is queued and flushed",
    current_work: "each work has a function of its own here",
  },
  processes: (world) => {
    const works = worksOf(world).filter(({ id }) => world.functionOf(id) !== null);
    const ids = [...new Set(works.map(({ id }) => queueIdOf(world, id)))];
    return ids.flatMap((id) => {
      const wq = queueOf(world, id);
      const bodies = works.flatMap(({ id: of, object }) => {
        const name = world.functionOf(of);
        if (name === null || !wq.works.includes(object)) return [];
        const delayed = world.instances(delayedWorkType).some((one) => one.object === object);
        const work = { kind: "object", id: of, ...(delayed ? { member: "work" } : {}) } as const;
        return [{ work: object, fn: name, body: world.body(name, [work], "its queue") }];
      });
      // A work without a function is never queued.
      const all = wq.works.every((of) => bodies.some(({ work }) => work === of));
      return all ? kworkers(wq, bodies) : [];
    });
  },
};

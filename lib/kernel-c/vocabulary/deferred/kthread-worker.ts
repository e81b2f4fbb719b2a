/** Threads that do one work after another: include/linux/kthread.h. Lockdep has no map of them. */
import {
  type Statement,
  type Work,
  type Workqueue,
  at,
  cancel_work_sync,
  drain_workqueue,
  flush_work,
  flush_workqueue,
  kthread_worker,
  kworkers,
  mayQueue,
  queue_delayed_work,
  queue_work,
  work_busy,
  work_struct,
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

const workType: ObjectType<Work> = {
  names: ["struct kthread_work"],
  definers: ["DEFINE_KTHREAD_WORK"],
  initializers: [],
  single: true,
  declare: (name) => work_struct(name),
};

const delayedWorkType: ObjectType<Work> = {
  names: ["struct kthread_delayed_work"],
  definers: ["DEFINE_KTHREAD_DELAYED_WORK"],
  initializers: [],
  single: true,
  declare: (name) => work_struct(name),
};

const workerType: ObjectType<null> = {
  names: ["struct kthread_worker"],
  definers: ["DEFINE_KTHREAD_WORKER"],
  initializers: [],
  single: true,
  handle: true,
  declare: () => null,
};

/** The worker itself, once all works are known that are queued there. */
const madeType: ObjectType<Workqueue> = {
  names: ["kthread worker"],
  definers: [],
  initializers: [],
  declare: (name) => kthread_worker(name, [work_struct(name)]),
};

const worksOf = (world: World) => [
  ...world.instances(workType),
  ...world.instances(delayedWorkType),
];

const workerIdOf = (world: World, work: string): string | null =>
  world.noted("kthread worker", work)[0] ?? null;

const workerOf = (world: World, id: string): Workqueue =>
  world.once(madeType, id, () =>
    kthread_worker(
      id,
      worksOf(world).flatMap((work) => (workerIdOf(world, work.id) === id ? [work.object] : [])),
    ),
  );

function queued(call: Call, run: typeof queue_work, modifies: boolean) {
  const { id: worker } = call.object(0, workerType);
  const { object: work, id } = call.object(1, workType, delayedWorkType);
  const { world } = call;
  if (world.functionOf(id) === null) {
    call.refuse(`${id}: what it does is not said; kthread_init_work(&${id}, function) says it`, 1);
  }
  world.note("kthread worker", id, worker);
  if (world.noted("kthread worker", id).length > 1) {
    call.refuse(`${id} is put on another worker elsewhere: one is wanted for each work`, 1);
  }
  const wq = workerOf(world, worker);
  if (!wq.works.includes(work)) {
    return call.refuse(`${id}: which worker it is put on is not known yet`);
  }
  return returning(call, run(wq, work), modifies ? at(work.pending) : mayQueue(work));
}

const queues = (takes: string, run: typeof queue_work, modifies = false): CallRow =>
  gives(takes, (call) => queued(call, run, modifies));

/** A work and its worker; of a work that nobody queues, there is nothing to wait for. */
function onWork(run: (wq: Workqueue, work: Work) => Statement, was: typeof work_busy): CallRow {
  return gives("work", (call) => {
    const { object: work, id } = call.object(0, workType, delayedWorkType);
    const worker = workerIdOf(call.world, id);
    if (worker === null) return call.refuse(`${id}: no worker is ever given it`, 0);
    const wq = workerOf(call.world, worker);
    if (!wq.works.includes(work)) call.refuse(`${id}: which worker it is put on is not known yet`);
    return returning(call, run(wq, work), was(work));
  });
}

const onWorker = (run: (wq: Workqueue) => Statement): CallRow =>
  does("worker", (call) => {
    const { world } = call;
    const { id } = call.object(0, workerType);
    if (!worksOf(world).some((work) => workerIdOf(world, work.id) === id)) {
      call.refuse(`no work is ever given to ${call.argument(0)}`, 0);
    }
    return [run(workerOf(world, id))];
  });

const initializes: CallRow = setsUp("work, function", (call) => {
  const { id } = call.object(0, workType, delayedWorkType);
  call.world.note("function", id, call.functionName(1));
});

/** What it returns is the handle that it is assigned to. */
const created = (takes: string): CallRow =>
  setsUp(takes, (call) => {
    if (call.assignedTo === null)
      call.refuse("what it returns is kept in a struct kthread_worker *");
  });

export const kthreadWorkerFamily: Family = {
  name: "kthread-worker",
  types: [workType, delayedWorkType, workerType],
  calls: {
    kthread_init_worker: setsUp("worker", (call) => {
      call.object(0, workerType);
    }),
    kthread_create_worker: created("flags, name, ..."),
    kthread_run_worker: created("flags, name, ..."),
    kthread_init_work: initializes,
    kthread_init_delayed_work: initializes,
    kthread_queue_work: queues("worker, work", queue_work),
    kthread_queue_delayed_work: queues("worker, dwork, delay", queue_delayed_work),
    kthread_mod_delayed_work: queues("worker, dwork, delay", queue_delayed_work, true),
    kthread_flush_work: onWork(flush_work, work_busy),
    kthread_flush_worker: onWorker(flush_workqueue),
    kthread_cancel_work_sync: onWork(cancel_work_sync, ({ pending }) => at(pending)),
    kthread_cancel_delayed_work_sync: onWork(cancel_work_sync, ({ pending }) => at(pending)),
    kthread_destroy_worker: onWorker(drain_workqueue),
  },
  instead: {
    kthread_worker_fn: "a worker runs of itself, once kthread_queue_work() gives it a work",
    kthread_create_worker_on_cpu:
      "kthread_create_worker(): which CPU a worker is on is not followed",
  },
  processes: (world) => {
    const ids = new Set(worksOf(world).flatMap(({ id }) => workerIdOf(world, id) ?? []));
    return [...ids].flatMap((id) => {
      const wq = workerOf(world, id);
      const bodies = worksOf(world).flatMap(({ id: of, object }) => {
        const name = world.functionOf(of);
        if (name === null || !wq.works.includes(object)) return [];
        return [
          {
            work: object,
            fn: name,
            body: world.body(name, [{ kind: "object", id: of }], "its queue"),
          },
        ];
      });
      const all = wq.works.every((of) => bodies.some(({ work }) => work === of));
      return all ? kworkers(wq, bodies) : [];
    });
  },
};

/** `call_rcu()` and `call_srcu()`: include/linux/rcupdate.h, srcu.h. */
import {
  type RcuHead,
  type Srcu,
  call_rcu,
  call_srcu,
  rcu_barrier,
  rcu_callback,
  rcu_head,
  srcu_barrier,
  srcu_callback,
} from "../../../machine/index.js";
import { type Call, type Family, type ObjectType, type World, does } from "../row/index.js";
import { srcuType } from "./rcu.js";

export const rcuHeadType: ObjectType<RcuHead> = {
  names: ["struct rcu_head", "struct callback_head"],
  definers: [],
  initializers: ["init_rcu_head"],
  single: true,
  declare: (name) => rcu_head(name),
};

/** Notes the function of a head: one for each. */
function noted(call: Call, head: number): RcuHead {
  const { object, id } = call.object(head, rcuHeadType);
  const { world } = call;
  world.note("function", id, call.functionName(head + 1));
  if (world.noted("function", id).length > 1) {
    call.refuse(`${id} has another function elsewhere: one is wanted for each head`, head + 1);
  }
  return object;
}

/** The domain whose readers a callback waits for: null of RCU itself. */
const domainOf = (world: World, head: string): Srcu | null => {
  const [id] = world.noted("srcu", head);
  return world.elements(srcuType).find((one) => one.id === id)?.object ?? null;
};

const queueSrcu = does("ssp, head, function", (call) => {
  const { object: of, id } = call.object(0, srcuType);
  const { id: head } = call.object(1, rcuHeadType);
  call.world.note("srcu", head, id);
  return [call_srcu(of, noted(call, 1))];
});

const queue = does("head, function", (call) => [call_rcu(noted(call, 0))]);

const tasksInstead =
  "RCU tasks waits until every task has slept, and is not modelled; a struct srcu_struct whose readers are the sections that must end has the same order";

export const rcuCallbackFamily: Family = {
  name: "rcu-callback",
  types: [rcuHeadType],
  calls: {
    call_rcu: queue,
    call_rcu_hurry: queue,
    call_srcu: queueSrcu,
    rcu_barrier: does("", ({ world }) => [
      rcu_barrier(
        ...world
          .instances(rcuHeadType)
          .filter(({ id }) => domainOf(world, id) === null)
          .map(({ object }) => object),
      ),
    ]),
    srcu_barrier: does("ssp", (call) => {
      const { object: of } = call.object(0, srcuType);
      const { world } = call;
      const heads = world.instances(rcuHeadType).filter(({ id }) => domainOf(world, id) === of);
      return [srcu_barrier(of, ...heads.map(({ object }) => object))];
    }),
  },
  instead: {
    kfree_rcu: "call_rcu() with a function, or synchronize_rcu(), has the same order",
    kvfree_rcu: "call_rcu() with a function, or synchronize_rcu(), has the same order",
    kfree_rcu_mightsleep: "synchronize_rcu() has the same order",
    ...Object.fromEntries(
      ["", "_rude", "_trace"].flatMap((kind) => [
        [`synchronize_rcu_tasks${kind}`, tasksInstead],
        [`call_rcu_tasks${kind}`, tasksInstead],
      ]),
    ),
    rcu_read_lock_trace: "srcu_read_lock(): readers may sleep there too",
    rcu_read_unlock_trace: "srcu_read_unlock(): readers may sleep there too",
    get_state_synchronize_rcu: "synchronize_rcu() waits for the grace period",
    start_poll_synchronize_rcu: "call_rcu() runs a function after the grace period",
    poll_state_synchronize_rcu: "call_rcu() runs a function after the grace period",
    cond_synchronize_rcu: "synchronize_rcu()",
    synchronize_sched: "synchronize_rcu(), which waits for all readers since 4.20",
    synchronize_rcu_bh: "synchronize_rcu(), which waits for all readers since 4.20",
    srcu_down_read: "srcu_read_lock() of a thread that stays inside",
    srcu_up_read: "srcu_read_unlock() of the thread that is inside",
  },
  processes: (world) =>
    world.instances(rcuHeadType).flatMap(({ id, object }) => {
      const name = world.functionOf(id);
      if (name === null) return [];
      const body = world.body(name, [{ kind: "object", id }]);
      const of = domainOf(world, id);
      return of === null
        ? rcu_callback(object, name, body)
        : [srcu_callback(of, object, name, body)];
    }),
};

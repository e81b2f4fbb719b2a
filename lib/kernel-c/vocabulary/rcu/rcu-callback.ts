/** `call_rcu()`: include/linux/rcupdate.h. */
import {
  type RcuHead,
  call_rcu,
  rcu_barrier,
  rcu_callback,
  rcu_head,
} from "../../../machine/index.js";
import { type Family, type ObjectType, does } from "../row/index.js";

export const rcuHeadType: ObjectType<RcuHead> = {
  names: ["struct rcu_head", "struct callback_head"],
  definers: [],
  initializers: ["init_rcu_head"],
  single: true,
  declare: (name) => rcu_head(name),
};

const queue = does("head, function", (call) => {
  const { object, id } = call.object(0, rcuHeadType);
  const { world } = call;
  world.note("function", id, call.functionName(1));
  if (world.noted("function", id).length > 1) {
    call.refuse(`${id} has another function elsewhere: one is wanted for each head`, 1);
  }
  return [call_rcu(object)];
});

export const rcuCallbackFamily: Family = {
  name: "rcu-callback",
  types: [rcuHeadType],
  calls: {
    call_rcu: queue,
    call_rcu_hurry: queue,
    rcu_barrier: does("", ({ world }) => [
      rcu_barrier(...world.instances(rcuHeadType).map(({ object }) => object)),
    ]),
  },
  instead: {
    kfree_rcu: "call_rcu() with a function, or synchronize_rcu(), has the same order",
    kvfree_rcu: "call_rcu() with a function, or synchronize_rcu(), has the same order",
  },
  processes: (world) =>
    world.instances(rcuHeadType).flatMap(({ id, object }) => {
      const name = world.functionOf(id);
      return name === null
        ? []
        : rcu_callback(object, name, world.body(name, [{ kind: "object", id }]));
    }),
};

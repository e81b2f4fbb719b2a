/** Code that mirrors an address space: include/linux/mmu_notifier.h. What is registered is there from the start. */
import {
  type Statement,
  mmu_notifier_invalidate_range_end,
  mmu_notifier_invalidate_range_start,
} from "../../../machine/index.js";
import {
  type Call,
  type CallRow,
  type Family,
  type ObjectType,
  type World,
  does,
  gives,
  setsUp,
} from "../row/index.js";

const plain = (name: string): ObjectType<null> => ({
  names: [name],
  definers: [],
  initializers: [],
  single: true,
  declare: () => null,
});

const opsType = plain("struct mmu_notifier_ops");
const subscriptionType = plain("struct mmu_notifier");
const rangeType = plain("struct mmu_notifier_range");

/** Returns whether anybody mirrors an address space: reclaim tells lockdep so. */
export const hasMmuNotifiers = (world: World): boolean =>
  world.instances(subscriptionType).length > 0;

const registers: CallRow = setsUp("subscription, mm", (call) => {
  const { id } = call.object(0, subscriptionType);
  const ops = call.world.functionOf(id, "ops");
  if (ops === null) {
    call.refuse(`${id}: who is called is not said; { .ops = &ops } says it`, 0);
  } else call.world.note("mmu notifier", id, ops);
});

/** What those who have registered do, one after the other. */
const told = (call: Call, member: string): readonly Statement[] =>
  call.apart(() => {
    const { world } = call;
    for (const { id } of world.instances(subscriptionType)) {
      const [ops] = world.noted("mmu notifier", id);
      const name = ops === undefined ? null : world.functionOf(ops, member);
      if (name === null) continue;
      call.runs(name, [
        { kind: "object", id },
        { kind: "passed", what: null },
      ]);
    }
  });

export const mmuNotifierFamily: Family = {
  name: "mmu-notifier",
  types: [opsType, subscriptionType, rangeType],
  calls: {
    mmu_notifier_register: registers,
    __mmu_notifier_register: registers,
    mmu_notifier_range_init: does("range, ...", () => []),
    mmu_notifier_range_blockable: gives("range", () => ({ op: "const", value: 1 })),
    mmu_notifier_invalidate_range_start: does("range", (call) => [
      mmu_notifier_invalidate_range_start(told(call, "invalidate_range_start")),
    ]),
    mmu_notifier_invalidate_range_end: does("range", (call) => [
      mmu_notifier_invalidate_range_end(told(call, "invalidate_range_end")),
    ]),
  },
  constants: { MMU_NOTIFY_UNMAP: 0, MMU_NOTIFY_CLEAR: 1, MMU_NOTIFY_RELEASE: 5 },
  instead: {
    mmu_notifier_unregister: "what is registered stays: leave it out",
    mmu_interval_notifier_insert: "mmu_notifier_register() has one for the whole address space",
  },
};

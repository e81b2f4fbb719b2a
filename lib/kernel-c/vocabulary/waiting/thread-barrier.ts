/** A barrier of threads: the kernel has none of its own, so that it is named as in POSIX, `pthread_barrier_t`. */
import { type Barrier, barrier, barrier_wait } from "../../../machine/index.js";
import { type Family, type ObjectType, gives, setsUp } from "../row/index.js";

const barrierType: ObjectType<Barrier> = {
  names: ["pthread_barrier_t"],
  definers: [],
  initializers: [],
  single: true,
  declare: (name, { init }) => barrier(name, Math.max(1, init())),
};

const mostParties = 64;

export const threadBarrierFamily: Family = {
  name: "thread-barrier",
  types: [barrierType],
  calls: {
    pthread_barrier_init: setsUp("barrier, attr, count", (call) => {
      const { id } = call.object(0, barrierType);
      const parties = call.constant(2);
      if (parties < 1 || parties > mostParties) {
        call.refuse(`1 to ${String(mostParties)} threads are wanted`, 2);
      }
      call.counts(0, parties);
      call.world.note("parties of a barrier", id, String(parties));
    }),
    pthread_barrier_wait: gives("barrier", (call) => {
      const { object, id } = call.object(0, barrierType);
      if (call.world.noted("parties of a barrier", id).length === 0) {
        call.refuse(
          `${id}: for how many is not said; pthread_barrier_init(&${id}, NULL, count)`,
          0,
        );
      }
      call.emit(barrier_wait(object));
      return { op: "const", value: 0 };
    }),
  },
};

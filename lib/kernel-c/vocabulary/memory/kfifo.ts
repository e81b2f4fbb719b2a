/** Queues, first in, first out: include/linux/kfifo.h, `DEFINE_KFIFO(name, type, size)`. */
import {
  type Expr,
  type Kfifo,
  at,
  bool,
  int,
  kfifo,
  kfifo_get,
  kfifo_is_empty,
  kfifo_is_full,
  kfifo_len,
  kfifo_put,
  kfifo_reset,
  set,
} from "../../../machine/index.js";
import {
  type Call,
  type CallRow,
  type Family,
  type ObjectType,
  does,
  gives,
} from "../row/index.js";

const kfifoType: ObjectType<Kfifo> = {
  names: ["kfifo"],
  definers: ["DEFINE_KFIFO", "DECLARE_KFIFO"],
  initializers: ["INIT_KFIFO"],
  single: true,
  holds: true,
  declare: (name, { elements }) => kfifo(name, elements?.domain ?? bool, elements?.size ?? 1),
};

const fifoOf = (call: Call): Kfifo => call.object(0, kfifoType).object;

const asks = (test: (of: Kfifo) => Expr): CallRow =>
  gives("fifo", (call) => call.reads(test(fifoOf(call)), bool));

export const kfifoFamily: Family = {
  name: "kfifo",
  types: [kfifoType],
  calls: {
    kfifo_put: gives("fifo, value", (call) => {
      const fifo = fifoOf(call);
      const value = call.valueFor(1, at(fifo.data, 0));
      if (!call.isUsed) {
        call.emit(kfifo_put(fifo, value));
        return { op: "const", value: 0 };
      }
      const done = call.temporary(bool);
      call.emit(kfifo_put(fifo, value, [set(done, true)], [set(done, false)]));
      return done;
    }),
    kfifo_get: gives("fifo, value", (call) => {
      const fifo = fifoOf(call);
      const to = call.pointed(1);
      if (!call.isUsed) {
        call.emit(kfifo_get(fifo, to));
        return { op: "const", value: 0 };
      }
      const done = call.temporary(bool);
      call.emit(kfifo_get(fifo, to, [set(done, true)], [set(done, false)]));
      return done;
    }),
    kfifo_is_empty: asks(kfifo_is_empty),
    kfifo_is_full: asks(kfifo_is_full),
    kfifo_len: gives("fifo", (call) => {
      const fifo = fifoOf(call);
      return call.reads(kfifo_len(fifo), int(0, fifo.size));
    }),
    kfifo_reset: does("fifo", (call) => [kfifo_reset(fifoOf(call))]),
  },
  instead: {
    kfifo_in: "kfifo_put() puts one element; several are several calls",
    kfifo_out: "kfifo_get() gets one element; several are several calls",
    kfifo_alloc: "queues are declared here: DEFINE_KFIFO(name, type, size)",
    kfifo_peek: "kfifo_get() under the lock that keeps others away",
  },
};

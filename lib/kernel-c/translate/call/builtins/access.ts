/** Accesses by name: include/asm-generic/rwonce.h, and hints to the compiler. */
import { truthValue } from "../../context/values.js";
import type { Value } from "../../context/values.js";
import type { Place } from "../../../types/storage.js";
import { type Builtin, type Builtins, argument, named, target, value } from "./builtin.js";

const truth: Builtin<Value> = {
  takes: "x",
  run: (body, of) => truthValue(body.truth(argument(body, of, 0))),
};

const pointedValue: Builtin<Value> = {
  takes: "pointer",
  run: (body, of) => body.load(target(body, of, 0), of.at),
};

const storeNamed: Builtin<Value> = {
  takes: "x, value",
  run: (body, of) => {
    const given = body.value(argument(body, of, 1));
    body.store(body.place(argument(body, of, 0)), given, of.at, of.text);
    return given;
  },
};

const storePointed: Builtin<Value> = {
  takes: "pointer, value",
  run: (body, of) => {
    const given = body.value(argument(body, of, 1));
    body.store(target(body, of, 0), given, of.at, of.text);
    return given;
  },
};

/** Accesses that are worth something, and hints. */
export const accessValues: Builtins<Value> = {
  likely: truth,
  unlikely: truth,
  __builtin_expect: { takes: "x, value", run: value.run },
  rcu_access_pointer: value,
  smp_load_acquire: pointedValue,
  smp_store_release: storePointed,
  WRITE_ONCE: storeNamed,
  smp_store_mb: storeNamed,
  rcu_assign_pointer: storeNamed,
  RCU_INIT_POINTER: storeNamed,
  swap: {
    takes: "a, b",
    run: (body, of) => {
      const [a, b] = [argument(body, of, 0), argument(body, of, 1)];
      const first = body.frozen(body.value(a), a.at);
      const second = body.frozen(body.value(b), b.at);
      body.store(body.place(a), second, of.at, of.text);
      body.store(body.place(b), first, of.at, of.text);
      return { kind: "void" };
    },
  },
};

/** Accesses that name a place, and so may be assigned and have an address. */
export const accessPlaces: Builtins<Place> = {
  READ_ONCE: named,
  data_race: named,
  ACCESS_ONCE: named,
};
